import type { ProductObject } from '../../core/product/product-object.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { PRODUCTS, productInAdmin } from './addresses.ts';
import { PAGE } from './api.ts';
import type { WooCommerceClient } from './client.ts';
import { wooCommerce } from './connector.ts';
import { productChanges, soldAs, soldById } from './product-changes.ts';
import {
  DESCRIPTION,
  NAME,
  PRICE,
  PRODUCT_FIELD_LIST,
  placeOf,
  recordOf,
  SKU,
  type Sold,
  STOCK,
} from './product-record.ts';
import { createProducts, updateProducts } from './product-writes.ts';
import { PRODUCT_TOPICS } from './webhooks.ts';

/** What the shop sells, a record for each SKU: products, and of those that have them their variations. */
export const wooProducts: ProductObject<WooCommerceClient> = {
  id: PRODUCTS,
  connector: wooCommerce,
  titles: { en: 'WooCommerce products', fr: 'Produits WooCommerce' },
  fields: async () => PRODUCT_FIELD_LIST,
  usualFields: PRODUCT_FIELD_LIST,
  product: { sku: SKU, name: NAME, description: DESCRIPTION, price: PRICE, stock: STOCK },
  changes: productChanges,

  async read(client, { ids, fields }) {
    if (ids.length === 0) return [];
    const currency = await client.currency();
    return [...(await soldById(client, ids)).values()].map((sold) => recordOf(sold, fields, currency));
  },

  create: createProducts,
  update: updateProducts,

  remove: (client, ids) =>
    oneByOne(ids, async (id) => {
      const { product, variation } = placeOf(id);
      await client.binProduct(product, variation);
      return { ok: true, id, version: null };
    }),

  batch: { list: PAGE, read: PAGE, create: PAGE, update: PAGE, remove: 20 },
  lagMs: 0,
  // What is thrown away is told by its number alone, and so is an order: what the shop does not sell is not there.
  announced: {
    most: PAGE,
    async read(client, { ids, fields }) {
      if (ids.length === 0) return [];
      const products = await client.productsById(ids);
      if (products.length === 0) return [];
      const currency = await client.currency();
      const sold: Sold[] = [];
      for (const product of products) sold.push(...(await soldAs(client, product)));
      return sold.map((one) => recordOf(one, fields, currency));
    },
  },
  topics: PRODUCT_TOPICS,
  url: productInAdmin,
};
