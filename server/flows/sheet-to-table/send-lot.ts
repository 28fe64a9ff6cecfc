import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { zohoAnalytics } from '../../connectors/zoho-analytics/connector.ts';
import type { Job } from '../../connectors/zoho-analytics/imports.ts';
import type { Workspace } from '../../connectors/zoho-analytics/tables.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { RunContext } from '../../core/flow.ts';
import { type Beginning, csvLine, type LotSizes, type RefusedRow, readLot } from './read-lot.ts';
import { underWay } from './sentences.ts';
import type { Settings } from './settings.ts';
import type { SheetPlan } from './sheet-plan.ts';
import type { Step } from './steps.ts';
import { MARKER } from './target-table.ts';

type Context = RunContext<Settings, Step>;

/** Where a run's rows go, and how. */
export interface Journey {
  readonly plan: SheetPlan;
  readonly workspace: Workspace;
  readonly table: string;
  readonly longest: ReadonlyMap<string, number>;
  /** Of an update. */
  readonly matching: readonly string[];
  /** When it was planned for: what rows that are added are known by. */
  readonly slot: string;
  readonly firstLotOnly: boolean;
  readonly sizes: LotSizes;
}

/** A lot as it is remembered: enough to go on behind it, and to say of which row a line was. */
export type SentLot =
  /** The sheet changed while it was read, or whether the lot arrived is not known: all begins anew. */
  | { readonly again: true }
  | {
      readonly again: false;
      /** Null: it held nothing that could be sent. */
      readonly job: string | null;
      readonly batchKey: string;
      readonly sent: number;
      /** Where its rows stand, `[first, last]` each. */
      readonly stretches: readonly (readonly [number, number])[];
      readonly refused: readonly RefusedRow[];
      readonly refusedCount: number;
      readonly next: Beginning | null;
    };

/** Numbers in their order as stretches of neighbours. */
export function stretchesOf(rows: readonly number[]): [number, number][] {
  const stretches: [number, number][] = [];
  for (const row of rows) {
    const last = stretches.at(-1);
    if (last !== undefined && last[1] === row - 1) last[1] = row;
    else stretches.push([row, row]);
  }
  return stretches;
}

/** The row of a line of the file, lines of rows counted from 0; null: there is no such line. */
export function rowAt(stretches: readonly (readonly [number, number])[], line: number): number | null {
  let left = line;
  for (const [first, last] of stretches) {
    if (left <= last - first) return first + left;
    left -= last - first + 1;
  }
  return null;
}

/**
 * Reads one lot and sends it, once. Rows that are added are known at Analytics by the run, the integration (others may add
 * to the same table at the same hour) and the row, and written over themselves where a lot is sent again; a part of a replacement whose answer was lost makes all of it begin anew, which
 * changes nothing before its last part.
 */
export function sendLot(
  context: Context,
  journey: Journey,
  from: Beginning,
  batchKey: string,
): Promise<SentLot> {
  const { settings, client, event } = context;
  const { plan, workspace, table, slot } = journey;
  const replaces = settings.way === 'replace';
  return context.write<SentLot>('send', {
    // What was sent cannot be asked for without its number. A part of a replacement may not be sent twice under one key.
    find: async () => (replaces ? { again: true } : null),
    async send() {
      const { longest, sizes } = journey;
      const keys = settings.way === 'update' ? journey.matching : [];
      const lot = await readLot(client(googleSheets), { plan, from, longest, keys, sizes });
      if (lot === null) return { again: true };
      const next = journey.firstLotOnly ? null : lot.next;
      const sent = {
        ...({ again: false, sent: lot.lines.length, stretches: stretchesOf(lot.rows) } as const),
        ...{ refused: lot.refused, refusedCount: lot.refusedCount, next: lot.next },
      };
      // The last part closes a replacement, even where nothing is left to be sent in it.
      const closes = replaces && next === null && batchKey !== 'start';
      if (lot.lines.length === 0 && !closes) return { ...sent, job: null, batchKey };
      const isMarked = settings.way === 'append';
      const headers = plan.columns.map(({ header }) => header);
      const lines = isMarked
        ? lot.lines.map(
            (line, at) => `${line.slice(0, -1)},${csvLine([`${slot} ${event.topic} #${lot.rows[at]}`])}`,
          )
        : lot.lines;
      const csv = csvLine(isMarked ? [...headers, MARKER] : headers) + lines.join('');
      const analytics = client(zohoAnalytics);
      const wish = { workspace, table, csv };
      if (replaces) {
        const answer = await analytics.replaceRows(wish, batchKey, next === null);
        return { ...sent, ...answer };
      }
      const matching = isMarked ? [MARKER] : journey.matching;
      return { ...sent, job: await analytics.importRows(wish, { matching }), batchKey };
    },
  });
}

type OverJob = Exclude<Job, { readonly state: 'waiting' | 'running' }>;

/** How long a lot is given before it is looked at again, in milliseconds: Zoho advises ten seconds, small ones are quick. */
const pauseFor = (rows: number): number => Math.min(10_000, Math.max(250, rows / 2));

const isOver = (job: Job): job is OverJob => job.state !== 'waiting' && job.state !== 'running';

/** Looks what became of a job. A run that finds it under way is taken up again a little later, and holds nobody up. */
export function resultOf(
  context: Context,
  { workspace }: Pick<Journey, 'workspace'>,
  job: string,
  rows: number,
): Promise<OverJob> {
  return context.read<OverJob>('result', async () => {
    const found = await context.client(zohoAnalytics).job(workspace, job);
    if (isOver(found)) return found;
    throw new LiaisonError('retry-later', { sentence: underWay(rows), againInMs: pauseFor(rows) });
  });
}
