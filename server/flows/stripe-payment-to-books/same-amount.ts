import type { Payment } from '../../connectors/stripe/shapes.ts';
import type { Booked } from '../../connectors/zoho-books/booking/invoice-run.ts';
import { LiaisonError } from '../../core/errors.ts';
import { decimalOf, formatMoney } from '../../core/money.ts';
import { moneyOfMovement } from '../../core/movement.ts';

/** @throws LiaisonError `rejected` for a draft that Books counts otherwise: it is not sent with a wrong amount. */
export function sameAmount(payment: Payment, { number, total }: Booked): void {
  const money = moneyOfMovement(payment);
  // Runs of earlier versions stored no total: their invoices have the one line that was paid.
  if (total === undefined || Number(total) === Number(decimalOf(money))) return;
  const paid = { en: formatMoney(money, 'en-GB'), fr: formatMoney(money, 'fr-FR') };
  throw new LiaisonError('rejected', {
    field: 'amount',
    sentence: {
      en: `${paid.en} was paid, and Zoho Books counts ${total} for the draft ${number}: it was not sent. Correct the draft there to the amount that was paid, then replay.`,
      fr: `${paid.fr} ont été payés, et Zoho Books compte ${total} pour le brouillon ${number}\u00a0: il n’a pas été envoyé. Corrigez-y le brouillon au montant payé, puis rejouez.`,
    },
  });
}
