import type { RecordRef } from '../core/flow.ts';
import type { Sql } from './database.ts';
import { type LoggedRun, loggedRunsById } from './run-log.ts';

/**
 * Runs about any of these records, newest first, whatever became of them: of an event of theirs, that named them, or
 * whose integration linked its record to one of them. Of each record only the latest are looked at.
 *
 * @param hidden integrations of which nothing is told.
 */
export async function runsOfRecords(
  sql: Sql,
  organisationId: string,
  records: readonly RecordRef[],
  { limit, hidden }: { readonly limit: number; readonly hidden: ReadonlySet<string> },
): Promise<LoggedRun[]> {
  const found = await sql.query<{ id: string }>(
    `with wanted as (select * from unnest($2::text[], $3::text[]) as w(object, id)), candidates as (
       select own.id from wanted w cross join lateral (
         select r.id from runs r where r.organisation_id = $1 and r.record_object = w.object and r.record_id = w.id
           and r.integration <> all($5::text[]) order by r.id desc limit $4) own
       union
       select named.run_id from wanted w cross join lateral (
         select n.run_id from run_records n where n.organisation_id = $1 and n.object = w.object and n.record_id = w.id
         order by n.run_id desc limit $4) named
       union
       select linked.id from wanted w join links l on l.organisation_id = $1 and l.right_id = w.id cross join lateral (
         select r.id from runs r where r.organisation_id = $1 and r.integration = l.integration and r.record_id = l.left_id
         order by r.id desc limit $4) linked)
     select r.id from candidates c join runs r on r.id = c.id where r.integration <> all($5::text[])
     order by r.id desc limit $4`,
    [organisationId, records.map(({ object }) => object), records.map(({ id }) => id), limit, [...hidden]],
  );
  const runs = await loggedRunsById(
    sql,
    organisationId,
    found.map(({ id }) => id),
  );
  return runs.sort((one, other) => (one.id < other.id ? 1 : -1));
}

/**
 * The records that an id may be of, as runs and what arrived for integrations that were off have them.
 *
 * @param integrations every one of the organisation that may be told of.
 */
export function recordsOfId(
  sql: Sql,
  organisationId: string,
  id: string,
  {
    integrations,
    objects,
  }: { readonly integrations: readonly string[]; readonly objects: readonly string[] },
): Promise<RecordRef[]> {
  return sql.query<RecordRef>(
    `select object, $2 as id from (
       select found.object from unnest($3::text[]) as g(integration) cross join lateral (
         select r.record_object as object from runs r
         where r.organisation_id = $1 and r.integration = g.integration and r.record_id = $2 limit 1) found
       union
       select record_object from left_events
       where organisation_id = $1 and record_id = $2 and integration = any($3)
       union
       select known.object from unnest($4::text[]) as o(object) cross join lateral (
         select n.object from run_records n join runs r on r.id = n.run_id
         where n.organisation_id = $1 and n.object = o.object and n.record_id = $2 and r.integration = any($3) limit 1) known
     ) all_of_them`,
    [organisationId, id, integrations, objects],
  );
}
