import type { VendorDesk } from '../core/simulator.ts';

interface SoldRow {
  readonly id: number;
  readonly status: string;
  readonly sku: string;
  /** As HTML. */
  readonly description: string;
  /** Decimal text, with tax; empty: it has none. */
  readonly regular_price: string;
  /** Null where it is not counted. */
  readonly stock_quantity: number | null;
  readonly date_created_gmt: string;
  readonly date_modified_gmt: string;
  readonly meta_data: readonly { readonly id: number; readonly key: string; readonly value: unknown }[];
}

export interface ProductRow extends SoldRow {
  readonly name: string;
  readonly type: string;
  readonly manage_stock: boolean;
}

export interface VariationRow extends SoldRow {
  readonly product: number;
  /** False where the product counts for it, or nobody does. */
  readonly manage_stock: boolean;
  readonly attributes: readonly { readonly id: number; readonly name: string; readonly option: string }[];
}

export const productTables = (desk: VendorDesk) => ({
  products: desk.table<ProductRow>('products'),
  variations: desk.table<VariationRow>('variations'),
  /** Orders that have taken their pieces, by number. */
  taken: desk.table<{ readonly order: number }>('taken'),
});
