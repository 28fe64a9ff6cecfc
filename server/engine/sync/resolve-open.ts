import { canonical, sameValue } from '../../core/sync/canonical.ts';
import { otherSide, type Side } from '../../core/sync/mapping.ts';
import { type Base, baseFor } from '../../core/sync/plan.ts';
import type { FieldValues } from '../../core/sync-object.ts';
import { markMade } from '../../store/sync-filtered.ts';
import { insertLinks, mergeBases } from '../../store/sync-links.ts';
import {
  type GoneRecord,
  markReread,
  type RecordRow,
  recordsById,
  rememberGone,
  strangersSince,
} from '../../store/sync-records.ts';
import { endWrites, openWrites, type WriteRow } from '../../store/sync-writes.ts';
import { resolveCompanions } from './make-companions.ts';
import { recordKey } from './plan-work.ts';
import { baseOf } from './store-outcomes.ts';
import { call, objectsOf, type SyncAtWork } from './work.ts';

/** Whether a record holds every value that a write wanted it to hold. */
function fulfils(work: SyncAtWork, side: Side, wanted: FieldValues, values: FieldValues): boolean {
  const { fields, country } = work.settings.rules;
  return Object.entries(wanted).every(([id, value]) => {
    const kind = fields.find((field) => field[side] === id)?.kind ?? 'json';
    return sameValue(canonical(kind, value, country), canonical(kind, values[id], country));
  });
}

/**
 * How much of what a create sent a record holds: 1 for all, 0 when it is too little to tell. A person may
 * have changed a field meanwhile; more than half of the values, and two of them at least, still tell.
 */
function likeness(work: SyncAtWork, side: Side, sent: FieldValues, values: FieldValues): number {
  if (fulfils(work, side, sent, values)) return 1;
  const { fields, country } = work.settings.rules;
  const told = fields.flatMap(({ kind, ...field }) => {
    const wanted = canonical(kind, sent[field[side]], country);
    return wanted === null ? [] : sameValue(wanted, canonical(kind, values[field[side]], country));
  });
  const equal = told.filter(Boolean).length;
  return equal >= 2 && equal * 2 > told.length ? equal / told.length : 0;
}

/**
 * Whether a field of an update was written. A count moves on within the second, as a shop sells: one that was to rise did
 * where it stands higher, since what came in must not be added twice; one that was to fall did where it is no higher than
 * that, since a sale alone lowers it too, and it may be carried again at no loss.
 */
function isWritten(work: SyncAtWork, write: WriteRow, field: string, values: FieldValues): boolean {
  const { side, before, after } = write;
  const [was, wanted, now] = [before?.[field], after?.[field], values[field]];
  const isCount = work.settings.rules.fields.some((one) => one.kind === 'stock' && one[side] === field);
  if (isCount && typeof was === 'number' && typeof wanted === 'number' && typeof now === 'number')
    return wanted > was ? now > was : now <= wanted;
  return fulfils(work, side, { [field]: wanted ?? null }, values);
}

/**
 * What two records agree on of fields that a write left half done: what stands there now, on both sides, so that it passes
 * for no person's change, and what the source has is carried to its end.
 *
 * @param isHalf whether this field, which is written in steps, was not written to its end.
 */
function halfDoneBase(
  work: SyncAtWork,
  write: WriteRow,
  values: FieldValues,
  isHalf: (field: string) => boolean,
): Base {
  const { fields, country } = work.settings.rules;
  const { side, after } = write;
  const inSteps = work.sides[side].object.inSteps?.(after ?? {}) ?? [];
  return Object.fromEntries(
    fields.flatMap((field) => {
      if (!inSteps.includes(field[side]) || !isHalf(field[side])) return [];
      const now = canonical(field.kind, values[field[side]], country);
      return [[field.left, { left: now, right: now }]];
    }),
  );
}

/** Updates and removals: the record was read again since, and tells by itself. */
async function resolveKeyed(work: SyncAtWork, write: WriteRow): Promise<void> {
  const [row] = await recordsById(work.database, work.key, write.side, [write.recordId ?? '']);
  if (row?.reread === true) return;
  const { linkId, agreed, side } = write;
  const fields = Object.keys(write.after ?? {});
  const written = fields.filter((field) => row !== undefined && isWritten(work, write, field, row.values));
  const isDone =
    write.operation === 'remove'
      ? row === undefined || row.deleted
      : row !== undefined && written.length === fields.length;
  // What was carried is agreed on from then on, also beside a field that somebody changed since: a count that was carried
  // once is not carried again.
  const mapped = work.settings.rules.fields.filter((field) => written.includes(field[side]));
  const isAsItWas = (field: string): boolean =>
    row === undefined || fulfils(work, side, { [field]: write.before?.[field] ?? null }, row.values);
  const base = {
    ...baseFor(agreed ?? {}, mapped),
    ...halfDoneBase(
      work,
      write,
      row?.values ?? {},
      (field) => fields.includes(field) && !written.includes(field) && !isAsItWas(field),
    ),
  };
  await work.database.transaction(async (sql) => {
    await endWrites(sql, objectsOf(work), [
      { id: write.id, state: isDone ? 'done' : 'failed', recordId: null, after: null, error: null },
    ]);
    if (linkId !== null) await mergeBases(sql, [{ id: linkId, base }]);
  });
}

