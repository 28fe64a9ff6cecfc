import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { makeAdjustment } from './adjustments.ts';
import { inventoryAt } from './inventory.ts';
import { putItem } from './items.ts';

const sku = z.string().min(1);

const wishes = z.discriminatedUnion('act', [
  /** Somebody counts the shelves: `by` is signed. */
  z.strictObject({ act: z.literal('count'), sku, by: z.number() }),
  z.strictObject({ act: z.literal('item'), sku, fields: z.record(z.string(), z.unknown()) }),
  /** For good, as an item without transactions can be. */
  z.strictObject({ act: z.literal('delete-item'), sku }),
  z.strictObject({ act: z.literal('delete-order'), order: z.string() }),
  z.strictObject({ act: z.literal('delete-adjustment'), adjustment: z.string() }),
]);

/**
 * What people do in the store room: `count`, `item` (made, or its fields set), `delete-item`, `delete-order`,
 * `delete-adjustment`.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function actInInventory(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const asked = wishes.safeParse(wish);
  if (!asked.success)
    throw new Error(`Zoho Inventory does not know this act: ${asked.error.issues[0]?.message}.`);
  const inventory = inventoryAt(desk);
  const { books, stock } = inventory;
  const wanted = asked.data;
  if (wanted.act === 'delete-order') return { deleted: stock.salesOrders.delete(wanted.order) };
  if (wanted.act === 'delete-adjustment') return { deleted: stock.adjustments.delete(wanted.adjustment) };
  const item = stock.items.all().find((one) => one.sku === wanted.sku);
  if (wanted.act === 'item') {
    const now = books.now();
    const before = item ?? {
      ...{ item_id: books.newId(), name: wanted.sku, sku: wanted.sku, description: '', unit: 'pcs' },
      ...{ rate: 0, purchase_rate: 0, product_type: 'goods' as const, track_inventory: true },
      ...{ initial_stock: 0, reorder_level: 0, tax_id: '', status: 'active' as const, created: now },
    };
    const row = { ...before, ...wanted.fields, modified: now };
    return { item: putItem(inventory, row) };
  }
  if (item === undefined) throw new Error(`Zoho Inventory has no item ${wanted.sku}.`);
  if (wanted.act === 'delete-item') return { deleted: stock.items.delete(item.item_id) };
  const body = {
    date: books.today(),
    reason: 'Inventaire',
    adjustment_type: 'quantity',
    line_items: [{ item_id: item.item_id, quantity_adjusted: wanted.by }],
  };
  return { adjustment: makeAdjustment(inventory, body) };
}
