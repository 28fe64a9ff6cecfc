import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { announceProduct } from './notify.ts';
import { momentText, type ProductRow, shopTables, type VariantRow } from './rows.ts';

/** What the shop's people edit of a product, which is found by the SKU of one of its variants. */
export const productWish = z.strictObject({
  act: z.literal('product'),
  sku: z.string().min(1),
  title: z.string().optional(),
  status: z.enum(['ACTIVE', 'ARCHIVED', 'DRAFT']).optional(),
  /** Of this variant, with tax, as decimal text. */
  price: z.string().optional(),
});

/** @throws Error with a sentence where nothing is sold under the SKU. */
function foundBy(desk: VendorDesk, sku: string): { variant: VariantRow; product: ProductRow } {
  const { products, variants } = shopTables(desk);
  const variant = variants.all().find((one) => one.sku === sku);
  const product = products.get(String(variant?.product));
  if (!variant || !product) throw new Error(`The shop sells no ${sku}.`);
  return { variant, product };
}

export function editProduct(desk: VendorDesk, wish: z.output<typeof productWish>): ProductRow {
  const { products, variants } = shopTables(desk);
  const { variant, product } = foundBy(desk, wish.sku);
  const updatedAt = momentText(desk.clock());
  const { title = product.title, status = product.status, price = variant.price } = wish;
  const kept: ProductRow = { ...product, title, status, updatedAt };
  variants.put(String(variant.id), { ...variant, price, updatedAt });
  products.put(String(kept.id), kept);
  announceProduct(desk, kept, 'update');
  return kept;
}

/** For good, with its variants: only a webhook tells. */
export function deleteProduct(desk: VendorDesk, sku: string): ProductRow {
  const { products, variants } = shopTables(desk);
  const { product } = foundBy(desk, sku);
  for (const { id } of variants.all().filter((one) => one.product === product.id))
    variants.delete(String(id));
  products.delete(String(product.id));
  announceProduct(desk, product, 'delete');
  return product;
}
