import type { LiaisonError } from '../../core/errors.ts';
import { companionRefusal, makeCompanions } from './make-companions.ts';
import { refusalsOf, withoutRefusedValues } from './refused-fields.ts';
import type { SideAtWork, SyncAtWork } from './work.ts';
import type { WriteItem } from './write-item.ts';

/** What is sent, and what is not. */
export interface Sorted {
  readonly sendable: readonly WriteItem[];
  readonly refused: readonly { readonly item: WriteItem; readonly error: LiaisonError }[];
}

/** Takes out what is refused for, of each write; a write that makes no sense without it is refused as a whole. */
function sift(
  work: SyncAtWork,
  items: readonly WriteItem[],
  refusalsFor: (item: WriteItem) => readonly LiaisonError[],
): Sorted {
  const sendable: WriteItem[] = [];
  const refused: { item: WriteItem; error: LiaisonError }[] = [];
  for (const item of items) {
    const refusals = refusalsFor(item);
    const [error] = refusals;
    const rest = error === undefined ? item : withoutRefusedValues(work, item, refusals);
    if (rest !== null) sendable.push(rest);
    else if (error !== undefined) refused.push({ item, error });
  }
  return { sendable, refused };
}

/** Leaves out what no field can hold, before anything of it is sent. */
export const withinFields = (work: SyncAtWork, side: SideAtWork, items: readonly WriteItem[]): Sorted =>
  sift(work, items, (item) => refusalsOf(side, item.after ?? {}));

/**
 * Makes what the records need beside them, and leaves out what could not be made. A write that takes another
 * one back makes nothing.
 */
export async function withCompanions(
  work: SyncAtWork,
  passId: string,
  items: readonly WriteItem[],
): Promise<Sorted> {
  const [first] = items;
  if (first === undefined || first.of === null || first.operation === 'remove')
    return { sendable: items, refused: [] };
  const { side } = first;
  const refused = await makeCompanions(
    work,
    passId,
    side,
    items.map((item) => item.after ?? {}),
  );
  return sift(work, items, (item) => {
    const error = companionRefusal(work, side, item.after ?? {}, refused);
    return error === null ? [] : [error];
  });
}
