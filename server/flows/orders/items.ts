import { isInBooks } from '../../connectors/zoho-books/booking/customer-failures.ts';
import { zohoInventory } from '../../connectors/zoho-inventory/connector.ts';
import type { InventoryItem } from '../../connectors/zoho-inventory/items.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { ClientOf } from '../../core/flow.ts';
import type { Order } from '../../core/order/order.ts';
import { keys } from './keys.ts';
import type { Context } from './steps.ts';

/** Inventory's items by the codes that the shop has for them. */
export type Items = Readonly<Record<string, OrderedItem>>;

export interface OrderedItem {
  readonly id: string;
  /** Whether Inventory counts its pieces. */
  readonly isCounted: boolean;
}

/** What is sold without a code has nothing in common with what else is. */
const codesOf = ({ lines }: Order): string[] => [
  ...new Set(lines.flatMap(({ kind, sku }) => (kind === 'product' && sku !== null ? [sku] : []))),
];

const isFor =
  (sku: string) =>
  (item: InventoryItem): boolean =>
    item.isActive && item.sku?.toLowerCase() === sku.toLowerCase();

/**
 * The items that an order takes, by their codes: none where it is entered in the books alone. Those that were found
 * before are asked for in one call, however many they are, and looked for again where they have another code by now.
 *
 * @throws LiaisonError `rejected` for a code that Inventory does not have, where the order is to wait for it.
 */
export async function itemsOf(context: Context, order: Order): Promise<Items> {
  const { client, read, linked, link, settings } = context;
  const codes = codesOf(order);
  const isAsked = settings.documents !== 'invoice' || settings.stock === 'shop';
  if (!isAsked || codes.length === 0) return {};
  const remembered = await Promise.all(codes.map((sku) => linked(keys.item(sku))));
  const found = await read('items', async () => {
    const inventory = client(zohoInventory);
    const ids = [...new Set(remembered.filter((id) => id !== null))];
    const known = ids.length === 0 ? [] : await inventory.itemsById(ids);
    const pairs: [string, OrderedItem | null][] = [];
    for (const sku of codes) {
      const item = known.find(isFor(sku)) ?? (await inventory.itemsBySku(sku)).find(isFor(sku));
      pairs.push([sku, item === undefined ? null : { id: item.id, isCounted: item.onHand !== null }]);
    }
    return pairs;
  });
  const items: Record<string, OrderedItem> = {};
  for (const [at, [sku, item]] of found.entries()) {
    if (item === null && settings.unknownSku === 'wait') throw noItem(sku);
    if (item === null) continue;
    items[sku] = item;
    if (remembered[at] !== item.id) await link(keys.item(sku), item.id);
  }
  return items;
}

const ITEM = 'item ';

function noItem(sku: string): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'item_id',
    waitsFor: `${ITEM}${sku}`,
    sentence: {
      en: `Zoho Inventory has no active item with the SKU ${sku}. Add it there, or give an item this SKU: what waits for it then goes on by itself.`,
      fr: `Zoho Inventory n’a aucun article actif de référence ${sku}. Ajoutez-le, ou donnez cette référence à un article\u00a0: ce qui l’attend reprend alors tout seul.`,
    },
  });
}

/** Whether what orders wait for is there by now: an item, or a currency. */
export async function isThere(what: string, accounts: { readonly client: ClientOf }): Promise<boolean> {
  if (!what.startsWith(ITEM)) return isInBooks(what, accounts);
  const sku = what.slice(ITEM.length);
  return (await accounts.client(zohoInventory).itemsBySku(sku)).some(isFor(sku));
}
