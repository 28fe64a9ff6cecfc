import { z } from 'zod';
import { LiaisonError } from '../../core/errors.ts';
import type { ProductObject } from '../../core/product/product-object.ts';
import type { Changes, ChangesWish, ObjectOptions, SideRecord } from '../../core/sync-object.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { namedGid, PRODUCTS, productInAdmin } from './addresses.ts';
import type { ShopifyClient } from './client.ts';
import { shopify } from './connector.ts';
import { VENDOR } from './failures.ts';
import {
  DESCRIPTION,
  NAME,
  PRICE,
  PRODUCT_FIELDS,
  recordOf,
  SKU,
  STOCK,
  variantIn,
} from './product-record.ts';
import { archive, createVariants, updateVariants } from './product-writes.ts';
import { PRODUCT_TOPICS } from './webhooks.ts';

const READ = 100;

/** Variants, each of which is sold under a SKU of its own; a product without a choice has one. */
export const shopifyProducts: ProductObject<ShopifyClient> = {
  id: PRODUCTS,
  connector: shopify,
  titles: { en: 'Shopify products', fr: 'Produits Shopify' },
  fields: async () => PRODUCT_FIELDS,
  usualFields: PRODUCT_FIELDS,
  product: { sku: SKU, name: NAME, description: DESCRIPTION, price: PRICE, stock: STOCK },
  options: [
    {
      id: 'location',
      titles: { en: 'Where the shop’s stock is counted', fr: 'Où le stock de la boutique est compté' },
      hints: {
        en: 'What other locations have is left alone.',
        fr: 'Ce qu’ont les autres emplacements n’est pas touché.',
      },
      kind: 'choice',
      fallback: null,
      async choices(client) {
        const found = await (client as ShopifyClient).locations();
        return found.map(({ id, name }) => ({ id, title: name }));
      },
    },
  ],
  changes,

  async read(client, { ids, fields, options }) {
    if (ids.length === 0) return [];
    const { variants, currency } = await client.soldById(locationOf(options), ids.map(variantIn));
    return variants.map((one) => recordOf(one, fields, currency));
  },

  create: (client, drafts, options) => createVariants(client, drafts, locationOf(options)),
  update: (client, patches, options) => updateVariants(client, patches, locationOf(options)),
  remove: (client, ids, options) => archive(client, ids, locationOf(options)),

  batch: { list: 60, read: READ, create: 10, update: 20, remove: 20 },
  lagMs: 0,
  announced: {
    // Of each some variants are named at once, and a query may cost a thousand points.
    most: 50,
    async read(client, { ids, fields, options }) {
      if (ids.length === 0) return [];
      const variants = await client.variantsNamed(ids.map(namedGid));
      const records: SideRecord[] = [];
      for (let from = 0; from < variants.length; from += READ) {
        const some = variants.slice(from, from + READ);
        const sold = await client.soldById(locationOf(options), some);
        records.push(...sold.variants.map((one) => recordOf(one, fields, sold.currency)));
      }
      return records;
    },
  },
  topics: PRODUCT_TOPICS,
  url: productInAdmin,
};

/** @throws LiaisonError where none is chosen: stock stands at a location. */
function locationOf({ location }: ObjectOptions): string {
  if (typeof location === 'string' && location !== '') return location;
  throw new LiaisonError('rejected', {
    sentence: {
      en: 'No location of the shop is chosen. Choose in the flow’s settings where its stock is counted.',
      fr: 'Aucun emplacement de la boutique n’est choisi. Choisissez dans les réglages du flux où son stock est compté.',
    },
  });
}

const cursorSchema = z.object({
  /** Where the list of all variants goes on; null: from its beginning. */
  after: z.string().nullable(),
});

/** Everything that is sold, read from the beginning at each look: a sale moves no date of a variant. */
async function changes(client: ShopifyClient, { cursor, fields, options }: ChangesWish): Promise<Changes> {
  const { after } = storedCursor(cursorSchema, cursor, VENDOR) ?? { after: null };
  const { variants, currency, next } = await client.soldPage(locationOf(options), after);
  return {
    records: variants.map((one) => recordOf(one, fields, currency)),
    deleted: [],
    cursor: { after: next },
    more: next !== null,
  };
}
