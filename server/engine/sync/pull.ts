import { dayIn } from '../../core/day-in.ts';
import { asLiaisonError } from '../../core/errors.ts';
import { otherSide, type Side } from '../../core/sync/mapping.ts';
import { movesWithTime } from '../../core/sync/side-filter.ts';
import { wakeUnfit } from '../../store/sync-filtered.ts';
import { announcedIds, dropHints } from '../../store/sync-hints.ts';
import { countLinks, linksById } from '../../store/sync-links.ts';
import {
  idsUnder,
  type RecordRow,
  recordsById,
  rereadIds,
  saveGone,
  unmet,
} from '../../store/sync-records.ts';
import { type SideState, saveSync, sideChange, syncOf } from '../../store/syncs.ts';
import { absorb } from './absorb.ts';
import { Braked, tooMany } from './brake.ts';
import { changesOf, readAnnounced, readRecords } from './read-side.ts';
import { call, type SyncAtWork } from './work.ts';

const HOUR = 3_600_000;

async function moveTo(work: SyncAtWork, side: Side, state: SideState): Promise<void> {
  await saveSync(work.database, work.key, sideChange(side, state));
  work.row = { ...work.row, [side]: state };
}

/** Begins a complete reading: what it does not meet is gone. */
async function beginSweep(work: SyncAtWork, side: Side): Promise<void> {
  const { sweep } = work.row[side];
  await moveTo(work, side, { ...work.row[side], cursor: null, sweeping: true, sweep: sweep + 1 });
  if (work.sides[side].filter !== null) await wakeUnfit(work.database, work.key, otherSide(side));
}

/** Reads records again by id, in the vendor's batches: as they are now, or gone. */
async function readAgain(work: SyncAtWork, side: Side, ids: readonly string[]): Promise<void> {
  const { object } = work.sides[side];
  for (let from = 0; from < ids.length; from += object.batch.read) {
    const some = ids.slice(from, from + object.batch.read);
    const records = await call(work, () => readRecords(work.sides[side], some));
    const met = new Set(records.map((record) => record.id));
    const deleted = some.filter((id) => !met.has(id));
    await work.database.transaction((sql) => absorb(sql, work, side, { records, deleted }, true));
  }
}

/** Of the records that were not met, those that should have been: what is too old to be listed is not gone. */
async function expected(work: SyncAtWork, side: Side, ids: readonly string[]): Promise<string[]> {
  const { object, options } = work.sides[side];
  const { isListed } = object;
  if (isListed === undefined || ids.length === 0) return [...ids];
  const now = await clock(work);
  const rows = await recordsById(work.database, work.key, side, ids);
  return rows.filter(({ values }) => isListed(values, options, now)).map(({ id }) => id);
}

/**
 * What a complete reading did not meet is looked for by id before it counts as gone; more of it than the
 * brake allows is not believed at all.
 */
async function endSweep(work: SyncAtWork, side: Side): Promise<void> {
  const missing = await expected(
    work,
    side,
    await unmet(work.database, work.key, side, work.row[side].sweep),
  );
  if (missing.length === 0) return;
  const links = await countLinks(work.database, work.key);
  if (tooMany(work.settings.brake, missing.length, links) && missing.length > work.row.deletesApproved) {
    // Remembered as gone, so that a person can decide on them; carried over by nobody until then.
    await saveGone(work.database, work.key, side, missing);
    throw new Braked(missing.length);
  }
  await readAgain(work, side, missing);
}

/** Reads one page of what changed on a side. @returns whether there is more to read now. */
async function pullPage(work: SyncAtWork, side: Side, beganAt: number): Promise<boolean> {
  const { object } = work.sides[side];
  const state = work.row[side];
  const page = await call(work, () => changesOf(work.sides[side], state.cursor));
  if (!page.more && state.sweeping) {
    await work.database.transaction((sql) => absorb(sql, work, side, page, object.lagMs === 0));
    await endSweep(work, side);
  }
  const next: SideState = page.more
    ? { ...state, cursor: page.cursor }
    : {
        ...state,
        cursor: page.cursor,
        sweeping: false,
        askedAt: beganAt,
        sweptAt: state.sweeping ? beganAt : state.sweptAt,
      };
  await work.database.transaction(async (sql) => {
    if (page.more || !state.sweeping) await absorb(sql, work, side, page, false);
    await saveSync(sql, work.key, sideChange(side, next));
    if (!page.more) await dropHints(sql, { ...work.key, side }, beganAt);
  });
  work.row = { ...work.row, [side]: next };
  return page.more;
}

