import type { ShopUnderTest } from './shops.ts';

type Truth = ReturnType<ShopUnderTest['truth']>;
/** Pieces by code. */
export type Pieces = Readonly<Record<string, number>>;

/** How the pieces of a lot of orders are taken: by no document, by a sales order and its invoice, or as the shop takes them. */
export const KEEPINGS = {
  none: { documents: 'invoice', stock: 'documents' },
  documents: { documents: 'order-and-invoice', stock: 'documents' },
  shop: { documents: 'invoice', stock: 'shop' },
} as const;
export type Keeping = keyof typeof KEEPINGS;

/** What an order took by its end, and what it only keeps. @param isInvoiced an invoice of it stands in Books. */
function ownPieces(keeping: Keeping, truth: Truth, isInvoiced: boolean): { taken: Pieces; kept: Pieces } {
  const ordered: Record<string, number> = {};
  for (const { sku, quantity } of truth.lines) ordered[sku] = (ordered[sku] ?? 0) + quantity;
  const left = Object.fromEntries(
    Object.entries(ordered).map(([sku, pieces]) => [sku, pieces - (truth.returned[sku] ?? 0)]),
  );
  switch (keeping) {
    case 'none':
      return { taken: {}, kept: {} };
    case 'shop':
      return { taken: truth.isCancelled || truth.isUndone ? {} : left, kept: {} };
    case 'documents':
      if (!isInvoiced) return { taken: {}, kept: truth.isCancelled ? {} : ordered };
      // Money for all of it at once is for all of its pieces; in parts, for those that it names.
      return { taken: truth.isAllAtOnce ? {} : left, kept: {} };
  }
}

/** How the stock of each code must have moved by what was sold. */
export function soldBy(
  keeping: Keeping,
  orders: readonly { readonly truth: Truth; readonly isInvoiced: boolean }[],
  codes: readonly string[],
): Readonly<Record<string, { readonly hand: number; readonly free: number }>> {
  const own = orders.map(({ truth, isInvoiced }) => ownPieces(keeping, truth, isInvoiced));
  const sum = (of: 'taken' | 'kept', sku: string): number =>
    own.reduce((all, pieces) => all + (pieces[of][sku] ?? 0), 0);
  return Object.fromEntries(
    codes.map((sku) => [
      sku,
      { hand: 0 - sum('taken', sku), free: 0 - sum('taken', sku) - sum('kept', sku) },
    ]),
  );
}
