import type { Sql } from './database.ts';

/** Stands in place of an integration's id where all of them share what is claimed; no integration is called so. */
export const ALL_INTEGRATIONS = '*';

export interface ClaimWish {
  readonly organisationId: string;
  readonly integration: string;
  readonly identity: string;
  readonly runId: string;
}

// In the order of their keys: two processes that claim the same things wait for each other in one direction.
const CLAIM = `with asked as (
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[])
       with ordinality as w(organisation_id, integration, identity, run_id, place)),
   won as (
     insert into claims as c (organisation_id, integration, identity, run_id)
     select distinct on (organisation_id, integration, identity) organisation_id, integration, identity, run_id
       from asked order by organisation_id, integration, identity, place
     on conflict (organisation_id, integration, identity) do update set run_id = excluded.run_id
       where c.run_id = excluded.run_id
         or exists (select 1 from runs r where r.id = c.run_id and r.state in ('shelved', 'superseded'))
     returning organisation_id, integration, identity, run_id)
   select won.run_id is not distinct from asked.run_id as mine from asked
   left join won using (organisation_id, integration, identity) order by asked.place`;

/**
 * Claims the right to do one thing each, for ever, for the first run that asks. A claim whose run ended on the
 * shelf may be taken over.
 *
 * @returns for each whether the claim is its run's.
 */
export async function claims(sql: Sql, wishes: readonly ClaimWish[]): Promise<boolean[]> {
  const rows = await sql.query<{ mine: boolean }>(
    CLAIM,
    [
      wishes.map(({ organisationId }) => organisationId),
      wishes.map(({ integration }) => integration),
      wishes.map(({ identity }) => identity),
      wishes.map(({ runId }) => runId),
    ],
    'claims',
  );
  return rows.map(({ mine }) => mine);
}

/** Whether a claim of another run stands in the way of one: `claims` would be answered false. Stores nothing. */
export async function isClaimed(sql: Sql, wish: Omit<ClaimWish, 'runId'>): Promise<boolean> {
  const rows = await sql.query(
    `select from claims c
     where c.organisation_id = $1 and c.integration = $2 and c.identity = $3
       and not exists (select 1 from runs r where r.id = c.run_id and r.state in ('shelved', 'superseded'))`,
    [wish.organisationId, wish.integration, wish.identity],
  );
  return rows.length > 0;
}
