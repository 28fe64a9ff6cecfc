import type { VendorDesk } from '../core/simulator.ts';
import { localText } from './order-view.ts';
import { type ProductRow, productTables, type VariationRow } from './product-rows.ts';
import { shop } from './shop.ts';

const stockOf = (managed: boolean, count: number | null) => ({
  // The shop itself says null where nothing is counted, against its own description, by which it is a number or not there.
  ...(managed ? { stock_quantity: count ?? 0 } : {}),
  stock_status: !managed || (count ?? 0) > 0 ? 'instock' : 'outofstock',
  backorders: 'no',
  backorders_allowed: false,
  backordered: managed && (count ?? 0) < 0,
  low_stock_amount: null,
});

const sold = (row: ProductRow | VariationRow) => ({
  id: row.id,
  date_created: localText(row.date_created_gmt),
  date_created_gmt: row.date_created_gmt,
  date_modified: localText(row.date_modified_gmt),
  date_modified_gmt: row.date_modified_gmt,
  description: row.description,
  permalink: `${shop.address}/?p=${row.id}`,
  sku: row.sku,
  global_unique_id: '',
  price: row.regular_price,
  regular_price: row.regular_price,
  sale_price: '',
  on_sale: false,
  status: row.status,
  purchasable: row.status === 'publish' && row.regular_price !== '',
  virtual: false,
  downloadable: false,
  tax_status: 'taxable',
  tax_class: '',
  meta_data: row.meta_data,
});

/** A product as it is answered. */
export function productView(desk: VendorDesk, row: ProductRow): object {
  const variations = productTables(desk)
    .variations.all()
    .filter(({ product, status }) => product === row.id && status !== 'trash');
  return {
    ...sold(row),
    name: row.name,
    slug: row.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    type: row.type,
    featured: false,
    catalog_visibility: 'visible',
    short_description: '',
    manage_stock: row.manage_stock,
    ...stockOf(row.manage_stock, row.stock_quantity),
    attributes: [],
    parent_id: 0,
    variations: variations.map(({ id }) => id),
  };
}

/** A variation: what its product counts for it is shown with it, again for each of them. */
export function variationView(desk: VendorDesk, row: VariationRow): object {
  const product = productTables(desk).products.get(String(row.product));
  const together = !row.manage_stock && product?.manage_stock === true;
  return {
    ...sold(row),
    type: 'variation',
    manage_stock: together ? 'parent' : row.manage_stock,
    ...stockOf(row.manage_stock || together, together ? (product?.stock_quantity ?? 0) : row.stock_quantity),
    attributes: row.attributes,
    parent_id: row.product,
  };
}
