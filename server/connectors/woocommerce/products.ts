import { z } from 'zod';
import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { PAGE, type WooCall } from './api.ts';
import { ofOne } from './failures.ts';
import {
  currencySchema,
  MARKER_KEY,
  PRODUCT_FIELDS,
  productSchema,
  variationSchema,
  type WooProduct,
  type WooVariation,
} from './product-shape.ts';

/** What becomes of one product of a batch. */
export type ProductResult =
  | { readonly ok: true; readonly product: WooProduct }
  | {
      readonly ok: false;
      readonly error: LiaisonError;
      /** The product that has the SKU already, where it was refused for that. */
      readonly takenBy: string | null;
    };

const refusedSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().catch(''),
    data: z.object({ resource_id: z.number().optional() }).partial().nullish().catch(null),
  }),
});
const results = z
  .array(z.union([refusedSchema, productSchema]))
  .nullish()
  .transform((all) => all ?? []);
const batchSchema = z.object({ create: results, update: results });

const SKU_TAKEN = new Set(['product_invalid_sku', 'woocommerce_product_invalid_sku']);

function resultOf(one: z.output<typeof results>[number]): ProductResult {
  if (!('error' in one)) return { ok: true, product: one };
  const { code, message, data } = one.error;
  const isTaken = SKU_TAKEN.has(code);
  const details = { vendorMessage: `${code}: ${message}`, ...(isTaken ? { field: 'sku' } : {}) };
  return {
    ok: false,
    error: ofOne({ codes: [code], details }),
    takenBy: isTaken && data?.resource_id !== undefined ? String(data.resource_id) : null,
  };
}

const READ = { include_meta: MARKER_KEY, _fields: PRODUCT_FIELDS };

export function productCalls(call: WooCall) {
  const products = z.array(productSchema);
  const variations = z.array(variationSchema);
  const of = (product: string) => `/products/${encodeURIComponent(product)}/variations`;

  return {
    /** Products of whatever state but those in the bin, in the order they were made in. */
    async productPage(page: number): Promise<{ products: WooProduct[]; isLast: boolean }> {
      const query = { ...READ, status: 'any', orderby: 'id', order: 'asc', per_page: PAGE, page };
      const { data } = await call({ path: '/products', query }, products);
      return { products: data, isLast: data.length < PAGE };
    },

    /** Those of these products that are there and not in the bin. At most a hundred. */
    async productsById(ids: readonly string[]): Promise<WooProduct[]> {
      if (ids.length === 0) return [];
      const query = { ...READ, status: 'any', include: ids.join(','), per_page: PAGE };
      return (await call({ path: '/products', query }, products)).data;
    },

    /** All variations of a product; none of one that is gone. */
    async variationsOf(product: string): Promise<WooVariation[]> {
      const all: WooVariation[] = [];
      for (let page = 1; ; page += 1) {
        const query = { ...READ, status: 'any', orderby: 'id', order: 'asc', per_page: PAGE, page };
        const found = await ifGone(
          async () => (await call({ path: of(product), query }, variations)).data,
          [],
        );
        all.push(...found);
        if (found.length < PAGE) return all;
      }
    },

    /** Makes products in one call, which succeeds as a whole; what became of each is told in order. At most a hundred. */
    async makeProducts(wishes: readonly object[]): Promise<ProductResult[]> {
      const json = { create: wishes };
      const { data } = await call({ method: 'POST', path: '/products/batch', json }, batchSchema);
      return data.create.map(resultOf);
    },

    /** The same of changes, each with its `id`. */
    async changeProducts(changes: readonly object[]): Promise<ProductResult[]> {
      const json = { update: changes };
      const { data } = await call({ method: 'POST', path: '/products/batch', json }, batchSchema);
      return data.update.map(resultOf);
    },

    async changeVariation(product: string, id: string, change: object): Promise<WooVariation> {
      const path = `${of(product)}/${encodeURIComponent(id)}`;
      return (await call({ method: 'PUT', path, json: change }, variationSchema)).data;
    },

    /** Puts a product, or a variation, into the bin; what is there or gone already is none the worse. */
    async binProduct(product: string, variation: string | null): Promise<void> {
      const path =
        variation === null
          ? `/products/${encodeURIComponent(product)}`
          : `${of(product)}/${encodeURIComponent(variation)}`;
      await call({ method: 'DELETE', path }, z.unknown()).catch((thrown: unknown) => {
        const { kind, details } = asLiaisonError(thrown);
        const isBinned = details.vendorMessage?.startsWith('woocommerce_rest_already_trashed') === true;
        if (kind !== 'gone' && !isBinned) throw thrown;
      });
    },

    /** ISO 4217, of the shop's prices. */
    async currency(): Promise<string> {
      return (await call({ path: '/data/currencies/current' }, currencySchema)).data.code;
    },
  };
}
