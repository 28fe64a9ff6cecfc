import type { ActionServices } from '../../../server/api/actions/action-services.ts';

/** Nothing that another application could have done. */
export const noActions: ActionServices = {
  offered: async () => ({ hand: [], start: [], post: [] }),
  hand: async () => null,
  start: async () => null,
  post: async () => null,
  people: async () => ({ people: [] }),
};
