import type { VendorDesk } from '../core/simulator.ts';
import type { LineRow } from '../zoho-books/rows.ts';

export interface ItemRow {
  readonly item_id: string;
  readonly name: string;
  /** Empty: it has none. */
  readonly sku: string;
  readonly description: string;
  readonly unit: string;
  /** In the base currency, without tax. */
  readonly rate: number;
  readonly purchase_rate: number;
  readonly product_type: 'goods' | 'service';
  /** Whether its pieces are counted. */
  readonly track_inventory: boolean;
  readonly initial_stock: number;
  readonly reorder_level: number;
  readonly tax_id: string;
  readonly status: 'active' | 'inactive';
  readonly created: string;
  readonly modified: string;
}

export interface SalesOrderRow {
  readonly salesorder_id: string;
  readonly salesorder_number: string;
  readonly reference_number: string;
  readonly customer_id: string;
  readonly currency_id: string;
  readonly exchange_rate: number;
  /** What a person set; how far it is invoiced follows from the invoices. */
  readonly set: 'draft' | 'confirmed' | 'void';
  readonly date: string;
  readonly shipment_date: string;
  readonly lines: readonly LineRow[];
  readonly subTotalMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly adjustmentMinor: number;
  readonly adjustment: string;
  readonly notes: string;
  readonly terms: string;
  readonly created: string;
  readonly modified: string;
}

export interface AdjustmentRow {
  readonly inventory_adjustment_id: string;
  readonly date: string;
  readonly reason: string;
  readonly reference_number: string;
  readonly lines: readonly {
    readonly line_item_id: string;
    readonly item_id: string;
    /** Signed. */
    readonly quantity_adjusted: number;
  }[];
  readonly created: string;
}

export const stockTables = (desk: VendorDesk) => ({
  items: desk.table<ItemRow>('items'),
  salesOrders: desk.table<SalesOrderRow>('salesOrders'),
  adjustments: desk.table<AdjustmentRow>('adjustments'),
});

export type StockTables = ReturnType<typeof stockTables>;

/** What Inventory keeps of the organisation whose books these are; null where it stands without Inventory. */
export function stockBeside(books: VendorDesk): StockTables | null {
  try {
    return stockTables(books.other('zoho-inventory'));
  } catch {
    return null;
  }
}
