import { priceText } from '../../core/product/price.ts';
import { withTax } from '../../core/product/price-tax.ts';
import { PRODUCT_PARTS } from '../../core/product/product-object.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { FieldValues, SideRecord, SyncField } from '../../core/sync-object.ts';
import { contentVersion } from '../../kit/content-version.ts';
import type { ItemOptions } from './item-options.ts';
import type { InventoryItem } from './items.ts';

export const SKU = 'sku';
export const NAME = 'name';
export const DESCRIPTION = 'description';
export const PRICE = 'rate';
export const STOCK = 'stock';

/** The longest texts that Inventory takes, in characters: https://www.zoho.com/inventory/api/v1/items/ */
export const ITEM_FIELDS: readonly SyncField[] = [
  // Items are found again by it alone: none is made without.
  { id: SKU, ...PRODUCT_PARTS.sku, required: true, maxLength: 100 },
  { id: NAME, ...PRODUCT_PARTS.name, required: true, maxLength: 100 },
  { id: DESCRIPTION, ...PRODUCT_PARTS.description, maxLength: 2_000 },
  { id: PRICE, ...PRODUCT_PARTS.price, titles: { en: 'Selling price', fr: 'Prix de vente' } },
  { id: STOCK, ...PRODUCT_PARTS.stock },
];

/** How many there are, as decimal text; null: its pieces are not counted. */
export function countOf(item: InventoryItem, { count, place }: ItemOptions): string | null {
  return place === null ? item[count] : (item.places[place]?.[count] ?? null);
}

export function valuesOf(item: InventoryItem, options: ItemOptions, currency: string): FieldValues {
  const count = countOf(item, options);
  return {
    [SKU]: item.sku,
    [NAME]: item.name.trim() || null,
    [DESCRIPTION]: item.description.trim() || null,
    [PRICE]: priceText(onTag(item, options, currency), currency),
    [STOCK]: count === null ? null : Number(count),
  };
}

/** What a tag of the shop says of its price; null where that is not known. */
function onTag(
  { rate, taxPercent }: InventoryItem,
  { tagsIncludeTax }: ItemOptions,
  currency: string,
): string | null {
  if (!tagsIncludeTax) return rate;
  return taxPercent === null ? null : withTax(rate, taxPercent, currency);
}

export function recordOf(
  item: InventoryItem,
  fields: readonly string[],
  options: ItemOptions,
  currency: string,
): SideRecord {
  const values = valuesOf(item, options, currency);
  const withheld = {
    ...(values[STOCK] === null ? { [STOCK]: NOT_COUNTED } : {}),
    ...(values[PRICE] === null ? { [PRICE]: NO_TAX } : {}),
  };
  return {
    id: item.id,
    // What moves stock moves no date of the item.
    version: contentVersion(values, item.isActive),
    values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
    label: item.sku === null ? item.name : `${item.name} (${item.sku})`,
    ...(item.isActive ? {} : { excluded: INACTIVE }),
    ...(Object.keys(withheld).length === 0 ? {} : { withheld }),
  };
}

const INACTIVE: Sentence = {
  en: 'It is inactive in Zoho Inventory. It is taken in once it is active again.',
  fr: 'Il est inactif dans Zoho Inventory. Il sera repris dès qu’il sera de nouveau actif.',
};
const NOT_COUNTED: Sentence = {
  en: 'Zoho Inventory does not count its pieces there.',
  fr: 'Zoho Inventory ne compte pas ses pièces à cet endroit.',
};
const NO_TAX: Sentence = {
  en: 'It has no tax in Zoho Inventory, so that its price with tax is not known.',
  fr: 'Il n’a pas de taxe dans Zoho Inventory\u00a0: son prix taxe comprise n’est pas connu.',
};
