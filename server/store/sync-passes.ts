import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';
import type { SyncKey } from './sync-links.ts';

export type PassKind = 'preview' | 'apply' | 'live' | 'undo' | 'undo-preview';
export type PassState = 'running' | 'done' | 'cancelled' | 'failed';

export interface Progress {
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
  readonly stage: 'reading' | 'planning' | 'writing' | 'finished';
  /** Of a preview: both sides were set to be read anew for it. */
  readonly isBegun?: true;
}

export interface PassRow {
  readonly id: string;
  readonly kind: PassKind;
  readonly state: PassState;
  readonly ofPass: string | null;
  readonly progress: Progress;
  readonly plan: Record<string, unknown> | null;
  readonly samples: readonly Record<string, unknown>[] | null;
  readonly error: StoredError | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, kind, state, of_pass as "ofPass", progress, plan, samples, error,
  started_at as "startedAt", finished_at as "finishedAt"`;
export const BEGUN: Progress = { done: 0, total: null, stage: 'reading' };

export async function insertPass(
  sql: Sql,
  key: SyncKey,
  pass: { id: string; kind: PassKind; ofPass?: string | null; progress?: Progress },
): Promise<void> {
  await sql.query(
    `insert into sync_passes (id, organisation_id, integration, kind, state, of_pass, progress) values ($1, $2, $3, $4, 'running', $5, $6)`,
    [
      pass.id,
      key.organisationId,
      key.integration,
      pass.kind,
      pass.ofPass ?? null,
      JSON.stringify(pass.progress ?? BEGUN),
    ],
  );
}

export async function savePass(
  sql: Sql,
  id: string,
  change: {
    state?: PassState;
    progress?: Progress;
    plan?: unknown;
    samples?: unknown;
    error?: StoredError | null;
  },
): Promise<void> {
  await sql.query(
    `update sync_passes set state = coalesce($2, state), progress = coalesce($3, progress), plan = coalesce($4, plan),
       samples = coalesce($5, samples), error = coalesce($6, error),
       finished_at = case when coalesce($2, state) = 'running' then null else coalesce(finished_at, now()) end
     where id = $1`,
    [
      id,
      change.state ?? null,
      change.progress === undefined ? null : JSON.stringify(change.progress),
      change.plan === undefined ? null : JSON.stringify(change.plan),
      change.samples === undefined ? null : JSON.stringify(change.samples),
      change.error === undefined || change.error === null ? null : JSON.stringify(change.error),
    ],
  );
}

/** Adds to what a pass has written; together with what another of its sides adds at the same time. */
export async function addProgress(sql: Sql, id: string, written: number): Promise<void> {
  await sql.query(
    `update sync_passes set progress = progress
       || jsonb_build_object('done', (progress->>'done')::int + $2::int, 'stage', 'writing') where id = $1`,
    [id, written],
  );
}

export async function passOf(sql: Sql, key: SyncKey, id: string): Promise<PassRow | null> {
  const [row] = await sql.query<PassRow>(
    `select ${COLUMNS} from sync_passes where organisation_id = $1 and integration = $2 and id = $3`,
    [key.organisationId, key.integration, id],
  );
  return row ?? null;
}

/** Newest first. */
export function passesOf(sql: Sql, key: SyncKey, limit: number): Promise<PassRow[]> {
  return sql.query<PassRow>(
    `select ${COLUMNS} from sync_passes where organisation_id = $1 and integration = $2 order by started_at desc limit $3`,
    [key.organisationId, key.integration, limit],
  );
}

/** How many writes the last preview showed; null where none was made, or it does not say. */
export async function previewedWrites(sql: Sql, key: SyncKey): Promise<number | null> {
  const [preview] = await sql.query<{ total: number | null }>(
    `select (plan->'counts'->'left'->>'create')::int + (plan->'counts'->'left'->>'update')::int
       + (plan->'counts'->'left'->>'remove')::int + (plan->'counts'->'right'->>'create')::int
       + (plan->'counts'->'right'->>'update')::int + (plan->'counts'->'right'->>'remove')::int as total
     from sync_passes where organisation_id = $1 and integration = $2 and kind = 'preview' and state = 'done'
     order by started_at desc limit 1`,
    [key.organisationId, key.integration],
  );
  return preview?.total ?? null;
}

/** The preview that was begun last, or null. */
export async function latestPreview(sql: Sql, key: SyncKey): Promise<PassRow | null> {
  const [row] = await sql.query<PassRow>(
    `select ${COLUMNS} from sync_passes where organisation_id = $1 and integration = $2 and kind = 'preview'
     order by started_at desc limit 1`,
    [key.organisationId, key.integration],
  );
  return row ?? null;
}
