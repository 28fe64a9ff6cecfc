import type { VendorDesk } from '../core/simulator.ts';
import { isMembers, type Members } from '../kit/json-body.ts';
import { announceProduct } from './notify.ts';
import { type ProductRow, productTables, type VariationRow } from './product-rows.ts';
import { productView, variationView } from './product-view.ts';
import { invalid, WooRefusal } from './refusal.ts';
import { gmtText, nextNumber } from './rows.ts';

const STATUSES = ['draft', 'pending', 'private', 'publish', 'future'];
const TYPES = ['simple', 'grouped', 'external', 'variable'];

function textIn(body: Members, name: string, usual: string): string {
  const value = body[name];
  if (value === undefined) return usual;
  if (typeof value !== 'string') throw invalid(name, `${name} is not of type string.`);
  return value;
}

function choiceIn(body: Members, name: string, choices: readonly string[], usual: string): string {
  const value = textIn(body, name, usual);
  if (value !== usual && !choices.includes(value))
    throw invalid(name, `${name} is not one of ${choices.join(', ')}.`);
  return value;
}

function countIn(body: Members, usual: number | null): number | null {
  const value = body.stock_quantity;
  if (value === undefined || value === null) return usual;
  if (!Number.isInteger(Number(value)) || value === '')
    throw invalid('stock_quantity', 'stock_quantity is not of type integer.');
  return Number(value);
}

function priceIn(body: Members, usual: string): string {
  const price = textIn(body, 'regular_price', usual);
  if (price !== '' && Number.isNaN(Number(price)))
    throw invalid('regular_price', 'regular_price is not of type string.');
  return price;
}

/** No two of the whole shop have one SKU, save those in the bin. */
function skuIn(desk: VendorDesk, body: Members, id: number, usual: string): string {
  const sku = textIn(body, 'sku', usual).trim();
  if (sku === '' || sku === usual) return sku;
  const { products, variations } = productTables(desk);
  const other = [...products.all(), ...variations.all()].find(
    (row) => row.id !== id && row.status !== 'trash' && row.sku === sku,
  );
  if (other === undefined) return sku;
  throw new WooRefusal(400, 'product_invalid_sku', 'Invalid or duplicated SKU.', {
    resource_id: other.id,
    unique_sku: `${sku}-1`,
  });
}

function metaIn(desk: VendorDesk, body: Members, before: ProductRow['meta_data']): ProductRow['meta_data'] {
  if (!Array.isArray(body.meta_data)) return before;
  const given = body.meta_data.filter(isMembers).map(({ key, value }) => ({
    ...{ id: nextNumber(desk, 'item'), key: String(key), value },
  }));
  return [...before.filter(({ key }) => !given.some((one) => one.key === key)), ...given];
}

function soldFields<Row extends ProductRow | VariationRow>(desk: VendorDesk, row: Row, body: Members): Row {
  const managed = body.manage_stock === undefined ? row.manage_stock : body.manage_stock === true;
  return {
    ...row,
    status: choiceIn(body, 'status', STATUSES, row.status),
    sku: skuIn(desk, body, row.id, row.sku),
    description: textIn(body, 'description', row.description),
    regular_price: priceIn(body, row.regular_price),
    manage_stock: managed,
    // What is not counted keeps no number.
    stock_quantity: managed ? countIn(body, row.stock_quantity ?? 0) : null,
    meta_data: metaIn(desk, body, row.meta_data),
    date_modified_gmt: gmtText(desk.clock()),
  };
}

const blank = (desk: VendorDesk) => {
  const now = gmtText(desk.clock());
  return {
    id: nextNumber(desk, 'post'),
    status: 'publish',
    sku: '',
    description: '',
    regular_price: '',
    manage_stock: false,
    stock_quantity: null,
    date_created_gmt: now,
    date_modified_gmt: now,
    meta_data: [],
  };
};

export function makeProduct(desk: VendorDesk, body: Members): ProductRow {
  const made = changedProduct(desk, { ...blank(desk), name: 'Product', type: 'simple' }, body);
  return keepProduct(desk, made, 'create');
}

export const changeProduct = (desk: VendorDesk, row: ProductRow, body: Members): ProductRow =>
  keepProduct(desk, changedProduct(desk, row, body), 'update');

const changedProduct = (desk: VendorDesk, row: ProductRow, body: Members): ProductRow => ({
  ...soldFields(desk, row, body),
  name: textIn(body, 'name', row.name),
  type: choiceIn(body, 'type', TYPES, row.type),
});

export function makeVariation(desk: VendorDesk, product: ProductRow, body: Members): VariationRow {
  const attributes = Array.isArray(body.attributes) ? body.attributes.filter(isMembers) : [];
  const row: VariationRow = {
    ...blank(desk),
    product: product.id,
    attributes: attributes.map(({ id, name, option }) => ({
      ...{ id: Number(id ?? 0), name: String(name ?? ''), option: String(option ?? '') },
    })),
  };
  return keepVariation(desk, soldFields(desk, row, body), 'create');
}

export const changeVariation = (desk: VendorDesk, row: VariationRow, body: Members): VariationRow =>
  keepVariation(desk, soldFields(desk, row, body), 'update');

type Action = 'create' | 'update' | 'delete';
const EVENTS = { create: 'created', update: 'updated', delete: 'deleted' } as const;

export function keepProduct(desk: VendorDesk, row: ProductRow, action: Action): ProductRow {
  const { products } = productTables(desk);
  if (action === 'delete') products.delete(String(row.id));
  else products.put(String(row.id), row);
  const record = productView(desk, row);
  desk.wrote({
    operation: 'products',
    object: 'product',
    id: String(row.id),
    action,
    marker: row.sku,
    record,
  });
  announceProduct(desk, row.id, EVENTS[action], record);
  return row;
}

export function keepVariation(desk: VendorDesk, row: VariationRow, action: Action): VariationRow {
  const { variations } = productTables(desk);
  if (action === 'delete') variations.delete(String(row.id));
  else variations.put(String(row.id), row);
  const record = variationView(desk, row);
  desk.wrote({
    operation: 'variations',
    object: 'variation',
    id: String(row.id),
    action,
    marker: row.sku,
    record,
  });
  announceProduct(desk, row.id, EVENTS[action], record);
  return row;
}
