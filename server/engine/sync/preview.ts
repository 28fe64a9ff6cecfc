import type { Sentence } from '../../core/sentence.ts';
import { countOperations, type PlanCounts, sampleOf } from '../../core/sync/counts.ts';
import type { Side } from '../../core/sync/mapping.ts';
import type { Operation } from '../../core/sync/plan.ts';
import type { Sql } from '../../store/database.ts';
import { countUnfitting } from '../../store/sync-filtered.ts';
import { savePass } from '../../store/sync-passes.ts';
import {
  addPreviewItems,
  clearPreviewItems,
  type PreviewItem,
  type PreviewKind,
} from '../../store/sync-preview-items.ts';
import { changedRecords, type RecordRow } from '../../store/sync-records.ts';
import { countHeld } from '../../store/sync-views.ts';
import { addWanted, missingCompanions, type Wanted } from './make-companions.ts';
import { type PlannedWork, planWork, recordKey } from './plan-work.ts';
import { withoutRefused } from './refused-fields.ts';
import { SIDES, type SyncAtWork } from './work.ts';

const PAGE = 2_000;
const SAMPLES = 20;
/** Most companions that a preview names. */
const NAMED = 100;

/** What a preview foretells; an apply keeps the same of what it did. */
export interface Forecast {
  readonly counts: PlanCounts;
  /** Records of each side that nothing would be done about. */
  readonly untouched: Readonly<Record<Side, number>>;
  /** Records of each side that do not fit its filter; of linked pairs, how many one of whose records does not. */
  readonly unfitting: Readonly<Record<Side, number>> & { readonly leaving: number };
  /** Values that are not sent, because their field cannot hold them: they go to the shelf, the rest is written. */
  readonly refused: number;
  /** What would be made beside them, where a side makes anything. */
  readonly companions: Readonly<Record<Side, CompanionsForecast | null>>;
  readonly calls: Readonly<Record<Side, number>>;
  /** In the vendor's own unit, where it has one. */
  readonly credits: Readonly<Record<Side, { readonly unit: Sentence; readonly count: number } | null>>;
  readonly seconds: number;
  /** How matched pairs were found: counts by the left field ids of the key. */
  readonly matchedBy: Readonly<Record<string, number>>;
}

export interface CompanionsForecast {
  readonly titles: Sentence;
  readonly create: number;
  /** The first of them, by name. */
  readonly names: readonly string[];
}

export interface Sample {
  readonly kind: Operation['kind'];
  readonly label: string;
  readonly left: string | null;
  readonly right: string | null;
  readonly matchedBy: readonly string[] | null;
  readonly differences: ReturnType<typeof sampleOf>;
  readonly conflicts: (Operation & { kind: 'pair' })['conflicts'];
  readonly reason: Sentence | null;
}

const add = (a: number, b: number): number => a + b;

/** Adds up counts of two lots of operations. */
export function addCounts<T extends object>(one: T, other: T): T {
  const entries = Object.entries(one).map(([key, value]) => {
    const more = other[key as keyof T];
    return [
      key,
      typeof value === 'number' ? add(value, more as number) : addCounts(value as object, more as object),
    ];
  });
  return Object.fromEntries(entries) as T;
}

/** The records that an operation is about: counted once, whichever of them was met first. */
function recordsOf(
  operation: Operation,
  planned: PlannedWork,
): { left: string | null; right: string | null } {
  switch (operation.kind) {
    case 'pair':
      return { left: operation.leftId, right: operation.rightId };
    case 'create':
      return operation.side === 'right'
        ? { left: operation.from, right: null }
        : { left: null, right: operation.from };
    case 'exclude':
      return operation.side === 'left'
        ? { left: operation.id, right: null }
        : { left: null, right: operation.id };
    default: {
      const link = planned.links.get(operation.linkId);
      return { left: link?.leftId ?? null, right: link?.rightId ?? null };
    }
  }
}

function sample(operation: Operation, planned: PlannedWork, refusal: Sentence | null): Sample {
  const ids = recordsOf(operation, planned);
  const find = (side: Side, id: string | null): RecordRow | undefined =>
    id === null ? undefined : planned.records.get(recordKey(side, id));
  return {
    kind: operation.kind,
    label: (find('left', ids.left) ?? find('right', ids.right))?.label ?? '',
    ...ids,
    matchedBy: operation.kind === 'pair' ? operation.matchedBy : null,
    differences: sampleOf(operation, (side, id) => planned.records.get(recordKey(side, id))),
    conflicts: operation.kind === 'pair' ? operation.conflicts : [],
    reason: operation.kind === 'exclude' ? operation.reason : (refusal ?? leavingOf(find, ids)),
  };
}

