import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { TABLES, zohoAnalytics } from '../../connectors/zoho-analytics/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { type Outcome, type RunContext, skipped } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { readToldRow, readWhole, type Whole } from './event-body.ts';
import { alone, isToldAgain, type Memory, recall, remember } from './memory.ts';
import { prepareTable } from './prepare-table.ts';
import { type Beginning, type LotSizes, type RefusedRow, SIZES } from './read-lot.ts';
import { rowEvents, toShelve } from './refused-rows.ts';
import { type Journey, resultOf, rowAt, type SentLot, sendLot } from './send-lot.ts';
import {
  byZoho,
  doneWords,
  importFailed,
  newColumns,
  nothingToReplaceWith,
  stopped,
  tooRestless,
  unnamedByZoho,
} from './sentences.ts';
import type { Settings } from './settings.ts';
import { newHeaders, planSheet, type SheetPlan } from './sheet-plan.ts';
import type { Step } from './steps.ts';
import { findTarget, matchingColumns } from './target-table.ts';
import { toldRow } from './told-row.ts';

type Context = RunContext<Settings, Step>;

/** As often a sheet that changes while it is read, or a lot whose fate is not known, lets a run begin anew. */
const MOST_ROUNDS = 12;

/** What a whole time through the sheet came to. */
interface Carried {
  readonly taken: number;
  readonly refused: readonly RefusedRow[];
  readonly refusedCount: number;
  /** Of rows that Zoho refused without naming them. */
  readonly unnamed: Sentence | null;
  readonly isFirstLotOnly: boolean;
}

type Round = 'again' | { readonly stopped: number } | Carried;

/** Carries a tab of a sheet into a table, in lots, or sees to a row that could not go with it. */
export async function carrySheet(context: Context, sizes: LotSizes = SIZES): Promise<Outcome> {
  const { body } = context.event;
  const told = readToldRow(body);
  if (told !== null) return toldRow(context, told);
  const whole = readWhole(body);
  if (whole === null) throw new Error('an event of a sheet says neither when nor which row');
  const memory = await recall(context);
  const known = await context.linked(tableKey(context.settings));
  const found = await context.read('table', () =>
    findTarget(context.client(zohoAnalytics), context.settings, known),
  );
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const plan = await context
      .forItem(String(round))
      .read('sheet', () => planSheet(context.client(googleSheets), context.settings, memory));
    context.label({ en: plan.title, fr: plan.title });
    const matching =
      context.settings.way === 'update' ? matchingColumns(context.settings.matching, plan) : [];
    const { table, name, longest } = await prepareTable(context, found, plan);
    if (known !== table) await context.link(tableKey(context.settings), table);
    await context.about({ object: TABLES, id: `${found.workspace.id}/${table}` });
    const { workspace } = found;
    const { slot, firstLotOnly } = whole;
    const journey = { plan, workspace, table, longest, matching, slot, firstLotOnly, sizes };
    const carried = await playRound(context, journey, round);
    if (carried === 'again') continue;
    if ('stopped' in carried) return skipped(stopped(carried.stopped, context.settings.way === 'replace'));
    return finish(context, { plan, name, memory, whole }, carried);
  }
  throw new LiaisonError('rejected', { sentence: tooRestless() });
}

/** A table that was written to is known by its id from then on. */
const tableKey = ({ workspace, table }: Settings): string => `${workspace}/${table.toLowerCase()}`;

interface Waiting {
  readonly n: number;
  readonly lot: Extract<SentLot, { again: false }>;
}

