import type { Side } from './sync/mapping.ts';

/** Conditions on the records of each side, as they are sent and stored. */
export type SideFilters = Readonly<Partial<Record<Side, { readonly all: readonly object[] }>>>;

/** Only the records that belong to whose own the integration is. */
export const ownedByMe = (side: Side, field: string): SideFilters => ({
  [side]: { all: [{ field, is: 'equals', value: 'me' }] },
});
