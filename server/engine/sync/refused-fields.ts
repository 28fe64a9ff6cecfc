import type { LiaisonError } from '../../core/errors.ts';
import { leaveOut } from '../../core/sync/leave-out.ts';
import type { Side } from '../../core/sync/mapping.ts';
import type { Operation } from '../../core/sync/plan.ts';
import { refuse } from '../../core/sync/values-guard.ts';
import type { FieldValues } from '../../core/sync-object.ts';
import type { SideAtWork, SyncAtWork } from './work.ts';
import type { WriteItem } from './write-item.ts';

/** Why values are not sent: each field that cannot hold its own. */
export function refusalsOf({ schema }: Pick<SideAtWork, 'schema'>, values: FieldValues): LiaisonError[] {
  return Object.entries(values).flatMap(([id, value]) => {
    const field = schema.get(id);
    return (field === undefined ? null : refuse(field, value)) ?? [];
  });
}

/** What of these values is written although some were refused; null: nothing, the record fails as a whole. */
function remainder(
  { sides, settings }: Pick<SyncAtWork, 'sides' | 'settings'>,
  side: Side,
  isNew: boolean,
  values: FieldValues,
  refusals: readonly LiaisonError[],
): FieldValues | null {
  if (refusals.length === 0) return values;
  return leaveOut({ rules: settings.rules, side, schema: sides[side].schema, isNew, values }, refusals);
}

/**
 * A write without the values that were refused, which it carries along; null when it makes no sense without
 * them. A write that takes another one back is never done by halves.
 */
export function withoutRefusedValues(
  work: Pick<SyncAtWork, 'sides' | 'settings'>,
  item: WriteItem,
  refusals: readonly LiaisonError[],
): WriteItem | null {
  if (item.of === null || item.after === null) return null;
  const { side, after } = item;
  const rest = remainder(work, side, item.operation === 'create', after, refusals);
  if (rest === null) return null;
  const left = Object.keys(after).filter((field) => !(field in rest));
  return withoutFields(work, item, left, refusals);
}

/** A write without some of its fields, and why. */
export function withoutFields(
  { settings }: Pick<SyncAtWork, 'settings'>,
  item: WriteItem,
  left: readonly string[],
  why: readonly LiaisonError[],
): WriteItem {
  const { side } = item;
  const whole = Object.entries(item.whole).flatMap(([field, value]): [string, typeof value][] => {
    if (!left.includes(field)) return [[field, value]];
    return item.before === null ? [] : [[field, item.before[field] ?? null]];
  });
  const fields = settings.rules.fields.filter((mapping) => left.includes(mapping[side]));
  const unagreed = new Set(fields.map((mapping) => mapping.left));
  const after = Object.entries(item.after ?? {}).filter(([field]) => !left.includes(field));
  return {
    ...item,
    after: Object.fromEntries(after),
    whole: Object.fromEntries(whole),
    base: Object.fromEntries(Object.entries(item.base).filter(([field]) => !unagreed.has(field))),
    refused: [...item.refused, ...why],
  };
}

/** An operation without the values that will be refused before they are sent; null when nothing is left of it. */
export function withoutRefused(
  work: Pick<SyncAtWork, 'sides' | 'settings'>,
  operation: Operation,
): { readonly operation: Operation | null; readonly refusals: readonly LiaisonError[] } {
  if (operation.kind === 'create') {
    const refusals = refusalsOf(work.sides[operation.side], operation.values);
    const values = remainder(work, operation.side, true, operation.values, refusals);
    return { operation: values === null ? null : { ...operation, values }, refusals };
  }
  if (operation.kind !== 'pair') return { operation, refusals: [] };
  const left = refusalsOf(work.sides.left, operation.toLeft);
  const right = refusalsOf(work.sides.right, operation.toRight);
  return {
    operation: {
      ...operation,
      toLeft: remainder(work, 'left', false, operation.toLeft, left) ?? {},
      toRight: remainder(work, 'right', false, operation.toRight, right) ?? {},
    },
    refusals: [...left, ...right],
  };
}
