import { defineSimulator } from '../kit/simulator.ts';
import { graphApi } from '../microsoft/graph-api.ts';
import { endLinks } from '../microsoft/list-places.ts';
import { heldSubscriptions } from '../microsoft/notify.ts';
import { graphFailure } from '../microsoft/refusal.ts';
import { subscriptionOperations } from '../microsoft/subscriptions.ts';
import { accountIn, asAccount, asEachAccount } from '../microsoft-accounts/account.ts';
import { act } from './acts.ts';
import { contactOperations } from './contacts.ts';
import { deltaOperations } from './delta.ts';
import { outlookContactPages } from './page.ts';
import { outlookContactEdited } from './scenarios.ts';
import { READ } from './scopes.ts';
import { seedAccounts, seedMore } from './seed.ts';

/** Microsoft Graph, version 1.0: the Outlook contacts of the accounts of `microsoft-accounts`. */
export const microsoftContacts = defineSimulator({
  vendor: 'microsoft-contacts',
  title: 'Outlook Contacts',
  recordedAs: 'msgraph',
  pages: outlookContactPages,
  scenarios: [outlookContactEdited],
  realUrl: (path) => `https://graph.microsoft.com${path}`,
  seed: seedAccounts,
  seedMore: (desk, wish) => asAccount(desk, accountIn(wish), (own) => seedMore(own, wish)),
  act: (desk, wish) => asAccount(desk, accountIn(wish), (own) => act(own, wish)),
  webhooks: (desk) => asEachAccount(desk, heldSubscriptions).flat(),
  api: (desk) =>
    graphApi(desk, [
      // Before the contact that could be called so.
      ...deltaOperations,
      ...contactOperations,
      ...subscriptionOperations(READ, /^\/?me\/contacts$/i),
    ]),
  /** Links of lists: every one of them ends. */
  expire(desk) {
    asEachAccount(desk, (own) => endLinks(own));
    return 1;
  },
  failure: graphFailure,
});
