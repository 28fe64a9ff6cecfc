import { z } from 'zod';
import { millionthsOf, quantityText } from '../../core/order/quantity.ts';
import { exactNumber } from '../families/zoho/amounts.ts';
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
  /** The same at each place where the organisation keeps goods, by its id. */
  readonly places: Readonly<Record<string, { readonly onHand: string | null; readonly free: string | null }>>;
  readonly description: string;
  /** In the organisation's currency, as decimal text. */
  readonly rate: string;
  /** Of the tax that it is sold with, as decimal text; null: it has none. */
  readonly taxPercent: string | null;
}

/** A decimal; empty text where nothing is counted. */
const countSchema = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)));

/** What stands at each place where the organisation keeps goods; none for what is not counted. */
const placesSchema = z
  .array(
    z.object({
      location_id: z.string().catch(''),
      location_stock_on_hand: countSchema,
      location_actual_available_stock: countSchema,
    }),
  )
  .nullish()
  .transform((places) => places ?? []);

type Places = z.output<typeof placesSchema>;

/** The sum over all places, as decimal text; null: nothing is counted. */
function sumOf(places: Places, member: Exclude<keyof Places[number], 'location_id'>): string | null {
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
    description: z.string().nullish(),
    rate: z.union([z.number(), z.string()]).nullish(),
    tax_id: z.string().nullish(),
    tax_percentage: z.union([z.number(), z.string()]).nullish(),
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
      places: Object.fromEntries(
        item.locations.map((place) => [
          place.location_id,
          { onHand: place.location_stock_on_hand, free: place.location_actual_available_stock },
        ]),
      ),
      description: item.description ?? '',
      rate: String(item.rate ?? 0),
      taxPercent: item.tax_id ? String(item.tax_percentage ?? 0) : null,
    }),
  );

const itemsSchema = z.array(itemSchema);
/** As many ids as an address bears. */
const MOST_IDS = 100;

/** Most items in one page. https://www.zoho.com/inventory/api/v1/introduction/#pagination */
export const ITEM_PAGE = 200;

/** What an item is given; only what changes, and its name, without which Zoho takes no change. */
export interface ItemChange {
  readonly name: string;
  readonly sku?: string;
  readonly description?: string;
  /** Decimal text, without tax. */
  readonly rate?: string;
}

export interface NewItem extends ItemChange {
  readonly taxId: string | null;
  /** Where it is kept and how many there are, as decimal text; null: its pieces are not counted. */
  readonly stock: { readonly place: string; readonly count: string } | null;
}

const bodyOf = ({ rate, name, sku, description }: ItemChange) => ({
  name,
  ...(sku === undefined ? {} : { sku }),
  ...(description === undefined ? {} : { description }),
  ...(rate === undefined ? {} : { rate: exactNumber(rate) }),
});

const placesOf = z.array(z.object({ location_id: z.string(), location_name: z.string().catch('') }));
const taxesOf = z.array(
  z.object({ tax_id: z.string(), tax_name: z.string().catch(''), tax_percentage: z.number() }),
);

export function itemCalls(call: InventoryCall) {
  return {
    /** Items in the order they were made in. */
    async itemPage(page: number): Promise<{ items: InventoryItem[]; isLast: boolean }> {
      const query = { page, per_page: ITEM_PAGE, sort_column: 'created_time', sort_order: 'A' };
      const items = await call({ path: '/items', query }, 'items', itemsSchema);
      return { items, isLast: items.length < ITEM_PAGE };
    },

    createItem({ taxId, stock, ...item }: NewItem): Promise<InventoryItem> {
      const json = {
        ...bodyOf(item),
        product_type: 'goods',
        track_inventory: stock !== null,
        ...(taxId === null ? {} : { tax_id: taxId }),
        ...(stock === null
          ? {}
          : // What they cost is not known here: whoever keeps the books enters it.
            {
              locations: [
                {
                  location_id: stock.place,
                  initial_stock: exactNumber(stock.count),
                  initial_stock_rate: 0,
                },
              ],
            }),
      };
      return call({ method: 'POST', path: '/items', json }, 'item', itemSchema);
    },

    changeItem(id: string, change: ItemChange): Promise<InventoryItem> {
      const path = `/items/${encodeURIComponent(id)}`;
      return call({ method: 'PUT', path, json: bodyOf(change) }, 'item', itemSchema);
    },

    /** It is sold no more, and its history stays. */
    async retireItem(id: string): Promise<void> {
      await call({ method: 'POST', path: `/items/${encodeURIComponent(id)}/inactive` }, 'code', z.number());
    },

    /** Where the organisation keeps goods. */
    async places(): Promise<{ id: string; name: string }[]> {
      const found = await call({ path: '/locations' }, 'locations', placesOf);
      return found.map(({ location_id: id, location_name: name }) => ({ id, name }));
    },

    /** Taxes that items are sold with. @param percent as decimal text. */
    async taxes(): Promise<{ id: string; name: string; percent: string }[]> {
      const found = await call({ path: '/settings/taxes' }, 'taxes', taxesOf);
      return found.map((tax) => ({
        id: tax.tax_id,
        name: tax.tax_name,
        percent: String(tax.tax_percentage),
      }));
    },

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
