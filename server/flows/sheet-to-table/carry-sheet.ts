import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { TABLES, zohoAnalytics } from '../../connectors/zoho-analytics/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { type Outcome, type RunContext, skipped } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { takeOutEarlier } from './earlier-tries.ts';
import { readToldRow, readWhole, type Whole } from './event-body.ts';
import { alone, isToldAgain, type Memory, recall, remember } from './memory.ts';
import { prepareTable } from './prepare-table.ts';
import { type Beginning, type LotSizes, type RefusedRow, SIZES } from './read-lot.ts';
import { rowEvents, toShelve } from './refused-rows.ts';
import { type Journey, resultOf, type SentLot, sendLot } from './send-lot.ts';
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
import { rowAt, type Stretches } from './stretches.ts';
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
  /** Rows that were sent. */
  readonly sent: Stretches;
  /** Of these, those that Zoho names and did not take. */
  readonly refusedByZoho: readonly number[];
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
  const earlier: string[] = [];
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
    const lots: string[] = [];
    const carried = await playRound(context, journey, round, lots);
    if (carried === 'again') {
      earlier.push(...lots);
      continue;
    }
    if ('stopped' in carried) return skipped(stopped(carried.stopped, context.settings.way === 'replace'));
    if (context.settings.way === 'append')
      await takeOutEarlier(context, { ...{ workspace, table, slot }, earlier, latest: lots, ...carried });
    return finish(context, { plan, name, memory, whole }, carried);
  }
  throw new LiaisonError('rejected', { sentence: tooRestless() });
}

/** A table that was written to is known by its id from then on. */
const tableKey = ({ workspace, table }: Settings): string => `${workspace}/${table.toLowerCase()}`;

type Sent = Extract<SentLot, { state: 'sent' }>;

interface Waiting {
  readonly name: string;
  readonly lot: Sent;
}

/** One time through the sheet. @param names takes in the name of each lot that was sent, before anything else can happen. */
async function playRound(context: Context, journey: Journey, round: number, names: string[]): Promise<Round> {
  const replaces = context.settings.way === 'replace';
  const lots: Sent[] = [];
  const refused: RefusedRow[] = [];
  const refusedByZoho: number[] = [];
  let taken = 0;
  let sent = 0;
  let refusedCount = 0;
  let unnamed: Sentence | null = null;
  let waiting: Waiting | null = null;
  let from: Beginning = { row: 2, seen: null };
  let batchKey = 'start';

  const look = ({ name, lot }: Waiting, job: string) =>
    resultOf(context.forItem(name), journey, job, replaces ? sent : lot.sent);

  /** Takes in what Zoho says of a job. @returns false: what became of it is not known. */
  async function settle(one: Waiting): Promise<boolean> {
    const { lot } = one;
    if (lot.job === null) return true;
    const result = await look(one, lot.job);
    if (result.state === 'unknown') return false;
    if (result.state === 'failed') {
      // At a retry everything is sent again, in a round of its own.
      if (await isToldAgain(context, `job ${lot.job}`)) return false;
      throw new LiaisonError('rejected', { sentence: importFailed(result.words, replaces) });
    }
    taken += result.taken;
    const left = Math.max(0, result.total - result.taken);
    // Lines are counted in one file: of several parts it is not told which of them is meant.
    const [first, ...others] = replaces ? lots.filter((each) => each.sent > 0) : [lot];
    const stretches = others.length === 0 ? (first?.stretches ?? []) : [];
    const named = result.refused.flatMap(({ line, words }) => {
      const row = rowAt(stretches, line - 2);
      return row === null ? [] : [{ row, sentence: byZoho(words) }];
    });
    refused.push(...named);
    refusedByZoho.push(...named.map(({ row }) => row));
    refusedCount += Math.max(left, named.length);
    if (left > named.length) unnamed = unnamedByZoho(left - named.length, result.refused.at(0)?.words ?? '');
    return true;
  }

  /** What Zoho still has in hand is over before it is sent again: it would be written over what is newer. */
  async function again(...open: readonly (Waiting | null)[]): Promise<'again'> {
    if (!replaces) for (const one of open) if (one?.lot.job) await look(one, one.lot.job);
    return 'again';
  }

  for (let n = 1; ; n += 1) {
    const name = `${round}-${n}`;
    names.push(name);
    const lot = await sendLot(context, journey, { name, from, batchKey });
    if (lot.state === 'off') return { stopped: sent };
    if (lot.state === 'again') return again(waiting);
    lots.push(lot);
    sent += lot.sent;
    refused.push(...lot.refused);
    refusedCount += lot.refusedCount;
    batchKey = lot.batchKey;
    const one = { name, lot };
    // A lot has had the time in which the next one was read: most are done by then.
    if (!replaces && waiting !== null && !(await settle(waiting))) return again(one);
    waiting = one;
    if (lot.next === null || journey.firstLotOnly) break;
    from = lot.next;
  }
  if (replaces && sent === 0)
    throw new LiaisonError('rejected', { sentence: nothingToReplaceWith(journey.plan.title, refusedCount) });
  if (waiting !== null && !(await settle(waiting))) return 'again';
  const isFirstLotOnly = journey.firstLotOnly && lots.at(-1)?.next !== null;
  const stretches = lots.flatMap((one) => one.stretches);
  return { taken, refused, refusedByZoho, sent: stretches, refusedCount, unnamed, isFirstLotOnly };
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
    await remember(context, {
      gid: plan.gid,
      title: plan.title,
      headers: [...plan.headers],
      refused: standing,
    });
  });
  const added = newHeaders(plan, memory);
  const noticed = added.length === 0 ? [] : [newColumns(added)];
  return {
    state: 'done',
    summary: doneWords({ table: name, taken, refused: refusedCount, isFirstLotOnly, noticed }),
  };
}
