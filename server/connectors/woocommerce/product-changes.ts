import { z } from 'zod';
import type { Changes, ChangesWish, FieldValue } from '../../core/sync-object.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import type { WooCommerceClient } from './client.ts';
import { VENDOR } from './failures.ts';
import { isSoldAlone, recordOf, type Sold } from './product-record.ts';
import type { WooProduct } from './product-shape.ts';

const cursorSchema = z.object({
  /** Of the list of all products: the one to read next. The first again once all were read. */
  page: z.number().int().positive(),
  currency: z.string().nullable(),
});

/**
 * Everything that the shop sells, read from the beginning at each look: what is sold moves no date of a product that
 * could be asked for, and a variation none of its product's.
 */
export async function productChanges(
  client: WooCommerceClient,
  { cursor, fields }: ChangesWish,
): Promise<Changes> {
  const { page, currency: known } = storedCursor(cursorSchema, cursor, VENDOR) ?? { page: 1, currency: null };
  const currency = page > 1 && known !== null ? known : await client.currency();
  const { products, isLast } = await client.productPage(page);
  const sold: Sold[] = [];
  for (const product of products) sold.push(...(await soldAs(client, product)));
  const next: FieldValue = isLast ? { page: 1, currency: null } : { page: page + 1, currency };
  return {
    records: sold.map((one) => recordOf(one, fields, currency)),
    deleted: [],
    cursor: next,
    more: !isLast,
  };
}

/** What is sold of a product: itself, or its variations, and itself beside them where it counts their pieces. */
export async function soldAs(client: WooCommerceClient, product: WooProduct): Promise<Sold[]> {
  const alone = isSoldAlone(product) ? [{ product, variation: null }] : [];
  if (product.type !== 'variable') return alone;
  const variations = await client.variationsOf(String(product.id));
  return [...alone, ...variations.map((variation) => ({ product, variation }))];
}

/** Those of these that are there, in no order. */
export async function soldById(
  client: WooCommerceClient,
  ids: readonly string[],
): Promise<Map<string, Sold>> {
  const wanted = new Set(ids);
  const products = await client.productsById([...new Set(ids.map((id) => id.split('/')[0] ?? ''))]);
  const found = new Map<string, Sold>();
  for (const product of products) {
    if (wanted.has(String(product.id)) && isSoldAlone(product))
      found.set(String(product.id), { product, variation: null });
    if (![...wanted].some((id) => id.startsWith(`${product.id}/`))) continue;
    for (const variation of await client.variationsOf(String(product.id))) {
      const id = `${product.id}/${variation.id}`;
      if (wanted.has(id)) found.set(id, { product, variation });
    }
  }
  return found;
}
