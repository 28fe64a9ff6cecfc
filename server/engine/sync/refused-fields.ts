import type { LiaisonError } from '../../core/errors.ts';
import type { Operation } from '../../core/sync/plan.ts';
import { refuse } from '../../core/sync/values-guard.ts';
import type { FieldValues } from '../../core/sync-object.ts';
import type { SideAtWork, SyncAtWork } from './work.ts';

/** Why a record is not sent with these values: the first field that cannot hold its own. Null: it can be sent. */
export function refusalOf({ schema }: Pick<SideAtWork, 'schema'>, values: FieldValues): LiaisonError | null {
  for (const [id, value] of Object.entries(values)) {
    const field = schema.get(id);
    const refusal = field === undefined ? null : refuse(field, value);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** An operation without the writes that will be refused before they are sent; null when nothing is left of it. */
export function withoutRefused(
  { sides }: Pick<SyncAtWork, 'sides'>,
  operation: Operation,
): { readonly operation: Operation | null; readonly refusals: readonly LiaisonError[] } {
  if (operation.kind === 'create') {
    const refusal = refusalOf(sides[operation.side], operation.values);
    return refusal === null ? { operation, refusals: [] } : { operation: null, refusals: [refusal] };
  }
  if (operation.kind !== 'pair') return { operation, refusals: [] };
  const left = refusalOf(sides.left, operation.toLeft);
  const right = refusalOf(sides.right, operation.toRight);
  return {
    operation: {
      ...operation,
      toLeft: left === null ? operation.toLeft : {},
      toRight: right === null ? operation.toRight : {},
    },
    refusals: [left, right].filter((refusal) => refusal !== null),
  };
}
