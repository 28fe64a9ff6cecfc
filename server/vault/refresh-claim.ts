import type { Database, Sql } from '../store/database.ts';
import { claimLease, type Lease, releaseLease } from '../store/secret-leases.ts';
import { noteRefreshes, type RefreshLimit, refreshDelay } from '../store/token-refreshes.ts';

/** Whether this process may ask the vendor for a new token now. */
export type Claim =
  | { readonly state: 'ours'; readonly lease: Lease }
  /** Another one refreshes, or already did. */
  | { readonly state: 'elsewhere' }
  /** The vendor's limit on refreshes is used up for this many milliseconds. */
  | { readonly state: 'limited'; readonly delayMs: number };

export interface ClaimWish {
  readonly grantId: string;
  readonly name: string;
  readonly version: number;
  readonly owner: string;
  readonly leaseMs: number;
  readonly limit: RefreshLimit | undefined;
}

/**
 * Takes the lease and notes the refresh in one transaction. The lease's row lock puts all claims of one
 * grant in a row, so the count of refreshes is exact whatever number of processes ask.
 */
export function claimRefresh(database: Database, wish: ClaimWish): Promise<Claim> {
  return database.transaction(async (sql): Promise<Claim> => {
    const lease = await claimLease(sql, wish);
    if (lease === null) return { state: 'elsewhere' };
    if (wish.limit === undefined) return { state: 'ours', lease };
    const delayMs = await noteIfAllowed(sql, wish.grantId, wish.limit);
    if (delayMs === 0) return { state: 'ours', lease };
    await releaseLease(sql, lease);
    return { state: 'limited', delayMs };
  });
}

/**
 * Notes one more refresh if the limit allows it. Only for the holder of the lease.
 *
 * @returns 0, or the milliseconds until it would be allowed.
 */
export async function noteIfAllowed(sql: Sql, grantId: string, limit: RefreshLimit): Promise<number> {
  const delayMs = await refreshDelay(sql, grantId, limit);
  if (delayMs === 0) await noteRefreshes(sql, grantId, limit);
  return delayMs;
}
