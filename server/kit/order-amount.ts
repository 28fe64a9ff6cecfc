import { LiaisonError } from '../core/errors.ts';
import { roundedMoneyOf } from '../core/money.ts';

/**
 * An amount of an order in minor units, as shops write it: decimal text, with more decimals than the currency has here
 * and there.
 *
 * @throws LiaisonError `rejected`, naming the field `total`, for what is no number.
 */
export function orderAmount(decimal: string, currency: string): number {
  try {
    return roundedMoneyOf(decimal, currency).minor;
  } catch (cause) {
    throw new LiaisonError('rejected', {
      field: 'total',
      sentence: {
        en: 'An amount of this order is not a number, so it cannot be booked. Correct the order in the shop, or enter it in your books by hand.',
        fr: 'Un montant de cette commande n’est pas un nombre\u00a0: elle ne peut pas être enregistrée. Corrigez la commande dans la boutique, ou saisissez-la à la main dans votre comptabilité.',
      },
      vendorMessage: `amount: ${decimal.slice(0, 100)}`,
      cause,
    });
  }
}
