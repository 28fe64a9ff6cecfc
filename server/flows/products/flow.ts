import { productObjects } from '../../connectors/products.ts';
import { zohoInventory } from '../../connectors/zoho-inventory/connector.ts';
import { type ProductObject, productRules, unchosenProducts } from '../../core/product/product-object.ts';
import type { RoleDeclaration } from '../../core/roles.ts';
import type { Side } from '../../core/sync/mapping.ts';
import { sideWithout } from '../../core/sync/unchosen-object.ts';
import { type SideOption, type Sync, type SyncFlow, type SyncSide, syncSide } from '../../core/sync-flow.ts';
import { stockContradiction } from './contradiction.ts';

// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
type AnyProducts = ProductObject<any>;

const about = {
  kind: 'sync',
  id: 'products',
  titles: { en: 'Products: shop ↔ Inventory', fr: 'Produits\u00a0: boutique ↔ Inventory' },
  direction: {
    en: 'Keeps the products of a shop and the items of Zoho Inventory equal, by their SKU, each variant by its own: names, prices and descriptions as the shop has them, stock as Zoho Inventory has it, unless you choose otherwise.',
    fr: 'Maintient identiques les produits d’une boutique et les articles de Zoho Inventory, par leur référence (SKU), chaque variante par la sienne\u00a0: noms, prix et descriptions tels que la boutique les a, stock tel que Zoho Inventory l’a, sauf autre choix de votre part.',
  },
  native: {
    en: 'Zoho Inventory connects shops by itself, with their items and stock: use it when one shop is all you have and Inventory may overwrite what the shop says, and then not this flow beside it. This flow previews, has a master for each field, tells of SKUs that are there twice, counts no sale twice, and can be undone.',
    fr: 'Zoho Inventory relie lui-même des boutiques, avec leurs articles et leur stock\u00a0: utilisez-le si vous n’avez qu’une boutique et qu’Inventory peut écraser ce qu’elle dit, et alors sans ce flux. Ce flux montre un aperçu, a un maître par champ, signale les références en double, ne déduit aucune vente deux fois, et s’annule.',
  },
  purpose: 'products',
  contradiction: stockContradiction,
} as const satisfies Partial<SyncFlow>;

const roles = {
  left: { offers: 'products', apartFrom: zohoInventory.id, titles: { en: 'Shop', fr: 'Boutique' } },
  right: { connector: zohoInventory.id },
} as const satisfies Readonly<Record<Side, RoleDeclaration>>;

/** Both sides are read to the end each time: often enough that nobody buys for long what is gone. */
const ASKED_SECONDS = 300;

const fallbacksOf = ({ options }: SyncSide): Record<string, SideOption['fallback']> =>
  Object.fromEntries(options.map(({ id, fallback }) => [id, fallback]));

const objectOf = (connector: string | undefined): AnyProducts | undefined =>
  productObjects.find((object) => object.connector.id === connector);

function between(shop: AnyProducts | undefined, room: AnyProducts): Sync {
  const left = shop === undefined ? sideWithout(unchosenProducts, roles.left) : syncSide(shop);
  const right = syncSide(room);
  return {
    ...about,
    left,
    right,
    defaults: {
      rules: productRules(shop ?? unchosenProducts, room),
      options: { left: fallbacksOf(left), right: fallbacksOf(right) },
      everySeconds: ASKED_SECONDS,
      sweepHours: 24,
      brake: { records: 10, percent: 10 },
    },
  };
}

const made = new Map<string, Sync>();

/** What a shop sells, whichever shop it is, and what the store room has. */
export const products: SyncFlow = {
  ...about,
  roles,
  objects: productObjects,
  between({ left: { connector } }) {
    const shop = objectOf(connector);
    const key = shop?.id ?? '';
    const room = objectOf(zohoInventory.id) as AnyProducts;
    const sync = made.get(key) ?? between(shop, room);
    made.set(key, sync);
    return sync;
  },
};
