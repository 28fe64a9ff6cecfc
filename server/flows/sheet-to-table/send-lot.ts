import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { zohoAnalytics } from '../../connectors/zoho-analytics/connector.ts';
import type { Job } from '../../connectors/zoho-analytics/imports.ts';
import type { Workspace } from '../../connectors/zoho-analytics/tables.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { RunContext } from '../../core/flow.ts';
import { noteSent } from './earlier-tries.ts';
import { type Beginning, csvLine, type LotSizes, type RefusedRow, readLot } from './read-lot.ts';
import { underWay } from './sentences.ts';
import type { Settings } from './settings.ts';
import type { SheetPlan } from './sheet-plan.ts';
import type { Step } from './steps.ts';
import { type Stretches, stretchesOf } from './stretches.ts';
import { MARKER, markOf } from './target-table.ts';

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
  /** The integration was turned off before it was sent. */
  | { readonly state: 'off' }
  /** The sheet changed while it was read, or whether the lot arrived is not known: all begins anew. */
  | { readonly state: 'again' }
  | {
      readonly state: 'sent';
      /** Null: it held nothing that could be sent. */
      readonly job: string | null;
      readonly batchKey: string;
      readonly sent: number;
      /** Where its rows stand. */
      readonly stretches: Stretches;
      readonly refused: readonly RefusedRow[];
      readonly refusedCount: number;
      readonly next: Beginning | null;
    };

interface LotToSend {
  /** Its own in the run, and the same whenever the run is taken up again. */
  readonly name: string;
  readonly from: Beginning;
  /** Of a replacement: `start`, or what the lot before was answered with. */
  readonly batchKey: string;
}

/**
 * Reads one lot and sends it, once. Rows that are added are known at Analytics by a mark of their own, and written over
 * themselves where a lot is sent again; a part of a replacement whose answer was lost makes all of it begin anew, which
 * changes nothing before its last part.
 */
export function sendLot(context: Context, journey: Journey, lot: LotToSend): Promise<SentLot> {
  const { settings, client, event } = context;
  const { plan, workspace, table, slot } = journey;
  const replaces = settings.way === 'replace';
  const { name, from, batchKey } = lot;
  return context.forItem(name).write<SentLot>('send', {
    // What was sent cannot be asked for without its number. A part of a replacement may not be sent twice under one key.
    find: async () => (replaces ? { state: 'again' } : null),
    async send() {
      if (!(await context.isOn())) return { state: 'off' };
      const { longest, sizes } = journey;
      const keys = settings.way === 'update' ? journey.matching : [];
      const read = await readLot(client(googleSheets), { plan, from, longest, keys, sizes });
      if (read === null) return { state: 'again' };
      const next = journey.firstLotOnly ? null : read.next;
      const sent = {
        ...({ state: 'sent', sent: read.lines.length, stretches: stretchesOf(read.rows) } as const),
        ...{ refused: read.refused, refusedCount: read.refusedCount, next: read.next },
      };
      // The last part closes a replacement, even where nothing is left to be sent in it.
      const closes = replaces && next === null && batchKey !== 'start';
      if (read.lines.length === 0 && !closes) return { ...sent, job: null, batchKey };
      const isMarked = settings.way === 'append';
      const headers = plan.columns.map(({ header }) => header);
      const lines = isMarked
        ? read.lines.map((line, at) => {
            const mark = markOf(slot, event.topic, read.rows[at] ?? 0);
            return `${line.slice(0, -1)},${csvLine([mark])}`;
          })
        : read.lines;
      const csv = csvLine(isMarked ? [...headers, MARKER] : headers) + lines.join('');
      const analytics = client(zohoAnalytics);
      const wish = { workspace, table, csv };
      if (replaces) {
        const answer = await analytics.replaceRows(wish, batchKey, next === null);
        return { ...sent, ...answer };
      }
      if (isMarked) await noteSent(context, name, sent.stretches);
      const matching = isMarked ? [MARKER] : journey.matching;
      return { ...sent, job: await analytics.importRows(wish, matching), batchKey };
    },
  });
}

type OverJob = Exclude<Job, { readonly state: 'waiting' | 'running' }>;

/** How long a lot is given before it is looked at again, in milliseconds: Zoho advises ten seconds, small ones are quick. */
const pauseFor = (rows: number): number => Math.min(10_000, Math.max(250, rows / 2));

const isOver = (job: Job): job is OverJob => job.state !== 'waiting' && job.state !== 'running';

/** Looks what became of the job of a lot. A run that finds it under way is taken up again a little later, and holds nobody up. */
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
