import type { MoneyServices } from '../../../server/api/money/money-services.ts';

/** An organisation whose money nobody books. */
export const noMoney: MoneyServices = {
  list: async () => [],
  get: async () => null,
  check: async (_organisationId, id) => (id === undefined ? [] : null),
  cancel: async () => null,
  accept: async () => null,
  takeUp: async () => null,
};
