import { priceText } from '../../core/product/price.ts';
import { PRODUCT_PARTS } from '../../core/product/product-object.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { FieldValue, FieldValues, SideRecord, SyncField } from '../../core/sync-object.ts';
import { contentVersion } from '../../kit/content-version.ts';
import { textOfHtml } from '../../kit/html-text.ts';
import { plainText } from '../../kit/plain-text.ts';
import { MARKER_KEY, type WooProduct, type WooVariation } from './product-shape.ts';

/** Fields by the shop's own names. */
export const SKU = 'sku';
export const NAME = 'name';
export const DESCRIPTION = 'description';
export const PRICE = 'regular_price';
export const STOCK = 'stock_quantity';

export const PRODUCT_FIELD_LIST: readonly SyncField[] = [
  // https://developer.wordpress.org: a post's title is stored whole; WooCommerce keeps a SKU of a hundred characters.
  { id: SKU, ...PRODUCT_PARTS.sku, maxLength: 100 },
  { id: NAME, ...PRODUCT_PARTS.name, required: true },
  { id: DESCRIPTION, ...PRODUCT_PARTS.description },
  { id: PRICE, ...PRODUCT_PARTS.price, titles: { en: 'Regular price', fr: 'Tarif régulier' } },
  { id: STOCK, ...PRODUCT_PARTS.stock, whole: true },
];

/** What is sold under a SKU of its own: a product, or a variation of one, with the product that it is of. */
export interface Sold {
  readonly product: WooProduct;
  readonly variation: WooVariation | null;
}

/** `12`; of a variation `12/34`. */
export const idOf = ({ product, variation }: Sold): string =>
  variation === null ? String(product.id) : `${product.id}/${variation.id}`;

export function placeOf(id: string): { readonly product: string; readonly variation: string | null } {
  const [product = '', variation = null] = id.split('/');
  return { product, variation };
}

/** A product with variations is sold as these; by itself it is only a place where their pieces are counted together. */
export const isSoldAlone = ({ type, manage_stock: managed, sku }: WooProduct): boolean =>
  type === 'variable' ? managed === true && sku.trim() !== '' : type !== 'grouped' && type !== 'external';

export function recordOf(sold: Sold, fields: readonly string[], currency: string): SideRecord {
  const { product, variation } = sold;
  const one = variation ?? product;
  const values = valuesOf(sold, currency);
  const withheld = withheldOf(sold);
  const name = String(values[NAME] ?? '');
  return {
    id: idOf(sold),
    // A sale moves the stock and not always the date.
    version: contentVersion(values, one.status, product.status, Object.keys(withheld)),
    values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
    label: values[SKU] === null ? name : `${name} (${values[SKU]})`,
    marker: markerOf(one),
    ...excludedOf(sold),
    ...(Object.keys(withheld).length === 0 ? {} : { withheld }),
  };
}

export function valuesOf(sold: Sold, currency: string): FieldValues {
  const one = sold.variation ?? sold.product;
  const counted: FieldValue = one.manage_stock === true ? (one.stock_quantity ?? 0) : null;
  return {
    [SKU]: skuOf(sold) || null,
    [NAME]: nameOf(sold) || null,
    [DESCRIPTION]: textOfHtml(one.description) || null,
    [PRICE]: priceText(one.regular_price, currency),
    [STOCK]: counted,
  };
}

/** The shop shows its product's SKU for a variation that has none: that is no code of its own. */
function skuOf({ product, variation }: Sold): string {
  const sku = plainText((variation ?? product).sku);
  return variation !== null && sku === plainText(product.sku) ? '' : sku;
}

/** A variation has no name of its own: it is told by what is chosen of it. */
function nameOf({ product, variation }: Sold): string {
  const name = plainText(product.name);
  const chosen = variation?.attributes.map(({ option }) => plainText(option)).filter(Boolean) ?? [];
  return chosen.length === 0 ? name : `${name} – ${chosen.join(', ')}`;
}

const markerOf = ({ meta_data: all }: Pick<WooProduct, 'meta_data'>): string | null => {
  const value = all.find(({ key }) => key === MARKER_KEY)?.value;
  return typeof value === 'string' ? value : null;
};

function excludedOf({ product, variation }: Sold): { excluded?: Sentence } {
  const isPublished = product.status === 'publish' && (variation?.status ?? 'publish') === 'publish';
  return isPublished ? {} : { excluded: UNPUBLISHED };
}

const UNPUBLISHED: Sentence = {
  en: 'It is not published in the shop. It is taken in once it is.',
  fr: 'Il n’est pas publié dans la boutique. Il sera repris dès qu’il le sera.',
};

function withheldOf({ product, variation }: Sold): Record<string, Sentence> {
  const { manage_stock: managed } = variation ?? product;
  const isTogether =
    managed === 'parent' || (variation !== null && managed !== true && product.manage_stock === true);
  return {
    ...(managed === true ? {} : { [STOCK]: isTogether ? COUNTED_TOGETHER : NOT_COUNTED }),
    ...(variation === null && product.type === 'variable' ? { [PRICE]: OF_VARIATIONS } : {}),
  };
}

const NOT_COUNTED: Sentence = {
  en: 'The shop does not count it (“Manage stock” is off).',
  fr: 'La boutique ne le compte pas («\u00a0Gérer le stock\u00a0» est désactivé).',
};
const COUNTED_TOGETHER: Sentence = {
  en: 'The shop counts it at the product, for all its variations together: it is carried over there, once.',
  fr: 'La boutique le compte au niveau du produit, pour toutes ses variantes ensemble\u00a0: il y est reporté, une fois.',
};
const OF_VARIATIONS: Sentence = {
  en: 'Its variations have the prices.',
  fr: 'Ce sont ses variantes qui ont les prix.',
};
