import type { Books } from '../zoho-books/books.ts';
import { taxes } from '../zoho-books/settings-data.ts';
import { LOCATION } from './place.ts';
import type { ItemRow, StockTables } from './rows.ts';
import { committed, onHand } from './stock.ts';

/** An item as lists and single answers show it. What is not counted has empty texts where others have numbers. */
export function itemView(books: Books, stock: StockTables, row: ItemRow) {
  const { initial_stock: _, created, modified, ...said } = row;
  const tax = taxes.find(({ tax_id }) => tax_id === row.tax_id);
  const counted = row.track_inventory ? onHand(books, stock, row.item_id) : null;
  const free = counted === null ? null : counted - committed(books, stock, row.item_id);
  const available = free === null ? '' : Number(free.toFixed(6));
  return {
    ...said,
    group_id: '',
    group_name: '',
    source: 'user',
    item_type: row.track_inventory ? 'inventory' : 'sales',
    is_taxable: true,
    is_combo_product: false,
    tax_name: tax?.tax_name ?? '',
    tax_percentage: tax?.tax_percentage ?? 0,
    purchase_description: '',
    image_name: '',
    image_type: '',
    custom_fields: [],
    stock_on_hand: counted ?? '',
    available_stock: counted ?? '',
    actual_available_stock: available,
    locations:
      counted === null
        ? []
        : [
            {
              ...LOCATION,
              status: 'active',
              is_primary: true,
              location_stock_on_hand: String(counted),
              location_available_stock: String(counted),
              location_actual_available_stock: String(available),
            },
          ],
    created_time: created,
    last_modified_time: modified,
  };
}

/** An item as a page of them shows it. */
export function listedItem(books: Books, stock: StockTables, row: ItemRow): object {
  const { track_inventory: _tracked, unit: _unit, ...listed } = itemView(books, stock, row);
  return listed;
}

const NOT_TOGETHER = [
  'group_id',
  'group_name',
  'source',
  'is_combo_product',
  'track_inventory',
  'created_time',
  'last_modified_time',
  'stock_on_hand',
  'available_stock',
  'actual_available_stock',
];

const NOT_WRITTEN = [
  'is_combo_product',
  'created_time',
  'last_modified_time',
  'stock_on_hand',
  'available_stock',
  'actual_available_stock',
];

const without = (names: readonly string[], view: object): object =>
  Object.fromEntries(Object.entries(view).filter(([name]) => !names.includes(name)));

/** An item as many are read together: its stock is told by place alone. */
export const itemDetail = (books: Books, stock: StockTables, row: ItemRow): object =>
  without(NOT_TOGETHER, itemView(books, stock, row));

/** An item as a write of it is answered: its stock is told by place as well. */
export const writtenItem = (books: Books, stock: StockTables, row: ItemRow): object =>
  without(NOT_WRITTEN, itemView(books, stock, row));
