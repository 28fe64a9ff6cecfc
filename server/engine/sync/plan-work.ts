import { type FieldMapping, otherSide, type Side, type SyncRules } from '../../core/sync/mapping.ts';
import type { KnownLink, KnownRecord, Operation } from '../../core/sync/plan.ts';
import { PARTED } from '../../core/sync/plan-links.ts';
import { planSync } from '../../core/sync/plan-sync.ts';
import { planParted } from '../../core/sync/reunite.ts';
import { unlessDeclined, unlessGone, unlessUnfit } from '../../core/sync/unfit.ts';
import { type LinkRow, linksById } from '../../store/sync-links.ts';
import { type RecordRow, recordsById, recordsByKey, recordsOfLinks } from '../../store/sync-records.ts';
import { SIDES, type SyncAtWork } from './work.ts';

/** A plan, with everything it was made from. */
export interface PlannedWork {
  readonly operations: readonly Operation[];
  readonly links: ReadonlyMap<string, LinkRow>;
  /** By `recordKey`: every record that the plan looked at. */
  readonly records: ReadonlyMap<string, RecordRow>;
  /** Keys of records about which nothing can be decided yet: one they depend on must be read again first. */
  readonly waiting: ReadonlySet<string>;
}

export const recordKey = (side: Side, id: string): string => `${side} ${id}`;

const known = (row: RecordRow): KnownRecord => row;

/** A value that no vendor holds: a field whose base is this counts as changed on either side. */
const NEVER = '\u0001';

/** The rules and the base under which what a person chose for a link's fields wins. */
function withChoices(rules: SyncRules, link: LinkRow): { rules: SyncRules; link: KnownLink } {
  const choices = link.choices ?? {};
  const decide = (field: FieldMapping): FieldMapping => {
    const master = choices[field.left];
    return master === undefined ? field : { ...field, master, blank: 'clear' };
  };
  const undecided = Object.fromEntries(
    Object.keys(choices).map((field) => [field, { left: NEVER, right: NEVER }]),
  );
  return {
    rules: { ...rules, fields: rules.fields.map(decide) },
    link: { ...link, base: { ...link.base, ...undecided } },
  };
}

/** Groups records that share a match key, directly or through others. */
function grouped(records: readonly RecordRow[]): RecordRow[][] {
  const groups = new Map<string, RecordRow[]>();
  for (const record of records) {
    const merged = [record];
    const keys = new Set(record.keys.length > 0 ? record.keys : [recordKey(record.side, record.id)]);
    for (const key of record.keys) {
      const group = groups.get(key);
      if (group === undefined || merged.includes(group[0] as RecordRow)) continue;
      merged.push(...group);
      for (const member of group) for (const own of member.keys) keys.add(own);
    }
    for (const key of keys) groups.set(key, merged);
  }
  return [...new Set(groups.values())];
}

/**
 * Plans what is to be done for changed records: reads their links and counterparts, and every record that
 * could be their counterpart.
 *
 * @param held keys of records that must be left alone for now.
 */
