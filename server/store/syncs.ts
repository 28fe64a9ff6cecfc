import type { Sentence } from '../core/sentence.ts';
import type { Side } from '../core/sync/mapping.ts';
import type { FieldValue } from '../core/sync-object.ts';
import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';
import { NEXT_HINT } from './sync-hints.ts';

export type SyncPhase = 'new' | 'previewing' | 'previewed' | 'applying' | 'live' | 'paused' | 'undoing';

/** What one side was read to. Times are epoch milliseconds by the database's clock. */
export interface SideState {
  readonly cursor: FieldValue;
  /** Counts the complete readings; the one under way carries this number. */
  readonly sweep: number;
  readonly sweeping: boolean;
  /** When the side was last read to its end. */
  readonly askedAt: number | null;
  readonly sweptAt: number | null;
  /** The vendor account that was read: another one is never taken for it. */
  readonly account: string | null;
}

export type PauseCode = 'brake' | 'doubt' | 'account' | 'contradiction' | 'admin' | 'undo';

export interface Pause extends Sentence {
  readonly code: PauseCode;
  /** Records that the brake kept from being deleted or unlinked. */
  readonly count?: number;
  /** Where the sync goes on once it is resumed. */
  readonly phase: SyncPhase;
}

export interface SyncRow {
  readonly organisationId: string;
  readonly integration: string;
  readonly phase: SyncPhase;
  readonly left: SideState;
  readonly right: SideState;
  readonly passId: string | null;
  readonly pause: Pause | null;
  readonly deletesApproved: number;
  readonly error: StoredError | null;
  readonly attempt: number;
  readonly gaps: number;
  /** The turn before ended in the middle of its work. */
  readonly unfinished: boolean;
  /** Epoch milliseconds of the database, when the row was read. */
  readonly now: number;
}

const UNREAD: SideState = {
  cursor: null,
  sweep: 1,
  sweeping: true,
  askedAt: null,
  sweptAt: null,
  account: null,
};

const COLUMNS = `organisation_id as "organisationId", integration, phase, left_state as "left", right_state as "right",
  pass_id as "passId", pause, deletes_approved as "deletesApproved", error, attempt, gaps::int as gaps, unfinished,
  (extract(epoch from clock_timestamp()) * 1000)::float8 as now`;

const complete = (row: SyncRow): SyncRow => ({
  ...row,
  left: { ...UNREAD, ...row.left },
  right: { ...UNREAD, ...row.right },
});

/** The sync as it stands; null when it was never looked at. */
export async function syncOf(sql: Sql, organisationId: string, integration: string): Promise<SyncRow | null> {
  const [row] = await sql.query<SyncRow>(
    `select ${COLUMNS} from syncs where organisation_id = $1 and integration = $2`,
    [organisationId, integration],
  );
  return row === undefined ? null : complete(row);
}

export async function ensureSync(sql: Sql, organisationId: string, integration: string): Promise<SyncRow> {
  await sql.query(`insert into syncs (organisation_id, integration) values ($1, $2) on conflict do nothing`, [
    organisationId,
    integration,
  ]);
  const row = await syncOf(sql, organisationId, integration);
  if (row === null) throw new Error(`sync ${integration} vanished while it was made`);
  return row;
}

/** Syncs that have something to do, the longest waiting first. */
export function dueSyncs(
  sql: Sql,
  limit: number,
  only?: string,
): Promise<{ organisationId: string; integration: string }[]> {
  return sql.query(
    `select organisation_id as "organisationId", integration from syncs
     where phase in ('previewing', 'applying', 'live', 'undoing') and next_at <= now()
       and ($2::uuid is null or organisation_id = $2) order by next_at limit $1`,
    [limit, only ?? null],
  );
}

/** Whether it still has something to do: another process may have done it since `dueSyncs`. */
export async function isSyncDue(sql: Sql, organisationId: string, integration: string): Promise<boolean> {
  const [row] = await sql.query<{ due: boolean }>(
    'select next_at <= now() as due from syncs where organisation_id = $1 and integration = $2',
    [organisationId, integration],
  );
  return row?.due === true;
}

/** Syncs whose sides are to announce their changes. */
export async function activeSyncs(sql: Sql, organisationId: string): Promise<string[]> {
  const rows = await sql.query<{ integration: string }>(
    `select integration from syncs where organisation_id = $1 and phase in ('applying', 'live')`,
    [organisationId],
  );
  return rows.map((row) => row.integration);
}

