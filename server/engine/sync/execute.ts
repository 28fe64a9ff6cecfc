import type { Side } from '../../core/sync/mapping.ts';
import { baseWithStored } from '../../core/sync/merge.ts';
import {
  type Base,
  baseFor,
  type FieldConflict,
  type KnownLink,
  type Operation,
} from '../../core/sync/plan.ts';
import type { Sql } from '../../store/database.ts';
import { rememberFormer } from '../../store/sync-filtered.ts';
import {
  insertLinks,
  type LinkChange,
  mergeBases,
  type NewLink,
  removeLinks,
  saveBases,
} from '../../store/sync-links.ts';
import { addProgress } from '../../store/sync-passes.ts';
import { type Exclusion, exclude, markDirty, type RecordRow, settle } from '../../store/sync-records.ts';
import { untilStored } from '../until-stored.ts';
import { haltLoops } from './loop-guard.ts';
import { type PlannedWork, recordKey } from './plan-work.ts';
import { sendBatch } from './send-batch.ts';
import { newTally, storeOutcomes, type Tally } from './store-outcomes.ts';
import { goesOn, SIDES, type SyncAtWork } from './work.ts';
import { type WriteItem, writesOf } from './write-item.ts';

type Pair = Operation & { kind: 'pair' };

/** The two records of a pair. */
const endsOf = ({ leftId, rightId }: Pick<KnownLink, 'leftId' | 'rightId'>) => [
  { side: 'left' as const, id: leftId },
  { side: 'right' as const, id: rightId },
];

/** Changes before creations, so that a record that only moved is not met as another one's double. */
const ORDER = ['update', 'create', 'remove'] as const;

async function writeSide(
  work: SyncAtWork,
  passId: string,
  side: Side,
  items: readonly WriteItem[],
  attempts: (side: Side, id: string) => number,
  tally: Tally,
): Promise<void> {
  // After a failure of unknown cause batches get smaller, until a record that is to blame is alone.
  const shrink = Math.min(work.row.attempt, 12);
  for (const operation of ORDER) {
    const most = Math.max(1, work.sides[side].object.batch[operation] >> shrink);
    const some = items.filter((item) => item.operation === operation);
    for (let from = 0; from < some.length; from += most) {
      await goesOn(work);
      await sendBatch(work, passId, some.slice(from, from + most), {
        blameAlone: shrink > 0,
        async store(sent) {
          // The vendor has done it: what is known of it is not left to be found out again.
          await untilStored(work, () => storeOutcomes(work, sent, attempts, tally), work.ending);
          const fresh = tally.done - tally.shown;
          tally.shown = tally.done;
          if (fresh > 0) await addProgress(work.database, passId, fresh);
        },
      });
    }
  }
}

const asked = (conflicts: readonly FieldConflict[]): readonly FieldConflict[] | null => {
  const open = conflicts.filter((conflict) => conflict.winner === null);
  return open.length > 0 ? open : null;
};

/** What a pair agrees on without anything being written of it. */
function agreedSoFar({ settings }: SyncAtWork, { toLeft, toRight, base }: Pair): Base {
  const unwritten = settings.rules.fields.filter(({ left, right }) => !(left in toLeft || right in toRight));
  return baseFor(base, unwritten);
}

/**
 * Links new pairs that are to be written: once a vendor was sent what the other side holds, the two are one,
 * whatever becomes of the answer, and whatever people make of their keys meanwhile.
 */
async function linkBeforeWriting(
  sql: Sql,
  work: SyncAtWork,
  operations: readonly Operation[],
): Promise<readonly Operation[]> {
  const isFresh = (operation: Operation): operation is Pair =>
    operation.kind === 'pair' &&
    operation.linkId === null &&
    Object.keys({ ...operation.toLeft, ...operation.toRight }).length > 0;
  const links = operations.filter(isFresh).map((pair) => ({
    leftId: pair.leftId,
    rightId: pair.rightId,
    base: agreedSoFar(work, pair),
    conflicts: asked(pair.conflicts),
  }));
  if (links.length === 0) return operations;
  const made = new Map((await insertLinks(sql, work.key, links)).map(({ leftId, id }) => [leftId, id]));
  return operations.map((operation) =>
    isFresh(operation) ? { ...operation, linkId: made.get(operation.leftId) ?? null } : operation,
  );
}

/** The base that holds now that both sides of a pair were written. */
function agreedBase(work: SyncAtWork, pair: Pair, tally: Tally): Base {
  let base = pair.base;
  for (const { side, id } of endsOf(pair)) {
    const stored = tally.stored.get(recordKey(side, id));
    if (stored !== undefined) base = baseWithStored(work.settings.rules, base, side, stored);
  }
  return base;
}

/** Of these it is told since when. */
const BY_FILTER: ReadonlySet<Exclusion['code']> = new Set(['parted', 'unfit']);

