import type { Cause } from '../store/alert-causes.ts';
import type { Database } from '../store/database.ts';
import { lastingStockDifferences } from '../store/stock-differences.ts';
import type { TitlesOf } from './integration-titles.ts';

/** An order reaches the store room within minutes: what differs for longer is nobody's sale under way. */
const LASTING_SECONDS = 1_800;

/** Products whose two counts stay apart: nobody's number is written over, and somebody is told. */
export async function stockCauses(database: Database, titlesOf: TitlesOf): Promise<Cause[]> {
  const found = await lastingStockDifferences(database, LASTING_SECONDS);
  return found.map(({ organisationId, integration, count, labels }) => {
    const { en, fr } = titlesOf(organisationId, integration);
    const named = `${labels.join(', ')}${count > labels.length ? '…' : ''}`;
    return {
      organisationId,
      integration,
      cause: `stock ${integration}`,
      count,
      sentence: {
        en: `${en}: the stock of ${count === 1 ? 'one product' : `${count} products`} has differed for half an hour (${named}). Sales that did not reach Zoho Inventory, or a count by hand in the shop: neither number was written over, and what the shop lacks stays off sale. Once no such order waits, enter the right number on the side where it is wrong; the two go on from there.`,
        fr: `${fr}\u00a0: le stock de ${count === 1 ? 'un produit diffère' : `${count} produits diffère`} depuis une demi-heure (${named}). Des ventes qui ne sont pas arrivées dans Zoho Inventory, ou un comptage à la main dans la boutique\u00a0: aucun des deux nombres n’a été écrasé, et ce qui manque à la boutique reste hors vente. Dès qu’aucune commande n’est en attente, saisissez le bon nombre du côté où il est faux\u00a0; la suite repart de là.`,
      },
    };
  });
}
