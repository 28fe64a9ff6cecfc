import { withoutFields } from './refused-fields.ts';
import type { Sent } from './send-batch.ts';
import type { SyncAtWork } from './work.ts';
import type { WriteItem } from './write-item.ts';

/** Of a change that was written in part, that part: it can be taken back, and the rest is not agreed on. */
export function doneOf(work: SyncAtWork, one: Sent): Sent {
  const { item, outcome } = one;
  if (!outcome.ok || outcome.unwritten === undefined) return one;
  const { fields, error } = outcome.unwritten;
  const isNothing = Object.keys(item.after ?? {}).every((field) => fields.includes(field));
  if (isNothing) return { ...one, outcome: { ok: false, error } };
  return { ...one, item: withoutFields(work, item, fields, [error]) };
}

/** What of the rest may have been written all the same; null: nothing. */
export function doubtfulOf(work: SyncAtWork, { item, outcome }: Sent): WriteItem | null {
  const doubtful = outcome.ok ? (outcome.unwritten?.inDoubt ?? []) : [];
  if (doubtful.length === 0) return null;
  const others = Object.keys(item.after ?? {}).filter((field) => !doubtful.includes(field));
  return withoutFields(work, item, others, []);
}