/** Why a pair parts, or one of it goes: the other does not fit any more. */
const leavingOf = (
  find: (side: Side, id: string | null) => RecordRow | undefined,
  ids: { readonly left: string | null; readonly right: string | null },
): Sentence | null => {
  const gone = [find('left', ids.left), find('right', ids.right)].find(
    (row) => row?.excluded?.leaving !== undefined,
  );
  return gone?.excluded ? { en: gone.excluded.en, fr: gone.excluded.fr } : null;
};

/** Under which words a person looks for it. */
function kindsOf(one: Sample, isRefused: boolean): PreviewKind[] {
  const { kind, conflicts, differences, matchedBy } = one;
  const refused: PreviewKind[] = isRefused ? ['refused'] : [];
  if (kind !== 'pair') return [kind, ...refused];
  const kinds: PreviewKind[] = [...refused];
  if (conflicts.some(({ winner }) => winner !== null)) kinds.push('conflict');
  if (conflicts.some(({ winner }) => winner === null)) kinds.push('ask');
  if (differences.length > 0) kinds.push('change');
  if (matchedBy !== null) kinds.push('matched');
  return kinds.length === 0 ? ['change'] : kinds;
}

/** Samples worth looking at first: what overwrites, then what is left out, then what is made. */
const INTEREST: Record<Operation['kind'], number> = { remove: 0, pair: 1, exclude: 2, unlink: 3, create: 4 };

/** Two records that are only to be linked: there is nothing to see of them. */
const isSilent = ({ kind, differences, conflicts }: Sample): boolean =>
  kind === 'pair' && differences.length === 0 && conflicts.length === 0;

/**
 * Keeps a few of each kind, so that a thousand creations do not hide ten conflicts; what shows no difference
 * only where there is room.
 */