/** The record that holds most of what was sent; none when none holds enough. */
function likest(
  work: SyncAtWork,
  side: Side,
  sent: FieldValues,
  rows: readonly RecordRow[],
): RecordRow | undefined {
  const scored = rows.map((row) => ({ row, score: likeness(work, side, sent, row.values) }));
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)[0]?.row;
}

/**
 * A create whose answer was lost: the record is among those that came to be known since, by its mark or by
 * its values; or, once the vendor has had the time to show it, it was never made.
 *
 * @returns whether it is still open.
 */
async function resolveCreate(
  work: SyncAtWork,
  write: WriteRow,
  mayBeUnseen: (side: Side) => Promise<boolean>,
): Promise<boolean> {
  const { side, fromId } = write;
  const strangers = await strangersSince(work.database, work.key, side, write.at);
  const made =
    strangers.find((row) => write.marker !== null && row.marker === write.marker) ??
    likest(
      work,
      side,
      write.after ?? {},
      strangers.filter((row) => row.marker === null),
    );
  if (made !== undefined && fromId !== null) {
    const [source] = await recordsById(work.database, work.key, otherSide(side), [fromId]);
    // What either record holds by now is merged against what was sent.
    const sent = Object.fromEntries(
      work.settings.rules.fields.map((field) => [field[otherSide(side)], write.after?.[field[side]] ?? null]),
    );
    const half = halfDoneBase(
      work,
      write,
      made.values,
      (field) => !fulfils(work, side, { [field]: write.after?.[field] ?? null }, made.values),
    );
    await work.database.transaction(async (sql) => {
      await endWrites(sql, objectsOf(work), [
        { id: write.id, state: 'done', recordId: made.id, after: null, error: null },
      ]);
      if (source === undefined || source.linkId !== null) return;
      const [left, right] = side === 'left' ? [write.after ?? {}, sent] : [sent, write.after ?? {}];
      const ids =
        side === 'left' ? { leftId: made.id, rightId: fromId } : { leftId: fromId, rightId: made.id };
      if (work.sides[side].filter !== null) await markMade(sql, work.key, side, made.id);
      const base = { ...baseOf(work, left, right), ...half };
      await insertLinks(sql, work.key, [{ ...ids, base, conflicts: null }]);
      // It left while the answer was away: it is judged again, as one of the pair that it is by now.
      if (source.excluded?.code === 'filter' || source.excluded?.code === 'vendor')
        await markReread(sql, work.key, otherSide(side), [source.id]);
    });
    return false;
  }
  const { lagMs } = work.sides[side].object;
  const { askedAt } = work.row[side];
  if (askedAt === null || askedAt <= write.at.getTime() || write.ageMs < lagMs) return true;
  const unseen = await unseenOf(work, write, mayBeUnseen);
  await work.database.transaction(async (sql) => {
    await endWrites(sql, objectsOf(work), [
      { id: write.id, state: 'failed', recordId: null, after: null, error: null },
    ]);
    if (unseen !== null) await rememberGone(sql, work.key, side, unseen);
  });
  return false;
}

/** Whether a side may hold what no look shows: asked once, and only where it matters. */
function unseenOnce(work: SyncAtWork): (side: Side) => Promise<boolean> {
  const answers = new Map<Side, Promise<boolean>>();
  return (side) => {
    const { object, client, options } = work.sides[side];
    const asked =
      answers.get(side) ??
      call(work, async () => (await object.staysGone?.mayBeUnseen(client, options)) ?? false);
    answers.set(side, asked);
    return asked;
  };
}

/** What a create may have made though no look shows it: it is not made a second time. */
async function unseenOf(
  work: SyncAtWork,
  { side, after }: WriteRow,
  mayBeUnseen: (side: Side) => Promise<boolean>,
): Promise<GoneRecord | null> {
  const values = after ?? {};
  const id = work.sides[side].object.staysGone?.idOf(values) ?? null;
  if (id === null || !(await mayBeUnseen(side))) return null;
  return { id, values, label: id, sweep: work.row[side].sweep };
}

/**
 * Finds out what became of writes whose answer never came, or was never stored.
 *
 * @returns the keys of records that must not be made anew yet, and the sides that must be asked for it.
 */
export async function resolveOpen(work: SyncAtWork): Promise<{ held: Set<string>; ask: Set<Side> }> {
  const held = new Set<string>();
  const ask = new Set<Side>();
  await resolveCompanions(work);
  const open = await openWrites(work.database, work.key);
  const mayBeUnseen = unseenOnce(work);
  // Nobody else works on this sync: what is still "sending" was sent by a process that is no more.
  const orphans = open.filter((write) => write.state === 'sending');
  await work.database.transaction(async (sql) => {
    await endWrites(
      sql,
      objectsOf(work),
      orphans.map(({ id }) => ({ id, state: 'unknown', recordId: null, after: null, error: null })),
    );
    for (const side of ['left', 'right'] as const) {
      await markReread(
        sql,
        work.key,
        side,
        orphans.flatMap((write) => (write.side === side && write.recordId !== null ? write.recordId : [])),
      );
    }
  });
  for (const write of open) {
    if (write.operation !== 'create') {
      if (!orphans.includes(write)) await resolveKeyed(work, write);
    } else if (await resolveCreate(work, write, mayBeUnseen)) {
      if (write.fromId !== null) held.add(recordKey(otherSide(write.side), write.fromId));
      ask.add(write.side);
    }
  }
  return { held, ask };
}
