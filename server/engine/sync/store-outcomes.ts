import type { LiaisonError } from '../../core/errors.ts';
import { canonical } from '../../core/sync/canonical.ts';
import { otherSide, type Side } from '../../core/sync/mapping.ts';
import { matchKeysOf } from '../../core/sync/match.ts';
import { baseWithStored } from '../../core/sync/merge.ts';
import { type Base, baseFor } from '../../core/sync/plan.ts';
import type { FieldValues } from '../../core/sync-object.ts';
import type { Sql } from '../../store/database.ts';
import { storable } from '../../store/storable.ts';
import { insertLinks, mergeBases, removeLinks } from '../../store/sync-links.ts';
import {
  markReread,
  type RecordFailure,
  saveFailures,
  saveRemoved,
  saveWritten,
  settle,
  type WrittenRecord,
} from '../../store/sync-records.ts';
import { endWrites, type WriteEnd } from '../../store/sync-writes.ts';
import { saveSync, sideChange } from '../../store/syncs.ts';
import { judge } from '../retry-policy.ts';
import { storedError } from '../stored-error.ts';
import { keptOnly } from './kept-values.ts';
import { recordKey } from './plan-work.ts';
import type { Sent } from './send-batch.ts';
import { objectsOf, type SyncAtWork } from './work.ts';

/** What a chunk of work has come to so far: which records failed, and what the vendors made of the others. */
export interface Tally {
  /** By `recordKey`: failed, or to be read again first. */
  readonly failed: Set<string>;
  /** By `recordKey`: the values that a vendor says it stored. */
  readonly stored: Map<string, FieldValues>;
  done: number;
  /** Of those done, how many the pass in hand already shows. */
  shown: number;
}

export const newTally = (): Tally => ({ failed: new Set(), stored: new Map(), done: 0, shown: 0 });

function writtenRecord(work: SyncAtWork, side: Side, one: Sent & { outcome: { ok: true } }): WrittenRecord {
  const answered = one.outcome.values ?? {};
  const values = storable({ ...one.item.whole, ...answered });
  return {
    id: one.outcome.id,
    version: one.outcome.version,
    values,
    label: one.item.label,
    keys: matchKeysOf(work.settings.rules, side, values),
    sweep: work.row[side].sweep,
    unshown: Object.keys(one.item.after ?? {}).filter((field) => !(field in answered)),
    made: one.item.operation === 'create' && work.sides[side].filter !== null,
  };
}

/** A failure is the business of the record whose change could not be carried over, and of its counterpart. */
function failuresOf(work: SyncAtWork, one: Sent, error: LiaisonError, attempt: number): RecordFailure[] {
  const { item } = one;
  const now = work.timing.now();
  const verdict = judge(error, attempt, now, work.timing.random);
  const isStale = error.kind === 'conflict' || error.kind === 'gone';
  const retryIn = isStale && attempt < 8 ? 0 : verdict.kind === 'shelve' ? null : (verdict.at - now) / 1_000;
  const failure = { error: storable(storedError(error)), retryIn };
  const failures: RecordFailure[] = [];
  if (item.fromId !== null) {
    failures.push({ side: otherSide(item.side), id: item.fromId, reread: false, ...failure });
  }
  const id = one.outcome.ok ? one.outcome.id : item.recordId;
  if (id !== null) failures.push({ side: item.side, id, reread: isStale, ...failure });
  return failures;
}

async function storeCreated(
  sql: Sql,
  work: SyncAtWork,
  made: readonly (Sent & { outcome: { ok: true } })[],
): Promise<void> {
  const links = made.flatMap(({ item, outcome }) => {
    if (item.fromId === null) return [];
    const [leftId, rightId] = item.side === 'left' ? [outcome.id, item.fromId] : [item.fromId, outcome.id];
    const { rules } = work.settings;
    const whole = baseWithStored(rules, item.base, item.side, { ...item.whole, ...outcome.values });
    // What was left alone the two sides never agreed on: once both have it, they meet for the first time.
    const { leftAlone = [] } = outcome;
    const apart = new Set(
      rules.fields.flatMap((field) => (leftAlone.includes(field[item.side]) ? field.left : [])),
    );
    const base = Object.fromEntries(Object.entries(whole).filter(([left]) => !apart.has(left)));
    return [{ leftId, rightId, base, conflicts: null }];
  });
  if (links.length > 0) await insertLinks(sql, work.key, links);
  for (const side of ['left', 'right'] as const) {
    const from = made.flatMap(({ item }) =>
      otherSide(item.side) === side && item.fromId !== null && item.refused.length === 0 ? item.fromId : [],
    );
    await settle(sql, work.key, side, from);
  }
}

