import { z } from 'zod';
import { millionthsOf, quantityText } from '../../core/order/quantity.ts';
import type { InventoryCall } from './api.ts';

export interface InventoryItem {
  readonly id: string;
  readonly name: string;
  /** Null: it has none. */
  readonly sku: string | null;
  readonly isActive: boolean;
  /** Pieces that are there, as decimal text; below zero where more was sold. Null: they are not counted. */
  readonly onHand: string | null;
  /** Of them, those that no sales order wants; null: they are not counted. */
  readonly free: string | null;
}

/** A decimal; empty text where nothing is counted. */
const countSchema = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)));

/** What stands at each place where the organisation keeps goods; none for what is not counted. */
const placesSchema = z
  .array(z.object({ location_stock_on_hand: countSchema, location_actual_available_stock: countSchema }))
  .nullish()
  .transform((places) => places ?? []);

type Places = z.output<typeof placesSchema>;

/** The sum over all places, as decimal text; null: nothing is counted. */
function sumOf(places: Places, member: keyof Places[number]): string | null {
  const counts = places.flatMap((place) => place[member] ?? []);
  if (counts.length === 0) return null;
  return quantityText(counts.reduce((all, one) => all + millionthsOf(one), 0n));
}

const itemSchema = z
  .object({
    item_id: z.string(),
    name: z.string(),
    sku: z.string().nullish(),
    status: z.string().nullish(),
    stock_on_hand: countSchema,
    actual_available_stock: countSchema,
    available_stock: countSchema,
    locations: placesSchema,
  })
  .transform(
    (item): InventoryItem => ({
      id: item.item_id,
      name: item.name,
      sku: item.sku?.trim() || null,
      isActive: item.status !== 'inactive',
      // Several items read together are told by place alone.
      onHand: item.stock_on_hand ?? sumOf(item.locations, 'location_stock_on_hand'),
      free:
        item.actual_available_stock ??
        item.available_stock ??
        sumOf(item.locations, 'location_actual_available_stock'),
    }),
  );

const itemsSchema = z.array(itemSchema);
/** As many ids as an address bears. */
const MOST_IDS = 100;

export function itemCalls(call: InventoryCall) {
  return {
    /** Items kept under exactly this code, active ones first; of an empty one none. */
    async itemsBySku(sku: string): Promise<InventoryItem[]> {
      if (sku.trim() === '') return [];
      const found = await call({ path: '/items', query: { sku } }, 'items', itemsSchema);
      const same = found.filter((item) => item.sku?.toLowerCase() === sku.trim().toLowerCase());
      return same.sort((a, b) => Number(b.isActive) - Number(a.isActive));
    },

    /** Those of these items that are there, in one call for a hundred. */
    async itemsById(ids: readonly string[]): Promise<InventoryItem[]> {
      const found: InventoryItem[] = [];
      for (let from = 0; from < ids.length; from += MOST_IDS) {
        const query = { item_ids: ids.slice(from, from + MOST_IDS).join(',') };
        found.push(...(await call({ path: '/itemdetails', query }, 'items', itemsSchema)));
      }
      return found;
    },
  };
}
