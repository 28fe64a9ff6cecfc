import { notKept, notKeptError } from '../../core/sync/not-kept.ts';
import { withoutRefusedValues } from './refused-fields.ts';
import type { Sent } from './send-batch.ts';
import type { SyncAtWork } from './work.ts';

/**
 * Of a change that was answered as done, what the answer shows to be as it was before counts as refused: the
 * two sides do not agree on it.
 */
export function keptOnly(work: SyncAtWork, one: Sent): Sent {
  const { item, outcome } = one;
  const { side, before, after } = item;
  if (!outcome.ok || outcome.values === undefined || item.operation !== 'update') return one;
  if (before === null || after === null || item.of === null) return one;
  const { object, schema } = work.sides[side];
  const { rules } = work.settings;
  const { values: shown, leftAlone = [] } = outcome;
  const lost = notKept({ rules, side, schema, before, sent: after, shown }).filter(
    (mapping) => !leftAlone.includes(mapping[side]),
  );
  const errors = lost.map((mapping) => {
    const field = mapping[side];
    return notKeptError(
      object.connector.titles,
      field,
      schema.get(field)?.titles ?? { en: field, fr: field },
    );
  });
  const [first] = errors;
  if (first === undefined) return one;
  const rest = withoutRefusedValues(work, item, errors);
  return rest === null ? { ...one, outcome: { ok: false, error: first } } : { ...one, item: rest };
}
