import { choicesOf, type SideOption } from '../../core/sync-flow.ts';
import type { ObjectOptions } from '../../core/sync-object.ts';
import type { ZohoInventoryClient } from './client.ts';

/** What an admin chooses for the items' side. */
export interface ItemOptions {
  /** Which count is the stock. */
  readonly count: 'free' | 'onHand';
  /** Where it is counted, by its id; null: everywhere together. */
  readonly place: string | null;
  /** Whether what the shop's tags say includes the tax that Inventory's prices leave out. */
  readonly tagsIncludeTax: boolean;
  /** Of items that are made; null: they get none. */
  readonly taxId: string | null;
}

const EVERYWHERE = 'all';
const NO_TAX = 'none';

export const readOptions = ({ count, place, prices, tax }: ObjectOptions): ItemOptions => ({
  count: count === 'onHand' ? 'onHand' : 'free',
  place: typeof place === 'string' && place !== '' && place !== EVERYWHERE ? place : null,
  tagsIncludeTax: prices !== 'same',
  taxId: typeof tax === 'string' && tax !== '' && tax !== NO_TAX ? tax : null,
});

const EVERYWHERE_TITLE = { en: 'All places together', fr: 'Tous les lieux ensemble' };
const NO_TAX_TITLE = { en: 'None', fr: 'Aucune' };

export const itemOptions: readonly SideOption[] = [
  {
    id: 'count',
    titles: { en: 'Stock in Zoho Inventory', fr: 'Stock dans Zoho Inventory' },
    hints: {
      en: 'What sales orders want is not for sale any more: the shop’s own number leaves it out as well.',
      fr: 'Ce que réservent les commandes clients n’est plus à vendre\u00a0: le nombre de la boutique l’omet aussi.',
    },
    kind: 'choice',
    fallback: 'free',
    ...choicesOf({
      free: { en: 'Available for sale', fr: 'Disponible à la vente' },
      onHand: { en: 'On hand', fr: 'En main' },
    }),
  },
  {
    id: 'place',
    titles: { en: 'Where it is counted', fr: 'Où il est compté' },
    kind: 'choice',
    fallback: EVERYWHERE,
    words: { [EVERYWHERE]: EVERYWHERE_TITLE },
    async choices(client) {
      const places = await (client as ZohoInventoryClient).places();
      return [
        { id: EVERYWHERE, title: EVERYWHERE_TITLE },
        ...places.map(({ id, name }) => ({ id, title: name })),
      ];
    },
  },
  {
    id: 'prices',
    titles: { en: 'Prices of the shop', fr: 'Prix de la boutique' },
    hints: {
      en: 'Those of Zoho Inventory are without tax. They are converted at the tax of each item; an item without a tax keeps its price.',
      fr: 'Ceux de Zoho Inventory sont hors taxe. Ils sont convertis à la taxe de chaque article\u00a0; un article sans taxe garde son prix.',
    },
    kind: 'choice',
    fallback: 'with-tax',
    ...choicesOf({
      'with-tax': { en: 'Include the tax', fr: 'Taxe comprise' },
      same: {
        en: 'Without tax, too: carried over as they are',
        fr: 'Hors taxe aussi\u00a0: reportés tels quels',
      },
    }),
  },
  {
    id: 'tax',
    titles: { en: 'Tax of items that are made', fr: 'Taxe des articles créés' },
    kind: 'choice',
    fallback: NO_TAX,
    words: { [NO_TAX]: NO_TAX_TITLE },
    async choices(client) {
      const taxes = await (client as ZohoInventoryClient).taxes();
      return [{ id: NO_TAX, title: NO_TAX_TITLE }, ...taxes.map(({ id, name }) => ({ id, title: name }))];
    },
  },
];
