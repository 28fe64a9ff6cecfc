import { defineSimulator } from '../kit/simulator.ts';
import { graphApi } from '../microsoft/graph-api.ts';
import { heldSubscriptions } from '../microsoft/notify.ts';
import { graphFailure } from '../microsoft/refusal.ts';
import { subscriptionOperations } from '../microsoft/subscriptions.ts';
import { accountIn, asAccount, asEachAccount } from '../microsoft-accounts/account.ts';
import { act } from './acts.ts';
import { messageOperations } from './messages.ts';
import { outlookMailPages } from './page.ts';
import { outlookMailReceived } from './scenarios.ts';
import { READ } from './scopes.ts';
import { seedAccounts } from './seed.ts';

/** Microsoft Graph, version 1.0: the Outlook mail of the accounts of `microsoft-accounts`. */
export const microsoftMail = defineSimulator({
  vendor: 'microsoft-mail',
  title: 'Outlook Mail',
  recordedAs: 'msgraph',
  pages: outlookMailPages,
  scenarios: [outlookMailReceived],
  realUrl: (path) => `https://graph.microsoft.com${path}`,
  seed: seedAccounts,
  act: (desk, wish) => asAccount(desk, accountIn(wish), (own) => act(own, wish)),
  webhooks: (desk) => asEachAccount(desk, heldSubscriptions).flat(),
  api: (desk) =>
    graphApi(desk, [...messageOperations, ...subscriptionOperations(READ, /^\/?me\/messages$/i)]),
  failure: graphFailure,
});
