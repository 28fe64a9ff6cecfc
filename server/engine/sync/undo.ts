import { LiaisonError } from '../../core/errors.ts';
import { sameValue } from '../../core/sync/canonical.ts';
import { otherSide, type Side } from '../../core/sync/mapping.ts';
import { mayReach } from '../../core/sync/merge.ts';
import type { Base } from '../../core/sync/plan.ts';
import { type Skipped, type UndoOperation, undoWrites } from '../../core/sync/undo.ts';
import type { FieldValues } from '../../core/sync-object.ts';
import { saveUndone } from '../../store/sync-left-out.ts';
import { endUndone, linksById, mergeBases, type SyncKey } from '../../store/sync-links.ts';
import { insertPass, savePass } from '../../store/sync-passes.ts';
import { exclude, type RecordRow, recordsById } from '../../store/sync-records.ts';
import { markUndone, type WriteRow, writesOfPass } from '../../store/sync-writes.ts';
import { ensureSync, saveSync } from '../../store/syncs.ts';
import type { ControlParts } from './control.ts';
import { recordKey } from './plan-work.ts';
import { rejoinOthers } from './rejoin-others.ts';
import { sendBatch } from './send-batch.ts';
import { baseOf, newTally, storeOutcomes } from './store-outcomes.ts';
import { undoCompanions } from './undo-companions.ts';
import { goesOn, SIDES, type SyncAtWork } from './work.ts';
import type { WriteItem } from './write-item.ts';

/** What an undo would do, and what it would leave as it is, with the reason. */
export interface UndoForecast {
  readonly operations: Readonly<Record<Side, { create: number; update: number; remove: number }>>;
  readonly skipped: readonly Skipped[];
}

const undoable = (writes: readonly WriteRow[]): WriteRow[] =>
  writes.filter((write) => write.state === 'done' && write.undoneBy === null && write.recordId !== null);

async function currentOf(
  parts: ControlParts,
  key: SyncKey,
  writes: readonly WriteRow[],
): Promise<RecordRow[]> {
  const rows: RecordRow[] = [];
  for (const side of SIDES) {
    const ids = writes.flatMap((write) =>
      write.side === side && write.recordId !== null ? write.recordId : [],
    );
    rows.push(...(await recordsById(parts.database, key, side, [...new Set(ids)])));
  }
  return rows;
}

async function plan(
  parts: ControlParts,
  key: SyncKey,
  passId: string,
  rules: SyncAtWork['settings']['rules'],
) {
  const writes = undoable(await writesOfPass(parts.database, key, passId));
  const current = await currentOf(parts, key, writes);
  const rows = writes.map((write) => ({
    side: write.side,
    recordId: write.recordId ?? '',
    operation: write.operation,
    before: write.before ?? {},
    after: write.after ?? {},
  }));
  return { writes, current, undo: undoWrites(rules, rows, current) };
}

/** Counts what `startUndo` would do, by what Liaison last saw of the records. Writes nothing. */
export async function previewUndo(
  parts: ControlParts,
  key: SyncKey,
  passId: string,
  rules: SyncAtWork['settings']['rules'],
): Promise<UndoForecast> {
  const { undo } = await plan(parts, key, passId, rules);
  const none = () => ({ create: 0, update: 0, remove: 0 });
  const operations = { left: none(), right: none() };
  for (const one of undo.operations) operations[one.side][one.kind] += 1;
  return { operations, skipped: undo.skipped };
}

/**
 * Begins to take the writes of a pass back. The sync is paused for it and stays so: whoever undoes a run
 * wants to look before it goes on.
 *
 * @returns the id of the undo's own pass.
 * @throws conflict while another preview, apply or undo is under way.
 */
export async function startUndo(parts: ControlParts, key: SyncKey, passId: string): Promise<string> {
  const row = await ensureSync(parts.database, key.organisationId, key.integration);
  if (row.phase === 'previewing' || row.phase === 'applying' || row.phase === 'undoing') {
    throw new LiaisonError('conflict', {
      sentence: {
        en: 'Something is under way already. Wait until it is done, or cancel it.',
        fr: 'Une opération est déjà en cours. Attendez qu’elle se termine, ou annulez-la.',
      },
    });
  }
  const id = parts.newId();
  await parts.database.transaction(async (sql) => {
    if (row.passId !== null) await savePass(sql, row.passId, { state: 'cancelled' });
    await insertPass(sql, key, {
      id,
      kind: 'undo',
      ofPass: passId,
      progress: { done: 0, total: null, stage: 'writing' },
    });
    await saveSync(sql, key, { phase: 'undoing', passId: id, pause: null, nextIn: 0 });
  });
  return id;
}

function itemOf(operation: UndoOperation, row: RecordRow | undefined, newId: () => string): WriteItem {
  const whole: FieldValues =
    operation.kind === 'remove' ? (row?.values ?? {}) : { ...row?.values, ...operation.values };
  const before =
    operation.kind === 'update'
      ? Object.fromEntries(Object.keys(operation.values).map((field) => [field, row?.values[field] ?? null]))
      : operation.kind === 'remove'
        ? (row?.values ?? {})
        : null;
  return {
    side: operation.side,
    operation: operation.kind,
    of: null,
    recordId: operation.kind === 'create' ? null : operation.id,
    fromId: null,
    linkId: row?.linkId ?? null,
    version: row?.version ?? null,
    before,
    after: operation.kind === 'remove' ? null : operation.values,
    whole: operation.kind === 'create' ? operation.values : whole,
    base: {},
    label: row?.label ?? '',
    marker: operation.kind === 'create' ? newId() : null,
    refused: [],
  };
}

