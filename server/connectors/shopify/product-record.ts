import { priceText } from '../../core/product/price.ts';
import { PRODUCT_PARTS } from '../../core/product/product-object.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { FieldValues, SideRecord, SyncField } from '../../core/sync-object.ts';
import { contentVersion } from '../../kit/content-version.ts';
import { textOfHtml } from '../../kit/html-text.ts';
import { numberIn } from './addresses.ts';
import type { ShopifyVariant } from './product-shape.ts';

export const SKU = 'sku';
export const NAME = 'title';
export const DESCRIPTION = 'descriptionHtml';
export const PRICE = 'price';
export const STOCK = 'available';

/** https://shopify.dev/docs/api/admin-graphql/2026-10/input-objects/ProductUpdateInput */
export const PRODUCT_FIELDS: readonly SyncField[] = [
  { id: SKU, ...PRODUCT_PARTS.sku, maxLength: 255 },
  { id: NAME, ...PRODUCT_PARTS.name, required: true, maxLength: 255 },
  { id: DESCRIPTION, ...PRODUCT_PARTS.description },
  { id: PRICE, ...PRODUCT_PARTS.price },
  { id: STOCK, ...PRODUCT_PARTS.stock, whole: true },
];

/** `product/variant`, by their numbers. */
export const idOf = ({
  id,
  product,
}: Pick<ShopifyVariant, 'id'> & { readonly product: Pick<ShopifyVariant['product'], 'id'> }): string =>
  `${numberIn(product.id)}/${numberIn(id)}`;

export const variantIn = (id: string): string => id.split('/')[1] ?? '';
export const productIn = (id: string): string => id.split('/')[0] ?? '';

/** How many can be sold at the location, and since when; null: they are not counted there. */
export function countOf({
  inventoryItem,
}: ShopifyVariant): { readonly count: number; readonly at: string } | null {
  if (!inventoryItem.tracked) return null;
  const found = inventoryItem.inventoryLevel?.quantities.find(({ name }) => name === 'available');
  return found === undefined ? null : { count: found.quantity, at: found.updatedAt ?? '' };
}

export function valuesOf(variant: ShopifyVariant, currency: string): FieldValues {
  const { sku, price, title, product } = variant;
  const chosen = product.hasOnlyDefaultVariant ? '' : title.trim();
  return {
    [SKU]: sku.trim() || null,
    [NAME]: [product.title.trim(), chosen].filter(Boolean).join(' – ') || null,
    [DESCRIPTION]: textOfHtml(product.descriptionHtml) || null,
    [PRICE]: priceText(price, currency),
    [STOCK]: countOf(variant)?.count ?? null,
  };
}

export function recordOf(variant: ShopifyVariant, fields: readonly string[], currency: string): SideRecord {
  const values = valuesOf(variant, currency);
  const { status } = variant.product;
  const name = String(values[NAME] ?? '');
  const excluded = EXCLUDED[status];
  return {
    id: idOf(variant),
    // A sale moves no date of the variant.
    version: contentVersion(values, status, variant.inventoryItem.tracked),
    values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
    label: variant.sku.trim() === '' ? name : `${name} (${variant.sku.trim()})`,
    ...(excluded === undefined ? {} : { excluded }),
    ...(values[STOCK] === null
      ? { withheld: { [STOCK]: variant.inventoryItem.tracked ? ELSEWHERE : NOT_COUNTED } }
      : {}),
  };
}

const EXCLUDED: Readonly<Record<string, Sentence>> = {
  DRAFT: {
    en: 'It is a draft in the shop. It is taken in once it is active.',
    fr: 'C’est un brouillon dans la boutique. Il sera repris dès qu’il sera actif.',
  },
  ARCHIVED: {
    en: 'It is archived in the shop. It is taken in again once it is active.',
    fr: 'Il est archivé dans la boutique. Il sera repris dès qu’il sera de nouveau actif.',
  },
};
const NOT_COUNTED: Sentence = {
  en: 'The shop does not count it (“Inventory tracked” is off).',
  fr: 'La boutique ne le compte pas (le suivi du stock est désactivé).',
};
const ELSEWHERE: Sentence = {
  en: 'It is not stocked at the chosen location.',
  fr: 'Il n’est pas stocké à l’emplacement choisi.',
};