/** What a plan decides without a write. */
async function storeDecisions(sql: Sql, work: SyncAtWork, operations: readonly Operation[]): Promise<void> {
  const at = work.judging.place.now.toISOString();
  const exclusions: { side: Side; id: string; excluded: Exclusion }[] = [];
  const ended: string[] = [];
  // A deletion that lost against an edit: the record is made again, also when the process dies here.
  const orphaned: { side: Side; id: string }[] = [];
  const parted: { leftId: string; rightId: string }[] = [];
  for (const operation of operations) {
    if (operation.kind === 'exclude') {
      const { side, id, code, reason } = operation;
      exclusions.push({ side, id, excluded: { code, ...(BY_FILTER.has(code) ? { at } : {}), ...reason } });
    } else if (operation.kind === 'unlink') {
      ended.push(operation.linkId);
      const { stays, parts } = operation;
      if (parts !== undefined) parted.push(parts);
      if (stays?.excluded) {
        const { side, id, excluded } = stays;
        exclusions.push({
          side,
          id,
          excluded: parts === undefined ? { code: 'kept', ...excluded } : { code: 'parted', at, ...excluded },
        });
      } else if (stays !== null) orphaned.push({ side: stays.side, id: stays.id });
    }
  }
  await removeLinks(sql, ended);
  await rememberFormer(sql, work.key, parted);
  await markDirty(sql, work.key, orphaned);
  await exclude(sql, work.key, exclusions);
}

/** Links of pairs that agree now, and the records that have nothing more to carry over. */
async function conclude(
  sql: Sql,
  work: SyncAtWork,
  planned: PlannedWork,
  changed: readonly RecordRow[],
  tally: Tally,
): Promise<void> {
  const pairs = planned.operations.filter((operation): operation is Pair => operation.kind === 'pair');
  const isOpen = (side: Side, id: string): boolean => tally.failed.has(recordKey(side, id));
  const agreed = pairs.filter((pair) => !isOpen('left', pair.leftId) && !isOpen('right', pair.rightId));
  const fresh: NewLink[] = [];
  const moved: LinkChange[] = [];
  for (const pair of agreed) {
    const base = agreedBase(work, pair, tally);
    const conflicts = asked(pair.conflicts);
    if (pair.linkId === null) fresh.push({ leftId: pair.leftId, rightId: pair.rightId, base, conflicts });
    else moved.push({ id: pair.linkId, base, conflicts });
  }
  if (fresh.length > 0) await insertLinks(sql, work.key, fresh);
  await saveBases(sql, moved);
  // Of a pair that failed for one of its fields, what is known of the others holds.
  const open = pairs.filter((pair) => !agreed.includes(pair));
  await mergeBases(
    sql,
    open.flatMap((pair) =>
      pair.linkId === null ? [] : [{ id: pair.linkId, base: agreedSoFar(work, pair) }],
    ),
  );

  const waits = new Set<string>([...tally.failed, ...planned.waiting]);
  for (const link of planned.links.values()) {
    const keys = endsOf(link).map(({ side, id }) => recordKey(side, id));
    if (keys.some((key) => tally.failed.has(key))) for (const key of keys) waits.add(key);
  }
  // The side that stays after a deletion that lost against an edit is still to be made again elsewhere.
  for (const operation of planned.operations) {
    if (operation.kind === 'unlink' && operation.stays !== null && operation.stays.excluded === null) {
      waits.add(recordKey(operation.stays.side, operation.stays.id));
    }
  }
  // A pair of which nothing is left to do is over on both sides: what was set aside of it may have been undone since.
  const busy = new Set(planned.operations.flatMap((one) => ('linkId' in one ? (one.linkId ?? []) : [])));
  const resting = [...planned.links.values()].filter(({ id }) => !busy.has(id));
  const ends = [...agreed, ...resting].flatMap(endsOf);
  const over = [...changed.filter((record) => !record.reread), ...ends].filter(
    ({ side, id }) => !waits.has(recordKey(side, id)),
  );
  for (const side of SIDES) {
    await settle(sql, work.key, side, [...new Set(over.flatMap((one) => (one.side === side ? one.id : [])))]);
  }
}

/**
 * Does what a plan says, in the vendors' batches, both sides at once.
 *
 * @param changed the records that the plan was asked about: those it has nothing to do for are settled.
 * @throws LiaisonError when a side cannot be written at all; what was done until then is kept.
 */
export async function execute(
  work: SyncAtWork,
  passId: string,
  planned: PlannedWork,
  changed: readonly RecordRow[],
): Promise<void> {
  await goesOn(work);
  const tally = newTally();
  const halted = await haltLoops(work, planned);
  const wanted = planned.operations.filter((operation) => !halted.has(operation));
  const operations = await work.database.transaction(async (sql) => {
    await storeDecisions(sql, work, wanted);
    return linkBeforeWriting(sql, work, wanted);
  });
  const items = operations.flatMap((operation) => writesOf(operation, planned, work.newId));
  const attempts = (side: Side, id: string): number => planned.records.get(recordKey(side, id))?.attempt ?? 0;
  const results = await Promise.allSettled(
    SIDES.map((side) =>
      writeSide(
        work,
        passId,
        side,
        items.filter((item) => item.side === side),
        attempts,
        tally,
      ),
    ),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  await work.database.transaction((sql) => conclude(sql, work, { ...planned, operations }, changed, tally));
}
