import type { Sql } from './database.ts';

export interface Left {
  readonly organisationId: string;
  readonly integration: string;
  readonly leftId: string;
}

export interface Link extends Left {
  readonly rightId: string;
}

const leftsOf = (lefts: readonly Left[]) => [
  lefts.map(({ organisationId }) => organisationId),
  lefts.map(({ integration }) => integration),
  lefts.map(({ leftId }) => leftId),
];

/** The records that a flow made for others: for each one, or null. */
export async function linkedRecords(sql: Sql, lefts: readonly Left[]): Promise<(string | null)[]> {
  const rows = await sql.query<{ rightId: string | null }>(
    // One probe of the index for each, whatever the planner takes the table for.
    `select l.right_id as "rightId" from unnest($1::uuid[], $2::text[], $3::text[])
       with ordinality as w(organisation_id, integration, left_id, place)
     left join lateral (
       select right_id from links l
       where l.organisation_id = w.organisation_id and l.integration = w.integration and l.left_id = w.left_id
       offset 0) l on true
     order by w.place`,
    leftsOf(lefts),
    'linked-records',
  );
  return rows.map(({ rightId }) => rightId);
}

/** Of two links of one record the later one stays. */
export async function saveLinks(sql: Sql, links: readonly Link[]): Promise<void> {
  await sql.query(
    // In the order of their keys: two processes that store the same ones wait for each other in one direction.
    `insert into links (organisation_id, integration, left_id, right_id)
     select distinct on (organisation_id, integration, left_id) organisation_id, integration, left_id, right_id
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
         with ordinality as w(organisation_id, integration, left_id, right_id, place)
       order by organisation_id, integration, left_id, place desc
     on conflict (organisation_id, integration, left_id) do update set right_id = excluded.right_id`,
    [...leftsOf(links), links.map(({ rightId }) => rightId)],
    'save-links',
  );
}

/**
 * The records that other integrations of the same flow linked to one of this id, where they use another account in
 * this role: what they linked for the same account is left out.
 */
export async function linkedElsewhere(
  sql: Sql,
  { organisationId, integration, leftId }: Left,
  role: string,
): Promise<string[]> {
  const rows = await sql.query<{ rightId: string; isOfThis: boolean }>(
    `select l.right_id as "rightId", bool_or(theirs.account_id is not distinct from ours.account_id) as "isOfThis"
     from integrations own
     join integrations other on other.organisation_id = own.organisation_id and other.flow = own.flow
     join links l on l.organisation_id = other.organisation_id and l.integration = other.id and l.left_id = $3
     left join integration_roles ours
       on ours.organisation_id = own.organisation_id and ours.integration = own.id and ours.role = $4
     left join integration_roles theirs
       on theirs.organisation_id = other.organisation_id and theirs.integration = other.id and theirs.role = $4
     where own.organisation_id = $1 and own.id = $2
     group by l.right_id`,
    [organisationId, integration, leftId, role],
  );
  return rows.filter(({ isOfThis }) => !isOfThis).map(({ rightId }) => rightId);
}
