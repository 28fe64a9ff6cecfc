import { isSoldAlone, recordOf } from './product-record.ts';
import { productSchema, variationSchema } from './product-shape.ts';

const FIELDS = ['sku', 'name', 'description', 'regular_price', 'stock_quantity'];
const product = (more: object) =>
  productSchema.parse({ id: 7, name: 'T-shirt &amp; co', type: 'variable', status: 'publish', ...more });
const variation = (more: object) => variationSchema.parse({ id: 8, status: 'publish', ...more });
const read = (of: object, one: object | null) =>
  recordOf({ product: product(of), variation: one === null ? null : variation(one) }, FIELDS, 'EUR');

it('a variation that is counted at its product has no count of its own, and its product has it once', () => {
  const parent = { sku: 'TSHIRT', manage_stock: true, stock_quantity: 7 };
  const one = read(parent, { sku: '', manage_stock: 'parent', stock_quantity: null });
  expect(one.values.stock_quantity).toBeNull();
  expect(one.withheld?.stock_quantity?.en).toContain('for all its variations together');
  expect(one.values.sku).toBeNull();
  expect(isSoldAlone(product(parent))).toBe(true);
  expect(read(parent, null).values).toMatchObject({ stock_quantity: 7, sku: 'TSHIRT', regular_price: null });
  expect(isSoldAlone(product({ sku: 'TSHIRT', manage_stock: false }))).toBe(false);
});

it('less than none stays as it is', () => {
  const one = read({}, { sku: 'TSHIRT-L', manage_stock: true, stock_quantity: -2, backorders: 'notify' });
  expect(one.values.stock_quantity).toBe(-2);
  expect(one.withheld).toBeUndefined();
});

it('is named as people read it, with what is chosen of it', () => {
  const attributes = [{ option: 'Rouge' }, { option: 'L' }];
  expect(read({}, { attributes }).values.name).toBe('T-shirt & co – Rouge, L');
});

it.each(['draft', 'pending', 'private'])('takes no part while it is %s', (status) => {
  expect(read({ status, type: 'simple' }, null).excluded).toBeDefined();
  expect(read({}, { status }).excluded).toBeDefined();
});

it('a sale is another state of it, whatever its dates say', () => {
  const state = (count: number) =>
    read({ type: 'simple', manage_stock: true, stock_quantity: count }, null).version;
  expect(state(3)).not.toBe(state(2));
  expect(state(3)).toBe(state(3));
});

it('a variation without a SKU does not go by its product’s, which the shop shows for it', () => {
  const one = read({ sku: 'TSHIRT' }, { sku: 'TSHIRT' });
  expect(one.values.sku).toBeNull();
  expect(one.label).toBe('T-shirt & co');
});
