import type { Side } from '../core/sync/mapping.ts';
import type { FieldValues } from '../core/sync-object.ts';
import type { Sql } from './database.ts';
import type { SyncedRecord } from './record-history.ts';
import type { StoredError } from './runs.ts';
import type { Exclusion } from './sync-records.ts';
import type { UnitState } from './sync-views.ts';
import type { Pause, SyncPhase } from './syncs.ts';

/** A record as its sync holds it, with its counterpart. */
export interface SyncedState {
  readonly integration: string;
  readonly side: Side;
  readonly id: string;
  readonly label: string;
  readonly state: UnitState | 'gone';
  readonly error: StoredError | null;
  /** How often it was tried since it last went well. */
  readonly attempt: number;
  /** Null: a person must act. */
  readonly dueAt: Date | null;
  readonly excluded: Exclusion | null;
  readonly conflicts: number;
  readonly values: FieldValues;
  readonly seenAt: Date;
  readonly writtenAt: Date | null;
  readonly link: string | null;
  readonly linkedAt: Date | null;
  readonly otherId: string | null;
  readonly otherLabel: string | null;
  readonly otherValues: FieldValues | null;
  readonly otherWrittenAt: Date | null;
}

/** How each of these records stands, in the worst of both sides' states. One that its sync has not seen is not among them. */
export function syncedStates(
  sql: Sql,
  organisationId: string,
  records: readonly SyncedRecord[],
): Promise<SyncedState[]> {
  return sql.query<SyncedState>(
    `select own.integration, own.side, own.record_id as id, own.label, coalesce(own.error, other.error) as error,
       greatest(own.attempt, other.attempt) as attempt,
       nullif(greatest(case when own.dirty or own.reread then own.due_at end, case when other.dirty or other.reread then other.due_at end), 'infinity') as "dueAt",
       coalesce(own.excluded, other.excluded) as excluded, coalesce(jsonb_array_length(l.conflicts), 0) as conflicts,
       own.field_values as values, other.field_values as "otherValues", own.seen_at as "seenAt", own.written_at as "writtenAt",
       l.id as link, l.created_at as "linkedAt", other.record_id as "otherId", other.label as "otherLabel", other.written_at as "otherWrittenAt",
       case when own.deleted then 'gone'
         when (own.dirty and own.due_at = 'infinity') or (other.dirty and other.due_at = 'infinity') then 'failing'
         when own.dirty or own.reread or other.dirty or other.reread then 'waiting'
         when own.excluded is not null or other.excluded is not null then 'excluded'
         when l.conflicts is not null then 'conflict' when own.link_id is null then 'alone' when l.undone is not null then 'differing' else 'in-sync' end as state
     from unnest($2::text[], $3::text[], $4::text[]) as w(integration, side, id)
     join sync_records own on own.organisation_id = $1 and own.integration = w.integration and own.side = w.side and own.record_id = w.id
     left join lateral (select * from sync_links where id = own.link_id limit 1) l on true
     left join lateral (select * from sync_records where link_id = own.link_id and side <> own.side limit 1) other on true`,
    [
      organisationId,
      records.map(({ integration }) => integration),
      records.map(({ side }) => side),
      records.map(({ id }) => id),
    ],
  );
}

/** How far a sync is. */
export interface SyncProgress {
  readonly integration: string;
  readonly phase: SyncPhase;
  readonly pause: Pause | null;
  readonly error: StoredError | null;
  /** When each side was last read to its end; null: never. */
  readonly readAt: Readonly<Record<Side, Date | null>>;
  readonly at: Date;
}

export async function syncsProgress(
  sql: Sql,
  organisationId: string,
  integrations: readonly string[],
): Promise<ReadonlyMap<string, SyncProgress>> {
  const rows = await sql.query<Omit<SyncProgress, 'readAt'> & Record<Side, number | null>>(
    `select integration, phase, pause, error, updated_at as at,
       (left_state->>'askedAt')::float8 as left, (right_state->>'askedAt')::float8 as right
     from syncs where organisation_id = $1 and integration = any($2)`,
    [organisationId, integrations],
  );
  const moment = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  return new Map(
    rows.map(({ left, right, ...row }) => [
      row.integration,
      { ...row, readAt: { left: moment(left), right: moment(right) } },
    ]),
  );
}