export interface SyncChange {
  readonly phase?: SyncPhase;
  readonly left?: SideState;
  readonly right?: SideState;
  readonly passId?: string | null;
  readonly pause?: Pause | null;
  readonly deletesApproved?: number;
  readonly error?: StoredError | null;
  readonly attempt?: number;
  readonly unfinished?: boolean;
  /** Seconds from now; 0: at once. */
  readonly nextIn?: number;
}

const SETTERS: { readonly [Key in keyof SyncChange]-?: string } = {
  phase: 'phase = $?',
  left: 'left_state = $?',
  right: 'right_state = $?',
  passId: 'pass_id = $?',
  pause: 'pause = $?',
  deletesApproved: 'deletes_approved = $?',
  error: 'error = $?',
  attempt: 'attempt = $?',
  unfinished: 'unfinished = $?',
  nextIn: 'next_at = now() + make_interval(secs => $?)',
};
const AS_JSON: ReadonlySet<string> = new Set(['left', 'right', 'pause', 'error']);

/**
 * Changes what is named, and nothing else.
 *
 * @param ifStill changes nothing when a person moved the sync to another phase or began another pass meanwhile.
 * @returns whether it was changed.
 */
export async function saveSync(
  sql: Sql,
  key: { readonly organisationId: string; readonly integration: string },
  change: SyncChange,
  ifStill?: Pick<SyncRow, 'phase' | 'passId'>,
): Promise<boolean> {
  const values: unknown[] = [key.organisationId, key.integration];
  const sets = Object.entries(change).map(([name, value]) => {
    values.push(value !== null && AS_JSON.has(name) ? JSON.stringify(value) : value);
    return SETTERS[name as keyof SyncChange].replace('$?', `$${values.length}`);
  });
  const condition =
    ifStill === undefined
      ? ''
      : ` and phase = $${values.push(ifStill.phase)} and pass_id is not distinct from $${values.push(ifStill.passId)}`;
  const rows = await sql.query(
    `update syncs set ${[...sets, 'updated_at = now()'].join(', ')}
     where organisation_id = $1 and integration = $2${condition} returning integration`,
    values,
  );
  return rows.length > 0;
}

/** Something was announced: these syncs look at once. */
export async function wakeSyncs(
  sql: Sql,
  keys: readonly { readonly organisationId: string; readonly integration: string }[],
): Promise<void> {
  await sql.query(
    `update syncs s set next_at = least(s.next_at, now())
     from jsonb_to_recordset($1) as k("organisationId" uuid, integration text)
     where s.organisation_id = k."organisationId" and s.integration = k.integration and s.phase in ('applying', 'live')`,
    [JSON.stringify(keys)],
  );
}

/**
 * When the sync is looked at next: in so many seconds, or before, as soon as something was announced or (if
 * `records` is set) a record is due; and whether its turn ended in the middle of its work. Where a person moved
 * the sync to another phase than that of the turn, or began another pass, that moment stays.
 */
export async function scheduleLook(
  sql: Sql,
  key: { readonly organisationId: string; readonly integration: string },
  nextIn: number,
  due: { readonly records: boolean; readonly unfinished: boolean },
  ifStill: Pick<SyncRow, 'phase' | 'passId'>,
): Promise<void> {
  const of = [key.organisationId, key.integration];
  await saveSync(sql, key, { nextIn, unfinished: due.unfinished }, ifStill);
  // On its own, and only ever sooner: what was announced while the first one waited for its turn is seen here.
  await sql.query(
    `update syncs s set next_at = least(s.next_at, ${NEXT_HINT},
       (select min(r.due_at) from sync_records r where r.organisation_id = $1 and r.integration = $2
         and (r.dirty or r.reread) and r.due_at < 'infinity' and $3))
     where s.organisation_id = $1 and s.integration = $2`,
    [...of, due.records],
  );
}

/** Adds to the count of changes that no webhook had announced. */
export async function addGaps(
  sql: Sql,
  organisationId: string,
  integration: string,
  count: number,
): Promise<void> {
  await sql.query(`update syncs set gaps = gaps + $3 where organisation_id = $1 and integration = $2`, [
    organisationId,
    integration,
    count,
  ]);
}

/** The column that holds a side's state, as the change of a sync names it. */
export const sideChange = (side: Side, state: SideState): SyncChange =>
  side === 'left' ? { left: state } : { right: state };
