import { goods } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { productTables } from './product-rows.ts';
import { gmtText } from './rows.ts';
import { shopProducts } from './shop.ts';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'AFF-A2': '<p>Affiche A2, papier 160&nbsp;g.</p>\n<p>Imprimée à Lyon.</p>',
  'CAR-LUM': '<p>Carnet de 96 pages, <strong>cousu</strong>.</p>',
  'LIV-TYP': '<p>Un livre de typographie.</p>',
};

/** Sold in two sizes, each counted by itself. */
const SHIRT = { id: 20, name: 'T-shirt Lumen', sku: 'TSH' };
const SIZES = [
  { id: 21, sku: 'TSH-M', option: 'M', stock: 12 },
  { id: 22, sku: 'TSH-L', option: 'L', stock: 7 },
];

/** What the shop sells, with as many pieces as the store room has. */
export function seedProducts(desk: VendorDesk): void {
  const { products, variations } = productTables(desk);
  const now = gmtText(desk.clock());
  const blank = {
    status: 'publish',
    description: '',
    meta_data: [],
    date_created_gmt: now,
    date_modified_gmt: now,
  };
  const counted = { manage_stock: true, type: 'simple' };
  for (const { id, sku, name, priceMinor } of shopProducts)
    products.put(String(id), {
      ...{ ...blank, ...counted, id, sku, name },
      description: DESCRIPTIONS[sku] ?? '',
      regular_price: (priceMinor / 100).toFixed(2),
      stock_quantity: goods.find(({ code }) => code === sku)?.stock ?? 0,
    });
  const uncounted = { manage_stock: false, stock_quantity: null };
  const gift = { id: 13, sku: 'EMB', name: 'Emballage cadeau', type: 'simple', regular_price: '3.00' };
  products.put('13', { ...blank, ...uncounted, ...gift });
  const draft = { id: 14, sku: 'CAR-HIV', name: 'Carnet d’hiver', regular_price: '13.50', stock_quantity: 0 };
  products.put('14', { ...blank, ...counted, ...draft, status: 'draft' });
  products.put('20', { ...blank, ...uncounted, ...SHIRT, type: 'variable', regular_price: '' });
  for (const { id, sku, option, stock } of SIZES)
    variations.put(String(id), {
      ...{ ...blank, id, sku, product: SHIRT.id, regular_price: '25.00' },
      ...{ manage_stock: true, stock_quantity: stock },
      attributes: [{ id: 0, name: 'Taille', option }],
    });
}
