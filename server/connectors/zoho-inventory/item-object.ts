import { z } from 'zod';
import type { ProductObject } from '../../core/product/product-object.ts';
import type { Changes, ChangesWish } from '../../core/sync-object.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { inApp } from './addresses.ts';
import type { ZohoInventoryClient } from './client.ts';
import { zohoInventory } from './connector.ts';
import { VENDOR } from './failures.ts';
import { itemOptions, readOptions } from './item-options.ts';
import { DESCRIPTION, ITEM_FIELDS, NAME, PRICE, recordOf, SKU, STOCK } from './item-record.ts';
import { createItems, updateItems } from './item-writes.ts';
import { ITEM_PAGE } from './items.ts';

/** How long lists may show an item as it was before a write; by their ids items are as they are. */
const LAG_MS = 60_000;

/** Items of the store room. */
export const inventoryItems: ProductObject<ZohoInventoryClient> = {
  id: 'zohoInventory.items',
  connector: zohoInventory,
  titles: { en: 'Zoho Inventory items', fr: 'Articles Zoho Inventory' },
  fields: async () => ITEM_FIELDS,
  usualFields: ITEM_FIELDS,
  product: { sku: SKU, name: NAME, description: DESCRIPTION, price: PRICE, stock: STOCK },
  options: itemOptions,
  changes,

  async read(client, { ids, fields, options }) {
    const chosen = readOptions(options);
    return (await client.itemsById(ids)).map((item) => recordOf(item, fields, chosen, client.currency));
  },

  create: createItems,
  update: updateItems,

  /** An item that was sold once cannot be deleted: it is made inactive. */
  remove: (client, ids) =>
    oneByOne(ids, async (id) => {
      await client.retireItem(id);
      return { ok: true, id, version: null };
    }),

  // Zoho takes items one by one; what is asked for beside is asked for once in so many.
  batch: { list: ITEM_PAGE, read: 100, create: 20, update: 20, remove: 20 },
  lagMs: LAG_MS,
  topics: [],
  url: inApp('inventory/items'),
};

const cursorSchema = z.object({
  /** Of the list of all items: the one to read next. The first again once all were read. */
  page: z.number().int().positive(),
});

/** All items, read from the beginning at each look: a sale, or goods that arrive, move no date of an item. */
async function changes(
  client: ZohoInventoryClient,
  { cursor, fields, options }: ChangesWish,
): Promise<Changes> {
  const chosen = readOptions(options);
  const { page } = storedCursor(cursorSchema, cursor, VENDOR) ?? { page: 1 };
  const { items, isLast } = await client.itemPage(page);
  return {
    records: items.map((item) => recordOf(item, fields, chosen, client.currency)),
    deleted: [],
    cursor: { page: isLast ? 1 : page + 1 },
    more: !isLast,
  };
}
