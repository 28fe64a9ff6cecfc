import { leftOutText } from '../../core/filter/judge.ts';
import { canonical, sameValue } from '../../core/sync/canonical.ts';
import { type FieldMapping, otherSide, type Side, type SyncRules } from '../../core/sync/mapping.ts';
import { matchKeysOf } from '../../core/sync/match.ts';
import type { Base } from '../../core/sync/plan.ts';
import { judgeRecord } from '../../core/sync/side-filter.ts';
import { couldBeSpelling } from '../../core/sync/spelling.ts';
import type { FieldValues, SideRecord } from '../../core/sync-object.ts';
import type { Sql } from '../../store/database.ts';
import { storable } from '../../store/storable.ts';
import { keepParted } from '../../store/sync-filtered.ts';
import { noteFound } from '../../store/sync-hints.ts';
import { linksById, saveBases } from '../../store/sync-links.ts';
import {
  type Exclusion,
  markReread,
  type RecordRow,
  recordsById,
  type SeenRecord,
  saveChanged,
  saveGone,
  saveSeen,
  wakeNeighbours,
} from '../../store/sync-records.ts';
import type { SyncAtWork } from './work.ts';

export interface Absorbed {
  /** Records with something to carry over. */
  readonly changed: number;
  readonly gone: number;
}

interface Sorted {
  readonly changed: SeenRecord[];
  readonly seen: SeenRecord[];
  readonly doubtful: string[];
  /** Fields that the vendor stored in a spelling of its own after our write, by link. */
  readonly respelled: { linkId: string; record: SideRecord; fields: FieldMapping[] }[];
  readonly keys: Set<string>;
}

const differing = (rules: SyncRules, side: Side, before: FieldValues, now: FieldValues): FieldMapping[] =>
  rules.fields.filter(
    (field) =>
      !sameValue(
        canonical(field.kind, before[field[side]], rules.country),
        canonical(field.kind, now[field[side]], rules.country),
      ),
  );

const isSpelling = (
  { country }: SyncRules,
  side: Side,
  field: FieldMapping,
  sent: RecordRow,
  shown: FieldValues,
): boolean =>
  sent.unshown.includes(field[side]) &&
  couldBeSpelling(field.kind, sent.values[field[side]], shown[field[side]], country);

/**
 * What somebody changed just now goes before what a first reading found: everything that a live sync meets,
 * and, while an apply is under way, what was linked already or appeared since both sides were read.
 */
function isUrgent({ row }: SyncAtWork, side: Side, before: RecordRow | undefined): boolean {
  if (row.phase === 'live') return true;
  return row.phase === 'applying' && (!row[side].sweeping || (before?.linkId ?? null) !== null);
}

function exclusionOf({ excluded, withdrawn }: SideRecord): Exclusion | null {
  if (excluded === undefined) return null;
  return { code: 'vendor', ...excluded, ...(withdrawn === true ? { withdraws: true } : {}) };
}

/** How a record stands to its vendor and to its side's filter. */
function standingOf(
  work: SyncAtWork,
  side: Side,
  record: SideRecord,
  before: RecordRow | undefined,
): { excluded: Exclusion | null; made: boolean } {
  const { filter } = work.sides[side];
  const { place, leaving } = work.judging;
  const wasMade = before?.made === true && !before.deleted;
  const byVendor = exclusionOf(record);
  if (filter === null || byVendor !== null) return { excluded: byVendor, made: wasMade };
  const facts = record.facts ?? { values: {}, currency: null };
  const { rules } = work.settings;
  const { fits, why, made } = judgeRecord(filter, { facts, made: wasMade, rules, side, place });
  if (fits) return { excluded: null, made };
  const since = before?.excluded?.code === 'filter' ? before.excluded.at : undefined;
  const at = since ?? place.now.toISOString();
  return { excluded: { code: 'filter', leaving, at, ...leftOutText(why, true) }, made };
}

/** What somebody decided stands, whatever a vendor or a filter says: it is judged when they take it back. */
const DECIDED: ReadonlySet<Exclusion['code']> = new Set(['admin', 'undone', 'kept', 'loop']);

/** Left out as before, or not, and of the same fields told whole. */
function takesPartAlike(before: RecordRow, now: SeenRecord): boolean {
  const { excluded } = before;
  const was = excluded?.code === 'vendor' || excluded?.code === 'filter' ? excluded : null;
  const isDecided = excluded !== null && DECIDED.has(excluded.code) && now.excluded?.code === 'filter';
  const isOut =
    isDecided ||
    ((was === null) === (now.excluded === null) &&
      was?.en === now.excluded?.en &&
      was?.leaving === now.excluded?.leaving);
  const fields = (withheld: SeenRecord['withheld']) =>
    Object.keys(withheld ?? {})
      .sort()
      .join();
  return isOut && fields(before.withheld) === fields(now.withheld);
}

