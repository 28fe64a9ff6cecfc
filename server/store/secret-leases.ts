import type { Sql } from './database.ts';

/** The right to refresh one secret of a grant: whose it is, and which time it was given. */
export interface Lease {
  readonly grantId: string;
  readonly name: string;
  readonly owner: string;
  /** Counts up each time, so that a former owner cannot act under a later one's lease. */
  readonly fence: string;
}

/**
 * Takes the lease on the value that has `version`, unless another owner's still runs. Null when it does,
 * or when the value moved on. One's own is taken anew: the owner sees to it that it refreshes once at a time.
 */
export async function claimLease(
  sql: Sql,
  wish: { grantId: string; name: string; owner: string; version: number; leaseMs: number },
): Promise<Lease | null> {
  const rows = await sql.query<{ fence: string }>(
    `update secrets set lease_owner = $3, lease_fence = lease_fence + 1,
       lease_until = clock_timestamp() + $5 * interval '1 millisecond'
     where grant_id = $1 and name = $2 and version = $4
       and (lease_until is null or lease_until < clock_timestamp() or lease_owner = $3)
     returning lease_fence as fence`,
    [wish.grantId, wish.name, wish.owner, wish.version, wish.leaseMs],
  );
  const [row] = rows;
  return row === undefined
    ? null
    : { grantId: wish.grantId, name: wish.name, owner: wish.owner, fence: row.fence };
}

/** False when the lease is no longer this owner's. */
export async function extendLease(sql: Sql, lease: Lease, leaseMs: number): Promise<boolean> {
  const rows = await sql.query(
    `update secrets set lease_until = clock_timestamp() + $5 * interval '1 millisecond'
     where grant_id = $1 and name = $2 and lease_owner = $3 and lease_fence = $4 returning version`,
    [lease.grantId, lease.name, lease.owner, lease.fence, leaseMs],
  );
  return rows.length > 0;
}

/** Does nothing when the lease is no longer this owner's. */
export async function releaseLease(sql: Sql, lease: Lease): Promise<void> {
  await sql.query(
    `update secrets set lease_owner = null, lease_until = null
     where grant_id = $1 and name = $2 and lease_owner = $3 and lease_fence = $4`,
    [lease.grantId, lease.name, lease.owner, lease.fence],
  );
}