export async function planWork(
  work: SyncAtWork,
  changed: readonly RecordRow[],
  held: ReadonlySet<string>,
): Promise<PlannedWork> {
  const { database, key, settings } = work;
  const linkIds = [...new Set(changed.flatMap((record) => record.linkId ?? []))];
  const links = new Map((await linksById(database, key, linkIds)).map((link) => [link.id, link]));
  const loose = changed.filter((record) => record.linkId === null && !record.deleted);
  const near = await recordsByKey(database, key, [...new Set(loose.flatMap((record) => record.keys))]);
  const records = new Map<string, RecordRow>();
  for (const record of [...near, ...(await recordsOfLinks(database, linkIds)), ...changed]) {
    records.set(recordKey(record.side, record.id), record);
  }

  const pairs = [...links.values()].map((link) => ({
    link,
    left: records.get(recordKey('left', link.leftId)) ?? null,
    right: records.get(recordKey('right', link.rightId)) ?? null,
  }));
  // What must be read again decides nothing until it was.
  const ready = pairs.filter(({ left, right }) => left?.reread !== true && right?.reread !== true);
  const isFree = (record: RecordRow): boolean =>
    !record.reread && !held.has(recordKey(record.side, record.id));
  const members = new Map([...near, ...loose].map((record) => [recordKey(record.side, record.id), record]));
  const parted = await partedOf(work, loose, records, isFree);
  const all = grouped([...members.values()]);
  const groups = all
    .filter((group) => group.every(isFree))
    .map((group) => group.map((record) => takenIf(parted.taken, record)));
  const waiting = new Set(held);
  for (const group of all) {
    if (!group.every(isFree)) for (const { side, id } of group) waiting.add(recordKey(side, id));
  }
  for (const key of parted.waiting) waiting.add(key);
  for (const { link, left, right } of pairs) {
    if (left?.reread !== true && right?.reread !== true) continue;
    waiting.add(recordKey('left', link.leftId)).add(recordKey('right', link.rightId));
  }

  const plain = ready.filter(({ link }) => link.choices === null);
  const chosen = ready.filter(({ link }) => link.choices !== null);
  const operations = [
    ...parted.operations,
    ...planSync(settings.rules, {
      links: plain.map(({ link, left, right }) => ({
        link,
        left: left && known(left),
        right: right && known(right),
      })),
      groups,
    }),
    ...chosen.flatMap(({ link, left, right }) => {
      const decided = withChoices(settings.rules, link);
      return planSync(decided.rules, { links: [{ link: decided.link, left, right }], groups: [] });
    }),
  ];
  const filters = { left: work.sides.left.filter, right: work.sides.right.filter };
  const about = { filters, rules: settings.rules, place: work.judging.place };
  const objects = { left: work.sides.left.object, right: work.sides.right.object };
  const wanted = operations.map((one) => unlessDeclined(unlessUnfit(one, about), objects));
  const gone = await goneOf(work, wanted);
  const done = wanted.map((one) => unlessGone(one, objects, gone));
  return { operations: done, links, records, waiting };
}

/** Of what is to be made, by side: what is gone there, and is not made again by Liaison. */
async function goneOf(
  { database, key, sides }: SyncAtWork,
  operations: readonly Operation[],
): Promise<Record<Side, ReadonlySet<string>>> {
  const of = async (side: Side): Promise<ReadonlySet<string>> => {
    const { staysGone } = sides[side].object;
    if (staysGone === undefined) return new Set();
    const ids = operations.flatMap((one) =>
      one.kind === 'create' && one.side === side ? (staysGone.idOf(one.values) ?? []) : [],
    );
    const rows = ids.length === 0 ? [] : await recordsById(database, key, side, ids);
    return new Set(rows.flatMap(({ id, deleted }) => (deleted ? id : [])));
  };
  return { left: await of('left'), right: await of('right') };
}

interface PartedWork {
  readonly operations: readonly Operation[];
  /** By `recordKey`: they have their counterpart, or wait for it. */
  readonly taken: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
}

/** What becomes of records whose pairs parted; adds their former counterparts to what the plan looked at. */
async function partedOf(
  { database, key, settings }: SyncAtWork,
  loose: readonly RecordRow[],
  records: Map<string, RecordRow>,
  isFree: (record: RecordRow) => boolean,
): Promise<PartedWork> {
  const remembering = loose.filter(({ formerId }) => formerId !== null);
  for (const side of SIDES) {
    const ids = remembering.flatMap((one) => (one.side === side ? [] : (one.formerId ?? [])));
    for (const row of ids.length === 0 ? [] : await recordsById(database, key, side, ids))
      records.set(recordKey(side, row.id), row);
  }
  const operations = new Map<string, Operation>();
  const [taken, waiting] = [new Set<string>(), new Set<string>()];
  for (const record of remembering) {
    const own = recordKey(record.side, record.id);
    const former = records.get(recordKey(otherSide(record.side), record.formerId ?? ''));
    if (former === undefined) continue;
    if (!isFree(record) || !isFree(former)) {
      waiting.add(own);
      taken.add(own);
      continue;
    }
    const operation = planParted(settings.rules, { record, former });
    if (operation === null) continue;
    taken.add(own);
    if (operation.kind === 'pair') taken.add(recordKey(former.side, former.id));
    operations.set(operation.kind === 'pair' ? `${operation.leftId} ${operation.rightId}` : own, operation);
  }
  return { operations: [...operations.values()], taken, waiting };
}

/** For everybody else it has its counterpart. */
const takenIf = (taken: ReadonlySet<string>, record: RecordRow): RecordRow =>
  taken.has(recordKey(record.side, record.id)) && record.excluded === null
    ? { ...record, excluded: { code: 'parted', ...PARTED } }
    : record;
