import { asLiaisonError, type ErrorKind, LiaisonError } from '../../core/errors.ts';
import type { Side } from '../../core/sync/mapping.ts';
import { closeAlert, raiseAlert } from '../../store/alerts.ts';
import type { Sql } from '../../store/database.ts';
import { noteStockDifferences } from '../../store/stock-differences.ts';
import { hintedSides, takeGaps } from '../../store/sync-hints.ts';
import { insertPass, type PassKind, passOf, savePass } from '../../store/sync-passes.ts';
import { dueRecords } from '../../store/sync-records.ts';
import { freshenStatistics } from '../../store/sync-statistics.ts';
import { addGaps, type SyncPhase, saveSync, scheduleLook } from '../../store/syncs.ts';
import { isOwnTrouble } from '../own-trouble.ts';
import { judge } from '../retry-policy.ts';
import { storedError } from '../stored-error.ts';
import { Braked, brakePause, checkBrake, doubtPause, pauseSync } from './brake.ts';
import { execute } from './execute.ts';
import { planWork } from './plan-work.ts';
import { preview } from './preview.ts';
import { pull, pullAnnounced, rereadCounterparts, rereadDoubtful } from './pull.ts';
import { resolveOpen } from './resolve-open.ts';
import { undo } from './undo.ts';
import { SIDES, Stopped, type SyncAtWork } from './work.ts';

/** Most records planned and written together; live changes are looked for between two lots. */
const LOT = 1_000;
/** Where a vendor takes few records in a call, a lot is of so many calls, and of so many records at least. */
const CALLS_OF_A_LOT = 20;
const SMALLEST_LOT = 100;
/** How long one sync may keep a process busy before the others have their turn. */
const TURN_MS = 2_000;
/** How long what was read holds while a piece of work goes on. */
const LOOK_AGAIN_MS = 10_000;
/** Most records whose other halves are read by their ids; of more the side is looked at as a whole. */
const MOST_BY_NAME = 500;
/** How long a change may go unannounced before it counts as one that no webhook told of. */
const GAP_PATIENCE_MS = 60_000;
const OPEN_WRITE_LOOK_SECONDS = 1;
/** Failures in a row after which somebody is told. */
const TROUBLE = 4;
/** Of a whole look: a side that refuses it, or answers what cannot be right, is not asked for ever. */
const NEEDS_A_PERSON: ReadonlySet<ErrorKind> = new Set(['unknown', 'rejected', 'gone']);
const AT_ONCE = { nextIn: 0, isHeld: false };

/** The pass that writes belong to: the one in hand, or a new one for live changes. */
async function passFor(work: SyncAtWork, kind: PassKind): Promise<string> {
  if (work.row.passId !== null) return work.row.passId;
  const id = work.newId();
  await work.database.transaction(async (sql) => {
    await insertPass(sql, work.key, { id, kind, progress: { done: 0, total: null, stage: 'writing' } });
    if (!(await saveSync(sql, work.key, { passId: id }, work.row))) throw new Stopped();
  });
  work.row = { ...work.row, passId: id };
  return id;
}

async function move(
  work: SyncAtWork,
  phase: SyncPhase,
  passId: string | null,
  sql: Sql = work.database,
): Promise<void> {
  if (!(await saveSync(sql, work.key, { phase, passId }, work.row))) throw new Stopped();
  work.row = { ...work.row, phase, passId };
}

/** What is to be asked of each side now. */
interface Asking {
  /** Never asked to the end, announced without a name, or not asked for long enough. */
  readonly whole: readonly Side[];
  /** Of which webhooks named what changed. */
  readonly named: readonly Side[];
}

async function sidesToAsk(work: SyncAtWork, wanted: ReadonlySet<Side>): Promise<Asking> {
  const hinted = await hintedSides(work.database, work.key.organisationId, work.key.integration);
  const isDue = (side: Side): boolean => {
    const { askedAt, sweeping, cursor } = work.row[side];
    if (askedAt === null || sweeping || cursor === null || wanted.has(side)) return true;
    return work.row.now - askedAt >= work.settings.everySeconds * 1_000;
  };
  const isByName = (side: Side): boolean =>
    work.sides[side].object.announced !== undefined &&
    hinted.some((one) => one.side === side && one.isNamed) &&
    !isDue(side);
  return {
    whole: SIDES.filter(
      (side) => isDue(side) || (hinted.some((one) => one.side === side) && !isByName(side)),
    ),
    named: SIDES.filter(isByName),
  };
}