/** What each written pair agrees on by that write alone: another of its writes may yet fail. */
function agreedFields(
  work: SyncAtWork,
  written: readonly (Sent & { outcome: { ok: true } })[],
): { id: string; base: Base }[] {
  const { rules } = work.settings;
  return written.flatMap(({ item, outcome }) => {
    if (item.linkId === null || item.of === null) return [];
    const fields = rules.fields.filter((field) => field[item.side] in (item.after ?? {}));
    const whole = baseWithStored(rules, item.base, item.side, outcome.values ?? {});
    return [{ id: item.linkId, base: baseFor(whole, fields) }];
  });
}

async function storeRemoved(
  sql: Sql,
  work: SyncAtWork,
  gone: readonly (Sent & { outcome: { ok: true } })[],
): Promise<void> {
  await removeLinks(
    sql,
    gone.flatMap(({ item }) => item.linkId ?? []),
  );
  for (const side of ['left', 'right'] as const) {
    const removed = gone.flatMap(({ item }) =>
      item.side === side && item.recordId !== null ? item.recordId : [],
    );
    await saveRemoved(sql, work.key, side, removed);
    const from = gone.flatMap(({ item }) =>
      otherSide(item.side) === side && item.fromId !== null ? item.fromId : [],
    );
    await settle(sql, work.key, side, from);
  }
}

/**
 * Of a changed record, only what was sent: a vendor that answers with all of it may show what somebody else
 * changed meanwhile, which is theirs, and is carried over when the next look finds it.
 */
function oursOnly(one: Sent): Sent {
  const { item, outcome } = one;
  if (!outcome.ok || outcome.values === undefined || item.operation !== 'update') return one;
  const sent = Object.entries(outcome.values).filter(([field]) => item.after !== null && field in item.after);
  return { ...one, outcome: { ...outcome, values: Object.fromEntries(sent) } };
}

/** What a look met on a side before we wrote there says nothing of what stands there since. */
async function passOverNothing(sql: Sql, work: SyncAtWork, side: Side): Promise<void> {
  const state = work.row[side];
  const cursor = work.sides[side].object.afterWrite?.(state.cursor) ?? state.cursor;
  if (cursor === state.cursor) return;
  const next = { ...state, cursor };
  await saveSync(sql, work.key, sideChange(side, next));
  work.row = { ...work.row, [side]: next };
}

/** Keeps what became of one batch, in one transaction: the journal, the records, their links. */
export async function storeOutcomes(
  work: SyncAtWork,
  answered: readonly Sent[],
  attempts: (side: Side, id: string) => number,
  tally: Tally,
): Promise<void> {
  const sent = answered.map((one) => keptOnly(work, oursOnly(one)));
  const done = sent.filter((one): one is Sent & { outcome: { ok: true } } => one.outcome.ok);
  const failures = sent.flatMap((one) => {
    const { item } = one;
    const error = one.outcome.ok ? item.refused[0] : one.outcome.error;
    if (error === undefined) return [];
    const tried = item.fromId === null ? 0 : attempts(otherSide(item.side), item.fromId);
    return failuresOf(work, one, error, tried);
  });
  const of = (operation: string) => done.filter(({ item }) => item.operation === operation);
  await work.database.transaction(async (sql) => {
    await endWrites(
      sql,
      objectsOf(work),
      sent.flatMap(({ writeId, outcome, item }): WriteEnd[] => {
        if (writeId === null) return [];
        return outcome.ok
          ? [
              {
                id: writeId,
                state: 'done',
                recordId: outcome.id,
                after: storable(item.after),
                error: null,
                label: item.label,
              },
            ]
          : [
              {
                id: writeId,
                state: 'failed',
                recordId: null,
                after: null,
                error: storable(storedError(outcome.error)),
              },
            ];
      }),
    );
    for (const side of ['left', 'right'] as const) {
      const written = [...of('create'), ...of('update')].filter(({ item }) => item.side === side);
      await saveWritten(
        sql,
        work.key,
        side,
        written.map((one) => writtenRecord(work, side, one)),
      );
    }
    for (const side of new Set(done.map(({ item }) => item.side))) await passOverNothing(sql, work, side);
    await mergeBases(sql, agreedFields(work, of('update')));
    await storeCreated(sql, work, of('create'));
    await storeRemoved(sql, work, of('remove'));
    await saveFailures(sql, work.key, failures);
    for (const side of ['left', 'right'] as const) {
      await markReread(
        sql,
        work.key,
        side,
        failures.flatMap((one) => (one.reread && one.side === side ? one.id : [])),
      );
    }
  });
  tally.done += done.length;
  for (const failure of failures) tally.failed.add(recordKey(failure.side, failure.id));
  for (const { item, outcome } of done) {
    if (outcome.values !== undefined) tally.stored.set(recordKey(item.side, outcome.id), outcome.values);
  }
}

/** A link's base for records that are known to hold these values now. */
export function baseOf(work: SyncAtWork, left: FieldValues, right: FieldValues) {
  const { fields, country } = work.settings.rules;
  return Object.fromEntries(
    fields.map((field) => [
      field.left,
      {
        left: canonical(field.kind, left[field.left], country),
        right: canonical(field.kind, right[field.right], country),
      },
    ]),
  );
}