/** The database's clock, by which announcements and looks are ordered. */
async function clock(work: SyncAtWork): Promise<number> {
  return (await syncOf(work.database, work.key.organisationId, work.key.integration))?.now ?? work.row.now;
}

/** What fits may be other records since: by the days of the organisation. */
function isAnotherDay({ sides, judging }: SyncAtWork, side: Side, before: number, now: number): boolean {
  const { timeZone } = judging.place;
  return movesWithTime(sides[side].filter) && dayIn(timeZone, before) !== dayIn(timeZone, now);
}

/**
 * Brings a side up to date: what changed since its cursor, or everything when the cursor is lost, when it
 * was never read, or when a sweep is due.
 *
 * @param until epoch milliseconds of our clock after which it stops between two pages.
 * @returns whether the side was read to its end.
 * @throws Braked when too much of it seems to be gone.
 */
export async function pull(work: SyncAtWork, side: Side, until: number): Promise<boolean> {
  const beganAt = await clock(work);
  const { sweptAt, sweeping } = work.row[side];
  const due =
    sweptAt !== null &&
    (beganAt - sweptAt > work.settings.sweepHours * HOUR || isAnotherDay(work, side, sweptAt, beganAt));
  if (due && !sweeping && work.row.phase === 'live') await beginSweep(work, side);
  for (let isMore = true; isMore; ) {
    try {
      isMore = await pullPage(work, side, beganAt);
    } catch (thrown) {
      if (thrown instanceof Braked || asLiaisonError(thrown).kind !== 'cursor-lost') throw thrown;
      if (work.row[side].sweeping && work.row[side].cursor === null) throw thrown;
      await beginSweep(work, side);
    }
    if (isMore && work.timing.now() >= until) return false;
  }
  return true;
}

/**
 * Reads what webhooks named of a side, lot by lot, and nothing beside it: what they say of it is not believed.
 *
 * @param until epoch milliseconds of our clock after which it stops between two lots.
 * @returns whether all of it was read.
 */
export async function pullAnnounced(work: SyncAtWork, side: Side, until: number): Promise<boolean> {
  const { database, key } = work;
  const most = work.sides[side].object.announced?.most ?? 0;
  for (;;) {
    const beganAt = await clock(work);
    const ids = await announcedIds(database, { ...key, side }, most);
    if (ids.length === 0) return true;
    const records = await call(work, () => readAnnounced(work.sides[side], ids));
    if (records === null) return true;
    const met = new Set(records.map((record) => record.id));
    const gone = (await idsUnder(database, key, side, ids)).filter((id) => !met.has(id));
    await database.transaction(async (sql) => {
      await absorb(sql, work, side, { records, deleted: gone, isAnnounced: true }, true);
      await dropHints(sql, { ...key, side }, beganAt, ids);
    });
    if (work.timing.now() >= until) return false;
  }
}

/** Reads the other halves of these records as they are now: what somebody changed there unannounced must not be written over. */
export async function rereadCounterparts(
  work: SyncAtWork,
  side: Side,
  records: readonly RecordRow[],
): Promise<void> {
  const { database, key } = work;
  const links = await linksById(
    database,
    key,
    records.flatMap(({ linkId }) => linkId ?? []),
  );
  const ids = links.map(({ leftId, rightId }) => (side === 'left' ? leftId : rightId));
  await readAgain(work, side, [...new Set(ids)]);
}

/** Reads again the records that are in doubt: refused by their version, or written just before. */
export async function rereadDoubtful(work: SyncAtWork, side: Side): Promise<void> {
  const most = work.sides[side].object.batch.read * 5;
  await readAgain(work, side, await rereadIds(work.database, work.key, side, most));
}
