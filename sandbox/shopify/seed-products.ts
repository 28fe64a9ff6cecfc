import { goods } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { momentText, shopTables } from './rows.ts';
import { LOCATIONS, products } from './shop.ts';

/** In two formats, each counted by itself. */
const FRAME = { id: 8_210_000_000_004, title: 'Cadre Lumen' };
const FORMATS = [
  { sku: 'CAD-A3', value: 'A3', price: '29.00', available: 9 },
  { sku: 'CAD-A2', value: 'A2', price: '39.00', available: 4 },
];

/** What the shop sells, at its one place with as many pieces as the store room has. */
export function seedProducts(desk: VendorDesk): void {
  const tables = shopTables(desk);
  const updatedAt = momentText(desk.clock());
  const [first] = LOCATIONS;
  const product = (id: number, title: string): void => {
    const handle = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const descriptionHtml = `<p>${title.replaceAll('&', '&amp;')}</p>`;
    tables.products.put(String(id), { id, title, handle, descriptionHtml, status: 'ACTIVE', updatedAt });
  };
  const variant = (
    at: number,
    row: { product: number; sku: string; price: string; available: number; value?: string },
  ) => {
    const id = 46_100_000_000_001 + at;
    tables.variants.put(String(id), {
      ...{
        id,
        product: row.product,
        sku: row.sku,
        price: row.price,
        item: id + 900_000,
        tracked: true,
        updatedAt,
      },
      option: row.value === undefined ? null : { name: 'Format', value: row.value },
      levels: { [first.id]: { available: row.available, at: updatedAt } },
    });
  };
  for (const [at, { sku, title, price }] of products.entries()) {
    const id = 8_210_000_000_001 + at;
    product(id, title);
    variant(at, { product: id, sku, price, available: goods.find(({ code }) => code === sku)?.stock ?? 0 });
  }
  product(FRAME.id, FRAME.title);
  for (const [at, one] of FORMATS.entries()) variant(products.length + at, { product: FRAME.id, ...one });
}
