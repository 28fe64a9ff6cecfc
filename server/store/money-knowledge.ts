import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';
import type { RunState, StoredError } from './runs.ts';

/** A run that told of a record, with what became of it. */
export interface TellingRun {
  readonly recordId: string;
  readonly id: string;
  readonly integration: string;
  readonly state: RunState;
  readonly summary: Sentence | null;
  readonly error: StoredError | null;
  /** When it ended, or else began. */
  readonly at: Date;
}

/**
 * Of each of these records, by the id that their events have, the latest run of these integrations: one that is in hand or
 * on the shelf before one that is over, because what it does is still to come.
 */
export function latestRunsOf(
  sql: Sql,
  organisationId: string,
  about: {
    readonly integrations: readonly string[];
    readonly recordIds: readonly string[];
    readonly since: Date;
  },
): Promise<TellingRun[]> {
  return sql.query<TellingRun>(
    `with told as (
       select i.record_id, r.id, r.integration, r.state, r.summary, r.error,
         coalesce(r.finished_at, r.started_at, r.created_at) as at
       from runs r join inbox i on i.id = r.event_id
       where r.organisation_id = $1 and r.integration = any($2) and r.id >= $4::uuid and i.record_id = any($3)
       union all
       select i.record_id, r.id, r.integration, r.state, r.summary, r.error,
         coalesce(r.finished_at, r.started_at, r.created_at) as at
       from runs r join run_events e on e.run_id = r.id join inbox i on i.id = e.event_id
       where r.organisation_id = $1 and r.integration = any($2) and r.id >= $4::uuid and i.record_id = any($3))
     select distinct on (record_id) record_id as "recordId", id, integration, state, summary, error, at from told
     order by record_id, (state in ('done', 'skipped', 'superseded')), at desc, id desc`,
    [organisationId, about.integrations, about.recordIds, firstIdOf(about.since)],
  );
}

/** The lowest id that a run of this moment can have: ids begin with it (UUID version 7). */
const firstIdOf = (since: Date): string => {
  const hex = since.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

/** What integrations made, by the names under which they remember it. */
export async function linkedOf(
  sql: Sql,
  organisationId: string,
  integrations: readonly string[],
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ name: string; made: string }>(
    `select left_id as name, right_id as made from links
     where organisation_id = $1 and integration = any($2) and left_id = any($3)`,
    [organisationId, integrations, names],
  );
  return new Map(rows.map(({ name, made }) => [name, made]));
}

/** The same with when each was remembered first. */
export async function linkedSince(
  sql: Sql,
  organisationId: string,
  integrations: readonly string[],
  names: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await sql.query<{ name: string; at: Date }>(
    `select left_id as name, max(created_at) as at from links
     where organisation_id = $1 and integration = any($2) and left_id = any($3) group by left_id`,
    [organisationId, integrations, names],
  );
  return new Map(rows.map(({ name, at }) => [name, at]));
}

/** Organisations that have an integration of one of these flows, or had one by which an account was looked at. */
export async function organisationsWith(sql: Sql, flows: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select organisation_id as id from integrations where flow = any($1) and deleted_at is null
     union select organisation_id from money_accounts`,
    [flows],
  );
  return rows.map(({ id }) => id);
}