/** One time through the sheet. */
async function playRound(context: Context, journey: Journey, round: number): Promise<Round> {
  const replaces = context.settings.way === 'replace';
  const lots: Waiting['lot'][] = [];
  const refused: RefusedRow[] = [];
  let taken = 0;
  let refusedCount = 0;
  let unnamed: Sentence | null = null;
  let waiting: Waiting | null = null;
  let from: Beginning = { row: 2, seen: null };
  let batchKey = 'start';
  const sentBefore = (): number => lots.reduce((sum, { sent }) => sum + sent, 0);

  /** Takes in what Zoho says of a job. @returns false: what became of it is not known. */
  async function settle({ n, lot }: Waiting): Promise<boolean> {
    if (lot.job === null) return true;
    const rows = replaces ? sentBefore() : lot.sent;
    const result = await resultOf(context.forItem(`${round}-${n}`), journey, lot.job, rows);
    if (result.state === 'unknown') return false;
    if (result.state === 'failed') {
      // At a retry everything is sent again, in a round of its own.
      if (await isToldAgain(context, `job ${lot.job}`)) return false;
      throw new LiaisonError('rejected', { sentence: importFailed(result.words, replaces) });
    }
    taken += result.taken;
    const left = Math.max(0, result.total - result.taken);
    // Lines are counted in one file: of several parts it is not told which of them is meant.
    const isOneFile = !replaces || lots.filter(({ sent }) => sent > 0).length === 1;
    const stretches = isOneFile ? (lots.find(({ job }) => job === lot.job)?.stretches ?? []) : [];
    const named = result.refused.flatMap(({ line, words }) => {
      const row = rowAt(stretches, line - 2);
      return row === null ? [] : [{ row, sentence: byZoho(words) }];
    });
    refused.push(...named);
    refusedCount += Math.max(left, named.length);
    if (left > named.length) unnamed = unnamedByZoho(left - named.length, result.refused.at(0)?.words ?? '');
    return true;
  }

  for (let n = 1; ; n += 1) {
    if (!(await context.isOn())) return { stopped: sentBefore() };
    const lot = await sendLot(context.forItem(`${round}-${n}`), journey, from, batchKey);
    if (lot.again) return 'again';
    lots.push(lot);
    refused.push(...lot.refused);
    refusedCount += lot.refusedCount;
    batchKey = lot.batchKey;
    // A lot has had the time in which the next one was read: most are done by then.
    if (!replaces && waiting !== null && !(await settle(waiting))) return 'again';
    waiting = { n, lot };
    if (lot.next === null || journey.firstLotOnly) break;
    from = lot.next;
  }
  const last = lots.at(-1);
  if (replaces && sentBefore() === 0)
    throw new LiaisonError('rejected', { sentence: nothingToReplaceWith(journey.plan.title, refusedCount) });
  if (waiting !== null && !(await settle(waiting))) return 'again';
  const isFirstLotOnly = journey.firstLotOnly && last?.next !== null;
  return { taken, refused, refusedCount, unnamed, isFirstLotOnly };
}

/** Tells of rows that were refused, and remembers how the sheet stood. */
async function finish(
  context: Context,
  about: {
    readonly plan: SheetPlan;
    readonly name: string;
    readonly memory: Memory | null;
    readonly whole: Whole;
  },
  { taken, refused, refusedCount, unnamed, isFirstLotOnly }: Carried,
): Promise<Outcome> {
  const { plan, name, memory, whole } = about;
  const prefix = `${plan.spreadsheetId}/gid-${plan.gid}`;
  const shelved = toShelve(
    refused.toSorted((one, other) => one.row - other.row),
    refusedCount,
    unnamed,
  );
  await alone(context, async () => {
    // Rows may have left the shelf since the run began.
    const before = (await recall(context))?.refused ?? {};
    const { events, refused: standing } = rowEvents(shelved, before, { prefix, slot: whole.slot });
    await context.beginRuns(events);
    await remember(context, { gid: plan.gid, headers: [...plan.headers], refused: standing });
  });
  const added = newHeaders(plan, memory);
  const noticed = added.length === 0 ? [] : [newColumns(added)];
  return {
    state: 'done',
    summary: doneWords({ table: name, taken, refused: refusedCount, isFirstLotOnly, noticed }),
  };
}