function sort(
  work: SyncAtWork,
  side: Side,
  known: ReadonlyMap<string, RecordRow>,
  records: readonly SideRecord[],
  trusted: boolean,
): Sorted {
  const { rules } = work.settings;
  const { lagMs } = work.sides[side].object;
  const sorted: Sorted = { changed: [], seen: [], doubtful: [], respelled: [], keys: new Set() };
  for (const found of records) {
    const before = known.get(found.id);
    const record: SideRecord = { ...found, values: storable(found.values) };
    const seen: SeenRecord = {
      id: record.id,
      version: record.version,
      values: record.values,
      label: storable(record.label),
      keys: matchKeysOf(rules, side, record.values),
      ...standingOf(work, side, record, before),
      withheld: record.withheld ?? null,
      urgent: isUrgent(work, side, before),
      sweep: work.row[side].sweep,
      marker: record.marker ?? null,
    };
    const sameVersion =
      before !== undefined && (record.version === null || record.version === before.version);
    const fields = before === undefined ? [] : differing(rules, side, before.values, record.values);
    const isAlike = before !== undefined && takesPartAlike(before, seen);
    if (before === undefined || before.deleted) {
      // A vendor that lags may still list what was removed just now.
      if (before?.deleted === true && !trusted && (before.writtenMs ?? lagMs) < lagMs)
        sorted.doubtful.push(record.id);
      else sorted.changed.push(seen);
    } else if (fields.length === 0 && isAlike) sorted.seen.push(seen);
    else if (!trusted && !sameVersion && (before.writtenMs ?? lagMs) < lagMs) sorted.doubtful.push(record.id);
    else if (sameVersion && !before.confirmed && !before.dirty) {
      // The state that we wrote, as the vendor spells it; beside that, somebody may have been as quick as we.
      const { linkId } = before;
      const spelled = fields.filter((field) => isSpelling(rules, side, field, before, record.values));
      sorted[isAlike && spelled.length === fields.length ? 'seen' : 'changed'].push(seen);
      if (linkId !== null && spelled.length > 0) sorted.respelled.push({ linkId, record, fields: spelled });
    } else sorted.changed.push(seen);
    if (sorted.changed.at(-1) === seen) {
      for (const key of [...seen.keys, ...(before?.keys ?? [])]) sorted.keys.add(key);
    }
  }
  return sorted;
}

async function adoptSpelling(
  sql: Sql,
  work: SyncAtWork,
  side: Side,
  respelled: Sorted['respelled'],
): Promise<void> {
  if (respelled.length === 0) return;
  const { country } = work.settings.rules;
  const links = await linksById(
    sql,
    work.key,
    respelled.map((one) => one.linkId),
  );
  const byId = new Map(links.map((link) => [link.id, link]));
  const changes = respelled.flatMap(({ linkId, record, fields }) => {
    const link = byId.get(linkId);
    if (link === undefined) return [];
    const base: Record<string, Base[string]> = { ...link.base };
    for (const field of fields) {
      const now = canonical(field.kind, record.values[field[side]], country);
      base[field.left] = { left: null, right: null, ...base[field.left], [side]: now };
    }
    return [{ id: linkId, base, conflicts: link.conflicts }];
  });
  await saveBases(sql, changes);
}

/**
 * Takes in what a look at a vendor brought: new and changed records become work, an echo of our own write
 * becomes nothing. Belongs in the transaction that moves the cursor.
 *
 * @param found `isAnnounced`: they were read because webhooks named them.
 * @param trusted the records were read by id, so they are as they are now, whatever lists may still show.
 */
export async function absorb(
  sql: Sql,
  work: SyncAtWork,
  side: Side,
  found: {
    readonly records: readonly SideRecord[];
    readonly deleted: readonly string[];
    readonly isAnnounced?: true;
  },
  trusted: boolean,
): Promise<Absorbed> {
  const latest = new Map(found.records.map((record) => [record.id, record]));
  const rows = await recordsById(sql, work.key, side, [...latest.keys(), ...found.deleted]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const sorted = sort(work, side, known, [...latest.values()], trusted);
  await saveChanged(sql, work.key, side, sorted.changed);
  await saveSeen(sql, work.key, side, sorted.seen);
  await markReread(sql, work.key, side, sorted.doubtful);
  await adoptSpelling(sql, work, side, sorted.respelled);
  const lost = found.deleted.flatMap((id) => known.get(id) ?? []).filter((row) => !row.deleted || row.reread);
  const gone = await saveGone(
    sql,
    work.key,
    side,
    lost.map((row) => row.id),
  );
  for (const key of lost.flatMap((row) => row.keys)) sorted.keys.add(key);
  await keepParted(
    sql,
    work.key,
    otherSide(side),
    lost.map((row) => row.id),
  );
  await wakeNeighbours(sql, work.key, [...sorted.keys]);
  const announces = work.sides[side].object.topics.length > 0 && found.isAnnounced !== true;
  if (announces && work.row.phase === 'live') {
    const unannounced = [...sorted.changed.map((record) => record.id), ...lost.map((row) => row.id)];
    await noteFound(sql, { ...work.key, side }, unannounced);
  }
  return { changed: sorted.changed.length, gone };
}
