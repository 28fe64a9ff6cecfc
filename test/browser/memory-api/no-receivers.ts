import type { ReceiverServices } from '../../../server/api/receivers/receiver-services.ts';

/** An organisation that tells no other application of anything. */
export const noReceivers: ReceiverServices = {
  list: async () => ({ receivers: [], offered: [], most: 20 }),
  get: async () => null,
  make: () => Promise.reject(new Error('nothing is made here')),
  change: async () => null,
  remove: async () => false,
  rotate: async () => null,
  facts: async () => null,
  test: async () => null,
  log: async () => null,
  again: async () => null,
  allAgain: async () => null,
};
