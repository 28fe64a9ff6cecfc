import type { AccessServices } from '../../../server/api/accesses/access-services.ts';

/** Nobody let another application in. */
export const noAccesses: AccessServices = {
  list: async () => ({ accesses: [] }),
  end: async () => false,
};