async function pullAll(work: SyncAtWork, sides: readonly Side[], until: number): Promise<boolean> {
  const results = await Promise.allSettled(sides.map((side) => pull(work, side, until)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return results.every((result) => result.status === 'fulfilled' && result.value);
}

/**
 * Asks the sides that are to be asked; and where something is to be written then, the others too, unless they
 * were asked for this very piece of work: what a person changed there unannounced must not be written over. Of what was
 * announced by its name, of the other side too nothing is asked but what belongs to it.
 */
async function bringUpToDate(work: SyncAtWork, wanted: ReadonlySet<Side>, until: number): Promise<boolean> {
  const { whole, named } = await sidesToAsk(work, wanted);
  let isWhole = await pullAll(work, whole, until);
  for (const side of named) isWhole = (await pullAnnounced(work, side, until)) && isWhole;
  const { now, unfinished } = work.row;
  const others = SIDES.filter((side) => {
    const isRecent = unfinished && now - (work.row[side].askedAt ?? 0) < LOOK_AGAIN_MS;
    return !whole.includes(side) && !named.includes(side) && !isRecent;
  });
  const isNamed = whole.length === 0;
  // Where the others are looked at as a whole, one that is due is enough to know.
  const most = isNamed ? MOST_BY_NAME + 1 : 1;
  const due = others.length > 0 ? await dueRecords(work.database, work.key, most) : [];
  const isByName = isNamed && due.length < most && due.every(({ linkId }) => linkId !== null);
  if (due.length > 0 && isByName) for (const side of others) await rereadCounterparts(work, side, due);
  else if (due.length > 0) isWhole = (await pullAll(work, others, until)) && isWhole;
  for (const side of SIDES) await rereadDoubtful(work, side);
  return isWhole;
}

/** A lot does not take so long that what people change meanwhile would wait for it. */
function lotOf({ sides }: SyncAtWork): number {
  const batches = SIDES.flatMap((side) => {
    const { create, update } = sides[side].object.batch;
    return [create, update];
  });
  return Math.min(LOT, Math.max(SMALLEST_LOT, Math.min(...batches) * CALLS_OF_A_LOT));
}

/** Carries over what waits, lot by lot, until nothing does or the turn is over. @returns whether more waits. */
async function carryOver(work: SyncAtWork, held: ReadonlySet<string>, until: number): Promise<boolean> {
  for (;;) {
    await checkBrake(work);
    const changed = await dueRecords(work.database, work.key, lotOf(work));
    if (changed.length === 0) return false;
    const planned = await planWork(work, changed, held);
    const writes = planned.operations.some((operation) => operation.kind !== 'exclude');
    const passId = writes ? await passFor(work, 'live') : (work.row.passId ?? work.newId());
    await execute(work, passId, planned, changed);
    if (work.row.attempt > 0) await recovered(work);
    // All that is due waits for something else: looking again at once would find the same.
    if (changed.every((record) => planned.waiting.has(`${record.side} ${record.id}`))) return false;
    if (work.timing.now() >= until) return true;
  }
}

async function recovered(work: SyncAtWork): Promise<void> {
  if (!(await saveSync(work.database, work.key, { attempt: 0, error: null }, work.row))) throw new Stopped();
  await closeAlert(work.database, work.key.organisationId, `sync-trouble ${work.key.integration}`);
  work.row = { ...work.row, attempt: 0, error: null };
}

async function finishPass(work: SyncAtWork): Promise<void> {
  const { passId } = work.row;
  if (passId === null) return;
  const pass = await passOf(work.database, work.key, passId);
  const done = pass?.progress.done ?? 0;
  await savePass(work.database, passId, {
    state: 'done',
    progress: { done, total: done, stage: 'finished' },
  });
}

async function takeBack(work: SyncAtWork): Promise<void> {
  const pass = work.row.passId === null ? null : await passOf(work.database, work.key, work.row.passId);
  if (pass?.ofPass) await undo(work, pass.ofPass, pass.id);
  await pauseSync(work, {
    code: 'undo',
    phase: 'live',
    en: 'A run was undone. Look at the records, then continue: what was taken back is not done again.',
    fr: 'Une exécution a été annulée. Vérifiez les fiches, puis continuez\u00a0: ce qui a été annulé n’est pas refait.',
  });
  await saveSync(work.database, work.key, { passId: null }, work.row);
}

/** Where the sync carries stock, the two counts of each pair are held against each other. */
async function compareStock({ database, key, settings }: SyncAtWork): Promise<void> {
  const row = settings.rules.fields.find(({ kind }) => kind === 'stock');
  if (row !== undefined) await noteStockDifferences(database, key, row.left);
}

/** @returns seconds until the next look, and whether open writes hold records back. */
async function turn(work: SyncAtWork): Promise<{ nextIn: number; isHeld: boolean }> {
  const until = work.timing.now() + TURN_MS;
  const first = await resolveOpen(work);
  const isWhole = await bringUpToDate(work, first.ask, until);
  if (!isWhole) return AT_ONCE;
  const { held } = await resolveOpen(work);
  if (work.row.phase === 'previewing') {
    await freshenStatistics(work.database, work.key);
    // With its end, so that whoever sees it done may apply it.
    await preview(work, await passFor(work, 'preview'), held, (sql) => move(work, 'previewed', null, sql));
    return AT_ONCE;
  }
  if (work.row.phase === 'undoing') {
    await takeBack(work);
    return AT_ONCE;
  }
  const isMore = await carryOver(work, held, until);
  await compareStock(work);
  const gaps = await takeGaps(work.database, work.key.organisationId, work.key.integration, GAP_PATIENCE_MS);
  if (gaps > 0) await addGaps(work.database, work.key.organisationId, work.key.integration, gaps);
  if (isMore) return AT_ONCE;
  if (held.size > 0) return { nextIn: OPEN_WRITE_LOOK_SECONDS, isHeld: true };
  if (work.row.phase === 'applying') await freshenStatistics(work.database, work.key);
  await finishPass(work);
  await move(work, 'live', null);
  return { nextIn: work.settings.everySeconds, isHeld: false };
}

/**
 * Gives one sync its turn: asks both sides what changed, carries it over, and says when to look again.
 * Whatever goes wrong is stored with the sync. @throws only what our own database refuses for now.
 */
export async function slice(work: SyncAtWork): Promise<void> {
  const { database, key } = work;
  try {
    const { nextIn, isHeld } = await turn(work);
    if (work.row.attempt > 0 || work.row.error !== null) await recovered(work);
    const unfinished = nextIn === 0;
    await scheduleLook(database, key, nextIn, { records: !isHeld, unfinished }, work.row);
  } catch (thrown) {
    if (thrown instanceof Stopped || work.ending.aborted) return;
    if (thrown instanceof Braked) return pauseSync(work, brakePause(work, thrown));
    // Our own database was away: no trouble of the sync's, whose turn comes again when the database is well.
    if (isOwnTrouble(thrown)) throw thrown;
    const error = asLiaisonError(thrown);
    const now = work.timing.now();
    const verdict = judge(error, Math.min(work.row.attempt, 3), now, work.timing.random);
    const waitMs = verdict.kind === 'retry' ? verdict.at - now : 60_000;
    const attempt = work.row.attempt + 1;
    // What went wrong here and not at a vendor is no matter for the sync's admin.
    const isOfVendor = thrown instanceof LiaisonError && NEEDS_A_PERSON.has(error.kind);
    if (isOfVendor && attempt >= TROUBLE) return pauseSync(work, doubtPause(work, error));
    work.log.warn({ ...key, error: storedError(error) }, 'a sync could not go on; it is tried again');
    const nextIn = waitMs / 1_000;
    const change = { error: storedError(error), attempt, nextIn, unfinished: false };
    if (!(await saveSync(database, key, change, work.row))) return;
    if (attempt === TROUBLE || error.kind === 'reconnect') {
      const cause = `sync-trouble ${key.integration}`;
      await raiseAlert(database, { ...key, cause, sentence: error.details.sentence });
    }
  }
}
