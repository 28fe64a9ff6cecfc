import type { Sentence } from '../sentence.ts';
import type { FieldDirection, FieldMapping, Side, SyncRules } from '../sync/mapping.ts';
import { unchosenObject } from '../sync/unchosen-object.ts';
import type { FieldKind, SyncObject } from '../sync-object.ts';

/** What applications know of a product alike. */
export type ProductPart = 'sku' | 'name' | 'description' | 'price' | 'stock';

/**
 * An object of products: one record for each thing that is sold under a SKU of its own (a variant is one). `product`:
 * id of the field that holds each part.
 */
export type ProductObject<Client = unknown> = SyncObject<Client> & {
  readonly product: Readonly<Record<ProductPart, string>>;
};

export const PRODUCT_PARTS: Readonly<
  Record<ProductPart, { readonly kind: FieldKind; readonly titles: Sentence }>
> = {
  sku: { kind: 'code', titles: { en: 'SKU', fr: 'Référence (SKU)' } },
  name: { kind: 'text', titles: { en: 'Name', fr: 'Nom' } },
  description: { kind: 'long-text', titles: { en: 'Description', fr: 'Description' } },
  price: { kind: 'price', titles: { en: 'Price', fr: 'Prix' } },
  stock: { kind: 'stock', titles: { en: 'Stock', fr: 'Stock' } },
};
const PARTS = Object.keys(PRODUCT_PARTS) as readonly ProductPart[];

interface Way {
  readonly direction: FieldDirection;
  readonly master: Side;
}

/** How each part travels between a shop, on the left, and the store room, unless an admin chooses otherwise. */
const WAYS: Readonly<Record<ProductPart, Way>> = {
  sku: { direction: 'both', master: 'left' },
  name: { direction: 'both', master: 'left' },
  // What a shop shows is laid out; a plain text would flatten it.
  description: { direction: 'to-right', master: 'left' },
  price: { direction: 'both', master: 'left' },
  stock: { direction: 'to-left', master: 'right' },
};

/**
 * The mapping of two objects of products: found by their SKU alone, which no two of one side share. What is emptied
 * empties nothing; what is deleted on one side stays on the other; what the shop sells is made in the store room, and
 * nothing of the store room is put on sale.
 */
export function productRules(
  left: Pick<ProductObject, 'product'>,
  right: Pick<ProductObject, 'product'>,
): SyncRules {
  return {
    fields: PARTS.map(
      (part): FieldMapping => ({
        left: left.product[part],
        right: right.product[part],
        kind: PRODUCT_PARTS[part].kind,
        ...WAYS[part],
        blank: 'leave',
      }),
    ),
    matchBy: [[left.product.sku]],
    oneOfAKind: true,
    create: { left: false, right: true },
    remove: { left: 'keep', right: 'keep' },
    country: 'FR',
  };
}

/** What products of any application have, so that a document can tell what becomes of it. */
export const unchosenProducts: ProductObject = {
  ...unchosenObject({
    id: 'products',
    titles: { en: 'Products of the shop', fr: 'Produits de la boutique' },
    offers: 'products',
    parts: Object.fromEntries(PARTS.map((part) => [part, PRODUCT_PARTS[part].titles])),
  }),
  product: Object.fromEntries(PARTS.map((part) => [part, part])) as ProductObject['product'],
};
