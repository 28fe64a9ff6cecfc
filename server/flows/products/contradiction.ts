import type { Sentence } from '../../core/sentence.ts';
import type { FieldMapping, Side } from '../../core/sync/mapping.ts';
import { sourceOf } from '../../core/sync/merge.ts';
import type { SetBeside, SyncSettings } from '../../core/sync-flow.ts';

/**
 * Why the stock would have two masters. What an order takes is counted off once, whoever does it: by what the flow
 * `orders` enters in Zoho Inventory, where Inventory is the master; by the shop alone, where the shop is.
 */
export function stockContradiction(own: SetBeside, others: readonly SetBeside[]): Sentence | null {
  const master = stockMaster(own);
  if (master === null) return null;
  const shop = accountIn(own, 'left');
  const ofShop = others.filter((one) => one.flow === 'orders' && accountIn(one, 'shop') === shop);
  for (const orders of ofShop) {
    const takes = orders.settings.stock === 'shop' || orders.settings.documents === 'order-and-invoice';
    if (master === 'left' && takes) return twice(orders);
    if (master === 'right' && !takes) return never(orders);
  }
  if (master === 'right') return null;
  const room = accountIn(own, 'right');
  const other = others.find(
    (one) => one.flow === own.flow && accountIn(one, 'right') === room && stockMaster(one) === 'left',
  );
  return other === undefined ? null : twoShops(other);
}

/** Whose count is carried; null: none is. */
function stockMaster({ settings }: SetBeside): Side | null {
  const { rules } = settings as unknown as Pick<SyncSettings, 'rules'>;
  const row = rules.fields.find(({ kind }: FieldMapping) => kind === 'stock');
  return row === undefined ? null : (sourceOf(row) ?? row.master);
}

function accountIn({ roles }: SetBeside, role: string): string | null {
  const bound = roles.find((one) => one.role === role);
  return bound === undefined ? null : `${bound.connector} ${bound.accountId}`;
}

const twice = ({ titles: { en, fr } }: SetBeside): Sentence => ({
  en: `The stock follows the shop here, and “${en}” takes each order of the same shop from the stock of Zoho Inventory as well: every sale would be counted off twice. Let the stock go from Zoho Inventory to the shop here, or let that integration make invoices alone, with the stock left to documents.`,
  fr: `Le stock suit ici la boutique, et «\u00a0${fr}\u00a0» déduit aussi chaque commande de la même boutique du stock de Zoho Inventory\u00a0: chaque vente serait déduite deux fois. Faites aller ici le stock de Zoho Inventory vers la boutique, ou réglez cette intégration sur la facture seule, le stock étant laissé aux documents.`,
});

const never = ({ titles: { en, fr } }: SetBeside): Sentence => ({
  en: `The stock of Zoho Inventory is brought to the shop here, and “${en}” takes no order of that shop from it: what the shop sold would be put back on sale. Let that integration make sales orders, or let its stock follow the shop, or let the stock go from the shop to Zoho Inventory here.`,
  fr: `Le stock de Zoho Inventory est reporté ici dans la boutique, et «\u00a0${fr}\u00a0» n’en déduit aucune commande de cette boutique\u00a0: ce qu’elle a vendu serait remis en vente. Réglez cette intégration sur les commandes clients, ou sur un stock qui suit la boutique, ou faites aller ici le stock de la boutique vers Zoho Inventory.`,
});

const twoShops = ({ titles: { en, fr } }: SetBeside): Sentence => ({
  en: `“${en}” brings the stock of another shop to the same Zoho Inventory: two shops would write over each other. Let one of the two take its stock from Zoho Inventory.`,
  fr: `«\u00a0${fr}\u00a0» reporte le stock d’une autre boutique dans le même Zoho Inventory\u00a0: deux boutiques s’écraseraient. Faites prendre à l’une des deux son stock dans Zoho Inventory.`,
});
