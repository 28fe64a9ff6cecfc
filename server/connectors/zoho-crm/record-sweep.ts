import { z } from 'zod';
import { type SweepResult, type SweepSource, turnedOnAt } from '../../core/flow.ts';
import { failure } from '../../kit/failures.ts';
import { zohoTime } from './channels.ts';
import type { ZohoCrmClient } from './client.ts';
import { coqlText, MOST_ROWS } from './coql.ts';
import { VENDOR } from './failures.ts';
import { OVERLAP_MS, stageCursorSchema } from './stage-sweep.ts';

const cursorSchema = z.object({
  module: z.string(),
  field: z.enum(['Created_Time', 'Modified_Time']),
  /** Epoch milliseconds by Zoho's clock. */
  from: z.number(),
  /** Keys that were told of already, of those that are read again. */
  known: z.array(z.object({ key: z.string(), at: z.number() })),
});
type Cursor = z.infer<typeof cursorSchema>;

interface Row {
  readonly id: string;
  readonly key: string;
  readonly at: number;
}

/** Zoho lets no query walk through more rows. */
const MOST_PAGES = 50;
const FIRST_LOOK = 200;

/**
 * Records of a module that were made, or made or changed, since the cursor: each making once, each moment of a change
 * once, none from before the flow was turned on or its module chosen.
 *
 * @param topic under which the found are told.
 */
export async function sweepRecords(
  client: ZohoCrmClient,
  about: { readonly module: string; readonly field: Cursor['field']; readonly topic: string },
  { cursor, onForMs, graceMs }: Pick<SweepSource<unknown>, 'cursor' | 'onForMs' | 'graceMs'>,
): Promise<SweepResult> {
  const { module, field, topic } = about;
  const before = held(cursor);
  if (before === null || before === 'another' || before.module !== module || before.field !== field) {
    const at = await clock(client, module);
    const from = turnedOnAt(at, before === null ? onForMs : 0);
    return { events: [], cursor: { module, field, from, known: [] } satisfies Cursor };
  }
  const { rows, at } = await rowsSince(client, about, before.from);
  const known = new Set(before.known.map(({ key }) => key));
  const settled = rows.filter(
    (row) => row.at >= before.from && at - row.at >= graceMs && !known.has(row.key),
  );
  const from = Math.max(before.from, at - OVERLAP_MS);
  const again = [...before.known, ...settled.map(({ key, at: moment }) => ({ key, at: moment }))];
  return {
    events: settled.map((row) => ({
      key: row.key,
      topic,
      recordId: row.id,
      body: { id: row.id, module, [field]: new Date(row.at).toISOString() },
      ageMs: at - row.at,
    })),
    cursor: { module, field, from, known: again.filter((one) => one.at >= from - 1_000) } satisfies Cursor,
  };
}

/** Whether a cursor is of a look for records, and not for a stage. */
export const isOfRecords = (cursor: unknown): boolean => cursorSchema.safeParse(cursor).success;

/** Null: nothing was looked for yet; `another`: something else was. */
function held(cursor: unknown): Cursor | 'another' | null {
  if (cursor === null) return null;
  const read = cursorSchema.safeParse(cursor);
  if (read.success) return read.data;
  if (stageCursorSchema.safeParse(cursor).success) return 'another';
  throw failure('cursor-lost', VENDOR, 'The stored cursor is not of a known shape.');
}

async function clock(client: ZohoCrmClient, module: string): Promise<number> {
  return timeOf((await client.query(`select id from ${module} where id is not null limit 1`)).at);
}

async function rowsSince(
  client: ZohoCrmClient,
  { module, field }: { readonly module: string; readonly field: string },
  since: number,
): Promise<{ rows: Row[]; at: number }> {
  const rows: Row[] = [];
  let at: number | null = null;
  let where = `${field} >= ${coqlText(zohoTime(since))}`;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await client.query(
      `select id, ${field} from ${module} where ${where} order by ${field} asc, id asc limit ${page === 1 ? FIRST_LOOK : MOST_ROWS}`,
    );
    at ??= timeOf(answer.at);
    for (const record of answer.rows) rows.push(rowOf(module, field, record));
    const last = answer.rows.at(-1);
    if (!answer.more || last === undefined) return { rows, at };
    const moment = coqlText(String(last[field]));
    where = `(${field} > ${moment} or (${field} = ${moment} and id > ${coqlText(last.id)}))`;
  }
  throw failure('unknown', VENDOR, 'More records were changed than one query walks through.');
}

/** A record is made once; it may be changed again. */
function rowOf(
  module: string,
  field: string,
  record: Readonly<Record<string, unknown>> & { id: string },
): Row {
  const at = Date.parse(String(record[field]));
  if (Number.isNaN(at)) throw failure('unknown', VENDOR, `A record came without its ${field}.`);
  const moment = field === 'Created_Time' ? 'made' : String(at);
  return { id: record.id, key: `${module} ${record.id} ${moment}`, at };
}

function timeOf(at: number | null): number {
  if (at !== null) return at;
  throw failure('retry-later', VENDOR, 'An answer came without a date.');
}
