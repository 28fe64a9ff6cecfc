import { z } from 'zod';
import type { LiaisonError } from '../../core/errors.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { zohoTime } from './channels.ts';
import type { ZohoCrmClient } from './client.ts';
import { coqlText, MOST_ROWS, type QueryAnswer } from './coql.ts';
import { VENDOR } from './failures.ts';
import type { CrmRecord } from './records.ts';

/**
 * A record may become visible this long after the moment that it is stamped with: the latest seconds are
 * read again, by the stamps alone.
 */
const SETTLES_MS = 5_000;
/** How far the clock of an answer may be from the one that stamps records. */
const SKEW_MS = 120_000;
const DAY_MS = 86_400_000;
/** Most looks find little: a query this small costs one credit instead of three. */
const FIRST_LOOK = 200;

const moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const digits = z.string().regex(/^\d+$/);
const cursorSchema = z.discriminatedUnion('phase', [
  /** Listing everything, in the order of ids; `since`: when that began. */
  z.object({ phase: z.literal('all'), after: digits, since: moment }),
  /** Following. `from`, included; `place`: how far the pages of one look have come. */
  z.object({
    phase: z.literal('since'),
    from: moment,
    /** The last record of the page before; `again`: from when on its first page may not have shown everything. */
    place: z.object({ time: moment, id: digits, again: moment }).nullable(),
    deletedFrom: moment,
    /** The newest stamp that an earlier look met: whatever stamps records has come so far. Null: none was met yet. */
    met: moment.nullable().default(null),
  }),
]);
type Cursor = z.infer<typeof cursorSchema>;
type Following = Extract<Cursor, { phase: 'since' }>;

export interface ModuleChanges {
  readonly rows: readonly CrmRecord[];
  readonly deleted: readonly string[];
  readonly cursor: FieldValue;
  readonly more: boolean;
}

/**
 * What changed in a module, a page at a time: everything when the cursor is null. A page ends at a record,
 * not at a moment, so that none is lost among many stamped with the same second; the last seconds are read
 * again until the stamps or Zoho's clock have moved past them. A record may come twice, none is left out.
 *
 * @param columns as COQL names them; `id` and `Modified_Time` come too.
 * @throws LiaisonError `cursor-lost` for a cursor that is no good, or behind more deletions than are listed.
 */
export async function moduleChanges(
  client: ZohoCrmClient,
  module: string,
  columns: readonly string[],
  cursor: FieldValue,
): Promise<ModuleChanges> {
  const select = `select ${[...new Set([...columns, 'Modified_Time'])].join(', ')} from ${module}`;
  const held = storedCursor(cursorSchema, cursor, VENDOR);
  return held === null || held.phase === 'all'
    ? everything(client, select, held)
    : following(client, module, select, held);
}

async function everything(
  client: ZohoCrmClient,
  select: string,
  cursor: Extract<Cursor, { phase: 'all' }> | null,
): Promise<ModuleChanges> {
  const where = cursor === null ? 'id is not null' : `id > ${coqlText(cursor.after)}`;
  const answer = await client.query(`${select} where ${where} order by id asc limit ${MOST_ROWS}`);
  // What changes while the list is read, by whatever clock stamps it, is found by the first look after it.
  const since = cursor?.since ?? zohoTime(clockOf(answer) - SKEW_MS - SETTLES_MS);
  const last = answer.rows.at(-1);
  if (answer.more && last !== undefined) {
    return { rows: answer.rows, deleted: [], cursor: { phase: 'all', after: last.id, since }, more: true };
  }
  const next: Following = { phase: 'since', from: since, place: null, deletedFrom: since, met: null };
  return { rows: answer.rows, deleted: [], cursor: next, more: false };
}

async function following(
  client: ZohoCrmClient,
  module: string,
  select: string,
  cursor: Following,
): Promise<ModuleChanges> {
  const { from, place } = cursor;
  const where = place === null ? `Modified_Time >= ${coqlText(from)}` : behind(place);
  const limit = place === null ? FIRST_LOOK : MOST_ROWS;
  const answer = await client.query(
    `${select} where ${where} order by Modified_Time asc, id asc limit ${limit}`,
  );
  if (Date.parse(from) > clockOf(answer) + DAY_MS) throw lost();
  const last = answer.rows.at(-1);
  const newest = last === undefined ? place : { time: timeOf(last), id: last.id };
  if (answer.more && newest !== null) {
    const again = place?.again ?? unsettled(latest(newest.time, cursor.met ?? newest.time), clockOf(answer));
    return { rows: answer.rows, deleted: [], cursor: { ...cursor, place: { ...newest, again } }, more: true };
  }
  const { found, at } = await client.deletions(module, cursor.deletedFrom);
  const here = new Set(answer.rows.map((row) => row.id));
  const behindAll = advanced(from, newest === null ? [] : [newest.time], answer.at);
  const next: Following = {
    phase: 'since',
    from: place === null ? behindAll : latest(from, earliest(behindAll, place.again)),
    place: null,
    deletedFrom: advanced(
      cursor.deletedFrom,
      found.map((one) => one.time),
      at,
    ),
    met: newest === null ? cursor.met : latest(newest.time, cursor.met ?? newest.time),
  };
  // What was restored from the recycle bin between the two calls is here again.
  const deleted = found.map((one) => one.id).filter((id) => !here.has(id));
  return { rows: answer.rows, deleted, cursor: next, more: false };
}

/** The rows after one record, in the order of stamps and ids. */
function behind({ time, id }: { time: string; id: string }): string {
  const stamp = coqlText(time);
  return `(Modified_Time > ${stamp} or (Modified_Time = ${stamp} and id > ${coqlText(id)}))`;
}

/**
 * What becomes visible after a page was read is stamped later than this. All are safe: the page's own end, the newest
 * stamp that was met before, and the page's clock, which alone moves on while thousands of rows share a stamp.
 */
function unsettled(end: string, at: number): string {
  return zohoTime(Math.max(Date.parse(end), at - SKEW_MS) - SETTLES_MS);
}

const earliest = (a: string, b: string): string => (Date.parse(a) <= Date.parse(b) ? a : b);
const latest = (a: string, b: string): string => (Date.parse(a) >= Date.parse(b) ? a : b);

/** Where the next look starts: behind the latest stamp once that second is over for certain. */
function advanced(from: string, times: readonly string[], at: number | null): string {
  const newest = Math.max(...times.map((time) => Date.parse(time)));
  if (!Number.isFinite(newest)) return from;
  const isOver = at !== null && at >= newest + SKEW_MS;
  const next = isOver ? newest + 1_000 : newest - SETTLES_MS;
  return zohoTime(Math.max(Date.parse(from), next));
}

function timeOf(row: CrmRecord): string {
  if (typeof row.Modified_Time === 'string') return row.Modified_Time;
  throw failure('unknown', VENDOR, 'A record came without its modification time.');
}

function clockOf({ at }: QueryAnswer): number {
  if (at !== null) return at;
  throw failure('retry-later', VENDOR, 'An answer came without a date.');
}

const lost = (): LiaisonError => failure('cursor-lost', VENDOR);
