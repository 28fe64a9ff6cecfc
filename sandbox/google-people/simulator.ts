import type { Simulator } from '../core/simulator.ts';
import { accountIn, asAccount, asEachAccount } from '../google-accounts/account.ts';
import { googleError } from '../google-accounts/check-token.ts';
import { act } from './acts.ts';
import { groupOperations } from './groups.ts';
import { listOperations } from './list-connections.ts';
import { startEpoch } from './list-tokens.ts';
import { contactPages } from './page.ts';
import { readingOperations } from './read-people.ts';
import { mountOperations, overQuota } from './routes.ts';
import { googleContactEdited } from './scenarios.ts';
import { searchOperations } from './search.ts';
import { seedAccounts, seedMore } from './seed.ts';
import { batchOperations } from './write-batches.ts';
import { writingOperations } from './write-people.ts';

const operations = [
  ...readingOperations,
  ...listOperations,
  ...searchOperations,
  ...writingOperations,
  ...batchOperations,
  ...groupOperations,
];

/** Google People, version 1: the contacts of the accounts of `google-accounts`. */
export const googlePeople: Simulator = {
  vendor: 'google-people',
  title: 'Google Contacts',
  pages: contactPages,
  scenarios: [googleContactEdited],
  realUrl: (path) => `https://people.googleapis.com${path}`,
  seed: seedAccounts,
  seedMore: (desk, wish) => asAccount(desk, accountIn(wish), (own) => seedMore(own, wish)),
  act: (desk, wish) => asAccount(desk, accountIn(wish), (own) => act(own, wish)),
  routes: (router, desk) => mountOperations(router, desk, operations),
  expire(desk) {
    asEachAccount(desk, startEpoch);
    return 1;
  },
  failure(status) {
    if (status === 429) return overQuota('read').body;
    return googleError(status, status === 403 ? 'PERMISSION_DENIED' : 'UNAVAILABLE', `Status ${status}.`);
  },
};
