import { LiaisonError } from '../core/errors.ts';
import { priceOf } from '../core/product/price.ts';
import type { FieldValue } from '../core/sync-object.ts';

/**
 * The amount of a price in the currency of whoever is to have it; null where there is none.
 *
 * @throws LiaisonError `rejected` for another currency: nobody but a person knows at what rate.
 */
export function amountIn(value: FieldValue | undefined, currency: string, field: string): string | null {
  const price = typeof value === 'string' ? priceOf(value) : null;
  if (price === null) return null;
  if (price.currency === currency) return price.amount;
  throw new LiaisonError('rejected', {
    field,
    sentence: {
      en: `The price is in ${price.currency}, and the other side’s are in ${currency}. Liaison converts no prices: set this one there by hand.`,
      fr: `Le prix est en ${price.currency}, et ceux de l’autre côté sont en ${currency}. Liaison ne convertit aucun prix\u00a0: fixez celui-ci là-bas à la main.`,
    },
  });
}

/** What was read to be changed is not what stands there any more: it is read again, and decided on anew. */
export const movedOn = (vendor: string): LiaisonError =>
  new LiaisonError('conflict', {
    sentence: {
      en: `It changed in ${vendor} meanwhile (a sale, an edit). Liaison reads it again.`,
      fr: `Elle a changé entre-temps dans ${vendor} (une vente, une modification). Liaison la relit.`,
    },
  });
