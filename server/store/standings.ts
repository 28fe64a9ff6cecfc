import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';
import type { Pause, SyncPhase } from './syncs.ts';

/** How one sync stands, without its records. */
export interface SyncStandingRow {
  readonly integration: string;
  readonly phase: SyncPhase;
  readonly pause: Pause | null;
  readonly error: StoredError | null;
  /** Whether a preview of it was ever applied. */
  readonly begun: boolean;
  /** Pairs that wait for a person's decision. */
  readonly conflicts: number;
}

/** Of every sync of the organisation that was ever looked at. */
export function syncStandings(sql: Sql, organisationId: string): Promise<SyncStandingRow[]> {
  return sql.query<SyncStandingRow>(
    `select s.integration, s.phase, s.pause, s.error,
       exists (select from sync_passes p
         where p.organisation_id = $1 and p.integration = s.integration and p.kind = 'apply') as begun,
       (select count(*) from sync_links l
         where l.organisation_id = $1 and l.integration = s.integration and l.conflicts is not null)::int as conflicts
     from syncs s where s.organisation_id = $1`,
    [organisationId],
  );
}

/** What an integration did since a moment. */
export interface WorkRow {
  readonly integration: string;
  readonly done: number;
  readonly skipped: number;
  readonly shelved: number;
  readonly open: number;
}

/** Runs that began to be since then, by integration. Their ids tell when, and an index stands in their order. */
export function runsSince(sql: Sql, organisationId: string, since: Date): Promise<WorkRow[]> {
  const count = (condition: string) => `count(*) filter (where ${condition})::int`;
  return sql.query<WorkRow>(
    `select integration, ${count(`state = 'done'`)} as done, ${count(`state in ('skipped', 'superseded')`)} as skipped,
       ${count(`state = 'shelved'`)} as shelved, ${count(`state in ('waiting', 'running')`)} as open
     from runs where organisation_id = $1 and id >= run_id_at($2) and created_at >= $2 group by integration`,
    [organisationId, since],
  );
}

/** What was brought up to date as a whole, and when. */
export interface FreshRow {
  readonly integration: string;
  readonly at: Date;
  readonly summary: Sentence;
}

/** The last run of each of these integrations that did something about a record of its object. */
export async function freshnessOf(
  sql: Sql,
  organisationId: string,
  wanted: readonly { readonly integration: string; readonly object: string }[],
): Promise<FreshRow[]> {
  if (wanted.length === 0) return [];
  return sql.query<FreshRow>(
    `select w.integration, last.at, last.summary from unnest($2::text[], $3::text[]) as w(integration, object)
     cross join lateral (
       select finished_at as at, summary from runs r
       where r.organisation_id = $1 and r.integration = w.integration and r.record_object = w.object and r.state = 'done'
       order by r.id desc limit 1) last`,
    [organisationId, wanted.map(({ integration }) => integration), wanted.map(({ object }) => object)],
  );
}

/** What a sync wrote since a moment. */
export interface WrittenRow {
  readonly integration: string;
  readonly written: number;
  readonly refused: number;
}

export function writtenSince(sql: Sql, organisationId: string, since: Date): Promise<WrittenRow[]> {
  return sql.query<WrittenRow>(
    `select integration, count(*) filter (where state = 'done')::int as written,
       count(*) filter (where state = 'failed')::int as refused
     from sync_writes where organisation_id = $1 and at >= $2 group by integration`,
    [organisationId, since],
  );
}