const UNDONE = {
  code: 'undone' as const,
  en: 'An undo took its counterpart back. It is left alone until someone includes it again.',
  fr: 'Une annulation a retiré sa contrepartie. Elle est laissée telle quelle jusqu’à ce que quelqu’un la réintègre.',
};

/**
 * What the two sides of restored records now agree to differ on: an undo must not travel to the other side.
 * It is kept as a difference, which nobody may take for being in sync.
 *
 * @param fields what was restored of them, by id.
 */
async function agreeToDiffer(
  work: SyncAtWork,
  side: Side,
  restored: readonly RecordRow[],
  fields: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const links = await linksById(work.database, work.key, [
    ...new Set(restored.flatMap((row) => row.linkId ?? [])),
  ]);
  const changes: { id: string; base: Base; undone: Record<string, Side> }[] = [];
  for (const link of links) {
    const [left] = await recordsById(work.database, work.key, 'left', [link.leftId]);
    const [right] = await recordsById(work.database, work.key, 'right', [link.rightId]);
    if (left !== undefined && right !== undefined) {
      const base = baseOf(work, left.values, right.values);
      const own = fields.get(side === 'left' ? link.leftId : link.rightId) ?? [];
      changes.push({ id: link.id, base, undone: differencesIn(work, side, base, own) });
    }
  }
  await mergeBases(work.database, changes);
  await saveUndone(work.database, changes);
}

/** Of the fields that were restored on a side, those in which the other side still differs, and could win. */
function differencesIn(
  { settings }: SyncAtWork,
  side: Side,
  base: Base,
  restored: readonly string[],
): Record<string, Side> {
  const differing = settings.rules.fields.filter((field) => {
    const { left = null, right = null } = base[field.left] ?? {};
    return restored.includes(field[side]) && mayReach(field, side) && !sameValue(left, right);
  });
  return Object.fromEntries(differing.map((field) => [field.left, otherSide(side)]));
}

/**
 * Takes back what the pass in hand was started for, in batches, newest first. Records that a batch has
 * restored are marked as undone, so that an interrupted undo goes on where it stopped.
 */
export async function undo(work: SyncAtWork, ofPass: string, passId: string): Promise<void> {
  const parts: ControlParts = { database: work.database, newId: work.newId };
  const { writes, current, undo: wanted } = await plan(parts, work.key, ofPass, work.settings.rules);
  const byKey = new Map(current.map((row) => [recordKey(row.side, row.id), row]));
  const items = wanted.operations.map((operation) =>
    itemOf(operation, byKey.get(recordKey(operation.side, operation.id)), work.newId),
  );
  const restored = new Map(items.map((item, index) => [item, wanted.operations[index]?.id ?? '']));
  const tally = newTally();
  // A record that is removed had a counterpart it was made from: it must not be made again from it.
  const removedLinks = items.flatMap((item) => (item.operation === 'remove' ? (item.linkId ?? []) : []));
  await work.database.transaction(async (sql) => {
    const left = await endUndone(sql, work.key, removedLinks);
    await exclude(
      sql,
      work.key,
      left.map(({ side, id }) => ({ side, id, excluded: UNDONE })),
    );
  });
  for (const side of SIDES) {
    for (const operation of ['update', 'create', 'remove'] as const) {
      const some = items.filter((item) => item.side === side && item.operation === operation);
      const most = work.sides[side].object.batch[operation];
      for (let from = 0; from < some.length; from += most) {
        await goesOn(work);
        await sendBatch(work, passId, some.slice(from, from + most), {
          blameAlone: false,
          async store(sent) {
            await storeOutcomes(work, sent, () => 0, tally);
            const done = new Set(
              sent.flatMap(({ item, outcome }) =>
                outcome.ok && item.recordId !== null ? item.recordId : [],
              ),
            );
            const rows = await recordsById(work.database, work.key, side, [...done]);
            const fields = sent.flatMap(({ item, outcome }) =>
              outcome.ok && item.operation === 'update' && item.recordId !== null
                ? [[item.recordId, Object.keys(item.after ?? {})] as const]
                : [],
            );
            await agreeToDiffer(work, side, rows, new Map(fields));
            const made = sent.flatMap(({ item, outcome }) =>
              outcome.ok && item.operation === 'create' ? [{ side, id: outcome.id, excluded: UNDONE }] : [],
            );
            await exclude(work.database, work.key, made);
            const again = sent.flatMap(({ item, outcome }) =>
              outcome.ok && item.operation === 'create'
                ? [{ id: outcome.id, was: restored.get(item) ?? '' }]
                : [],
            );
            await rejoinOthers(work, side, again, writes);
            await markUndone(
              work.database,
              writes.flatMap((write) =>
                write.side === side && done.has(write.recordId ?? '') ? write.id : [],
              ),
              passId,
            );
            await savePass(work.database, passId, {
              progress: { done: tally.done, total: items.length, stage: 'writing' },
            });
          },
        });
      }
    }
  }
  const staying = await undoCompanions(work, ofPass, passId);
  // What could not be taken back is told with the pass; the other side's records of removed ones stay alone.
  await markUndone(
    work.database,
    writes.map((write) => write.id),
    passId,
  );
  await savePass(work.database, passId, {
    state: 'done',
    samples: [...wanted.skipped, ...staying]
      .slice(0, 500)
      .map((skipped) => ({ ...skipped, otherSide: otherSide(skipped.side) })),
    plan: { done: tally.done, failed: tally.failed.size, skipped: wanted.skipped.length + staying.length },
    progress: { done: tally.done, total: items.length, stage: 'finished' },
  });
}
