import { accountIn, asAccount, asEachAccount } from '../google-accounts/account.ts';
import { googleError } from '../google-accounts/check-token.ts';
import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { overQuota, peopleApi } from './api.ts';
import { startEpoch } from './list-tokens.ts';
import { contactPages } from './page.ts';
import { googleContactEdited } from './scenarios.ts';
import { seedAccounts, seedMore } from './seed.ts';

/** Google People, version 1: the contacts of the accounts of `google-accounts`. */
export const googlePeople = defineSimulator({
  vendor: 'google-people',
  title: 'Google Contacts',
  pages: contactPages,
  scenarios: [googleContactEdited],
  realUrl: (path) => `https://people.googleapis.com${path}`,
  seed: seedAccounts,
  seedMore: (desk, wish) => asAccount(desk, accountIn(wish), (own) => seedMore(own, wish)),
  act: (desk, wish) => asAccount(desk, accountIn(wish), (own) => act(own, wish)),
  api: peopleApi,
  expire(desk) {
    asEachAccount(desk, startEpoch);
    return 1;
  },
  failure(status) {
    if (status === 429) return overQuota('read').body;
    return googleError(status, status === 403 ? 'PERMISSION_DENIED' : 'UNAVAILABLE', `Status ${status}.`);
  },
});
