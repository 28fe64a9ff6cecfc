import type { LiaisonError } from '../../core/errors.ts';
import { otherSide, type Side, type SyncRules } from '../../core/sync/mapping.ts';
import { type Base, baseFor, type Operation } from '../../core/sync/plan.ts';
import type { FieldValues } from '../../core/sync-object.ts';
import type { NewWrite, WriteOperation } from '../../store/sync-writes.ts';
import { type PlannedWork, recordKey } from './plan-work.ts';

/** One record to be written on one side, for one operation of the plan. */
export interface WriteItem {
  readonly side: Side;
  readonly operation: WriteOperation;
  /** What the plan wants; null for a write that takes another one back. */
  readonly of: Operation | null;
  readonly recordId: string | null;
  /** The record of the other side that it comes from. */
  readonly fromId: string | null;
  readonly linkId: string | null;
  readonly version: string | null;
  readonly before: FieldValues | null;
  /** What is sent: of an update, only the fields that change. */
  readonly after: FieldValues | null;
  readonly whole: FieldValues;
  readonly base: Base;
  readonly label: string;
  readonly marker: string | null;
  /** Why values of it are not written; the rest of it is. */
  readonly refused: readonly LiaisonError[];
}

const picked = (values: FieldValues, fields: FieldValues): FieldValues =>
  Object.fromEntries(Object.keys(fields).map((field) => [field, values[field] ?? null]));

function updateOf(operation: Operation & { kind: 'pair' }, side: Side, planned: PlannedWork): WriteItem[] {
  const [id, fromId, patch] =
    side === 'left'
      ? [operation.leftId, operation.rightId, operation.toLeft]
      : [operation.rightId, operation.leftId, operation.toRight];
  const row = planned.records.get(recordKey(side, id));
  if (row === undefined || Object.keys(patch).length === 0) return [];
  return [
    {
      side,
      operation: 'update',
      of: operation,
      recordId: id,
      fromId,
      linkId: operation.linkId,
      version: row.version,
      before: picked(row.values, patch),
      after: patch,
      whole: { ...row.values, ...patch },
      base: operation.base,
      label: row.label,
      marker: null,
      refused: [],
    },
  ];
}

/** The records that one operation writes. */
export function writesOf(operation: Operation, planned: PlannedWork, newId: () => string): WriteItem[] {
  if (operation.kind === 'pair') {
    return [...updateOf(operation, 'left', planned), ...updateOf(operation, 'right', planned)];
  }
  if (operation.kind === 'create') {
    const { side, from, values, base } = operation;
    const label = planned.records.get(recordKey(otherSide(side), from))?.label ?? '';
    const fields = { before: null, after: values, whole: values, base, label, marker: newId(), refused: [] };
    return [
      {
        side,
        operation: 'create',
        of: operation,
        recordId: null,
        fromId: from,
        linkId: null,
        version: null,
        ...fields,
      },
    ];
  }
  if (operation.kind === 'remove') {
    const { side, id, linkId } = operation;
    const row = planned.records.get(recordKey(side, id));
    const link = planned.links.get(linkId);
    const fromId = (side === 'left' ? link?.rightId : link?.leftId) ?? null;
    const values = row?.values ?? {};
    return [
      {
        side,
        operation: 'remove',
        of: operation,
        recordId: id,
        fromId,
        linkId,
        version: row?.version ?? null,
        before: values,
        after: null,
        whole: values,
        base: {},
        label: row?.label ?? '',
        marker: null,
        refused: [],
      },
    ];
  }
  return [];
}

/** As it is remembered before it is sent. */
export const asNewWrite =
  ({ fields }: SyncRules) =>
  (item: WriteItem): NewWrite => ({
    linkId: item.linkId,
    side: item.side,
    recordId: item.recordId,
    fromId: item.fromId,
    operation: item.operation,
    before: item.before,
    after: item.after,
    marker: item.marker,
    agreed: agreedOf(fields, item),
  });

function agreedOf(fields: SyncRules['fields'], { operation, of, side, after, base }: WriteItem): Base | null {
  if (operation !== 'update' || of === null) return null;
  return baseFor(
    base,
    fields.filter((field) => field[side] in (after ?? {})),
  );
}
