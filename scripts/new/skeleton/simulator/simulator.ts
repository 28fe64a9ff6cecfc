import { defineSimulator } from '../../../../sandbox/kit/simulator.ts';
import { newThingApi, refusal } from './api.ts';
import { keyOf, seed } from './rows.ts';

/** To fill in: what of the vendor it stands for, in one line. */
export const newThing = defineSimulator({
  vendor: 'new-thing',
  title: 'New Thing',
  // To fill in: the vendor's real address.
  realUrl: (path) => `https://api.new-thing.example${path}`,
  seed,
  api: newThingApi,
  key: keyOf,
  // To fill in: pages that show people what is there, and scenarios (`pages`, `scenarios`), where they help.
  failure: (status) => refusal(status, 'error', `Status ${status}.`).body,
});
