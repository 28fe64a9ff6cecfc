import { defineSimulator } from '../kit/simulator.ts';
import { graphApi } from '../microsoft/graph-api.ts';
import { endLinks } from '../microsoft/list-places.ts';
import { heldSubscriptions } from '../microsoft/notify.ts';
import { graphFailure } from '../microsoft/refusal.ts';
import { subscriptionOperations } from '../microsoft/subscriptions.ts';
import { accountIn, asAccount, asEachAccount } from '../microsoft-accounts/account.ts';
import { act } from './acts.ts';
import { deltaOperations } from './delta.ts';
import { eventOperations } from './events.ts';
import { outlookCalendarPages } from './page.ts';
import { outlookCalendarScenarios } from './scenarios.ts';
import { READ } from './scopes.ts';
import { seedAccounts } from './seed.ts';

/** Microsoft Graph, version 1.0: the Outlook calendars of the accounts of `microsoft-accounts`. */
export const microsoftCalendar = defineSimulator({
  vendor: 'microsoft-calendar',
  title: 'Outlook Calendar',
  recordedAs: 'msgraph',
  pages: outlookCalendarPages,
  scenarios: outlookCalendarScenarios,
  realUrl: (path) => `https://graph.microsoft.com${path}`,
  seed: seedAccounts,
  act: (desk, wish) => asAccount(desk, accountIn(wish), (own) => act(own, wish)),
  webhooks: (desk) => asEachAccount(desk, heldSubscriptions).flat(),
  api: (desk) =>
    graphApi(desk, [
      ...deltaOperations,
      ...eventOperations,
      ...subscriptionOperations(READ, /^\/?me\/events$/i),
    ]),
  /** Links of lists: every one of them ends. */
  expire(desk) {
    asEachAccount(desk, (own) => endLinks(own));
    return 1;
  },
  failure: graphFailure,
});