function choose(samples: readonly Sample[]): Sample[] {
  const groups = new Map<string, Sample[]>();
  const silent = samples.filter(isSilent);
  const telling = samples.filter((one) => !isSilent(one));
  for (const one of telling.sort((a, b) => INTEREST[a.kind] - INTEREST[b.kind])) {
    const name = `${one.kind} ${one.conflicts.length > 0}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const chosen: Sample[] = [];
  for (let turn = 0; chosen.length < SAMPLES && turn < SAMPLES; turn += 1) {
    for (const group of groups.values()) {
      const one = group[turn];
      if (one !== undefined && chosen.length < SAMPLES) chosen.push(one);
    }
  }
  return [...chosen, ...silent].slice(0, SAMPLES);
}

function cost(
  work: SyncAtWork,
  side: Side,
  counts: PlanCounts,
  companions: number,
): { calls: number; credits: Forecast['credits'][Side] } {
  const { batch, cost: price } = work.sides[side].object;
  const writes = counts[side];
  const write =
    Math.ceil(writes.create / batch.create) +
    Math.ceil(writes.update / batch.update) +
    Math.ceil(writes.remove / batch.remove) +
    Math.ceil(companions / batch.create);
  const records = writes.create + writes.update + writes.remove + companions;
  const credits =
    price === undefined
      ? null
      : { unit: price.unit, count: price.credits({ list: 1, read: 0, write, records }) };
  return { calls: write + 1, credits };
}

function noteWanted(work: SyncAtWork, operation: Operation | null, wanted: Record<Side, Wanted>): void {
  if (operation?.kind === 'create') addWanted(work, operation.side, operation.values, wanted[operation.side]);
  if (operation?.kind !== 'pair') return;
  addWanted(work, 'left', operation.toLeft, wanted.left);
  addWanted(work, 'right', operation.toRight, wanted.right);
}

async function companionsOf(
  work: SyncAtWork,
  side: Side,
  wanted: Wanted,
): Promise<{ readonly forecast: CompanionsForecast; readonly items: readonly PreviewItem[] } | null> {
  const { companions } = work.sides[side].object;
  if (companions === undefined) return null;
  const missing = await missingCompanions(work, side, wanted);
  const names = missing.toSorted((a, b) => a.localeCompare(b, 'en'));
  const { titles } = companions;
  return {
    forecast: { titles, create: names.length, names: names.slice(0, NAMED) },
    items: names.map((label) => ({ kinds: ['companion'], label, item: companionSample(label, titles) })),
  };
}

const companionSample = (label: string, titles: Sentence): Sample => ({
  kind: 'create',
  label,
  left: null,
  right: null,
  matchedBy: null,
  differences: [],
  conflicts: [],
  reason: {
    en: `Made in ${titles.en} for the records that name it.`,
    fr: `Créé dans ${titles.fr} pour les fiches qui le nomment.`,
  },
});

/** Also those that are linked already, and those that agree: nothing would be written to them. */
async function untouchedOf(work: SyncAtWork, counts: PlanCounts): Promise<Forecast['untouched']> {
  const held = await countHeld(work.database, work.key);
  const rest = (side: Side): number => held[side] - counts[side].update - counts[side].remove;
  return { left: Math.max(0, rest('left')), right: Math.max(0, rest('right')) };
}

/**
 * Plans everything that waits, in pages, and writes nothing anywhere but into the pass: how many records
 * would be made, matched, changed, left alone; samples of each; what it would cost.
 *
 * @param whenDone is done in the transaction that ends the pass.
 */
export async function preview(
  work: SyncAtWork,
  passId: string,
  held: ReadonlySet<string>,
  whenDone: (sql: Sql) => Promise<void>,
): Promise<Forecast> {
  let counts = countOperations([]);
  const matchedBy: Record<string, number> = {};
  const counted = new Set<string>();
  const met = { left: 0, right: 0 };
  let refused = 0;
  const wanted: Record<Side, Wanted> = { left: new Map(), right: new Map() };
  let samples: Sample[] = [];
  let listed = 0;
  await clearPreviewItems(work.database, work.key);
  for (let after: { side: Side; id: string } | null = null; ; ) {
    const page: RecordRow[] = await changedRecords(work.database, work.key, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) break;
    after = { side: last.side, id: last.id };
    for (const { side, deleted } of page) if (!deleted) met[side] += 1;
    const planned = await planWork(work, page, held);
    const fresh = planned.operations.filter((operation) => {
      const { left, right } = recordsOf(operation, planned);
      const key = `${operation.kind} ${left} ${right}`;
      if (counted.has(key)) return false;
      counted.add(key);
      return true;
    });
    const told = fresh.map((operation) => ({ operation, will: withoutRefused(work, operation) }));
    counts = addCounts(counts, countOperations(told.flatMap(({ will }) => will.operation ?? [])));
    for (const { will } of told) noteWanted(work, will.operation, wanted);
    refused += told.reduce((sum, { will }) => sum + will.refusals.length, 0);
    for (const operation of fresh) {
      if (operation.kind === 'pair' && operation.matchedBy !== null) {
        const name = operation.matchedBy.join(' + ');
        matchedBy[name] = (matchedBy[name] ?? 0) + 1;
      }
    }
    const items = told.map(({ operation, will }) => {
      const item = sample(operation, planned, will.refusals[0]?.details.sentence ?? null);
      return { kinds: kindsOf(item, will.refusals.length > 0), label: item.label, item };
    });
    await addPreviewItems(work.database, passId, listed, items);
    listed += items.length;
    samples = choose([...samples, ...items.map(({ item }) => item)]);
    await savePass(work.database, passId, {
      progress: { done: met.left + met.right, total: null, stage: 'planning' },
    });
  }
  const beside = {
    left: await companionsOf(work, 'left', wanted.left),
    right: await companionsOf(work, 'right', wanted.right),
  };
  const companions = { left: beside.left?.forecast ?? null, right: beside.right?.forecast ?? null };
  const made = [...(beside.left?.items ?? []), ...(beside.right?.items ?? [])];
  await addPreviewItems(work.database, passId, listed, made);
  const [left, right] = SIDES.map((side) => cost(work, side, counts, companions[side]?.create ?? 0));
  if (left === undefined || right === undefined) throw new Error('a sync has two sides');
  const msPerCall = work.spent.calls === 0 ? 0 : work.spent.ms / work.spent.calls;
  const untouched = await untouchedOf(work, counts);
  const unfit = await countUnfitting(work.database, work.key);
  const forecast: Forecast = {
    counts,
    untouched,
    unfitting: { left: unfit.left, right: unfit.right, leaving: unfit.linked },
    refused,
    companions,
    calls: { left: left.calls, right: right.calls },
    credits: { left: left.credits, right: right.credits },
    seconds: Math.ceil(((left.calls + right.calls) * msPerCall) / 1_000),
    matchedBy,
  };
  const total = met.left + met.right;
  await work.database.transaction(async (sql) => {
    await savePass(sql, passId, {
      state: 'done',
      plan: forecast,
      samples,
      progress: { done: total, total, stage: 'finished' },
    });
    await whenDone(sql);
  });
  return forecast;
}
