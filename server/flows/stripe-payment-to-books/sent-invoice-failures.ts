import type { Hindrance } from '../../connectors/zoho-books/booking/settle-sent.ts';
import type { BooksInvoice } from '../../connectors/zoho-books/invoices.ts';
import { LiaisonError } from '../../core/errors.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import type { Sentence } from '../../core/sentence.ts';

/** How somebody answers: at Stripe, where everybody sees it who looks at the payment. */
const ANSWER: Sentence = {
  en: 'write the number of the right one into the payment’s metadata in Stripe, as invoice_number, or “none” for an invoice of its own, then replay.',
  fr: 'inscrivez le numéro de la bonne dans les métadonnées du paiement dans Stripe, sous invoice_number, ou «\u00a0none\u00a0» pour une facture à part, puis rejouez.',
};

const rejected = (en: string, fr: string): LiaisonError =>
  new LiaisonError('rejected', {
    field: 'invoice',
    sentence: { en: `${en} ${capital(ANSWER.en)}`, fr: `${fr} ${capital(ANSWER.fr)}` },
  });

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const said = (money: Money): Sentence => ({
  en: formatMoney(money, 'en-GB'),
  fr: formatMoney(money, 'fr-FR'),
});

/** A payment names an invoice that Books does not have. */
export const unknownNumber = (number: string): LiaisonError =>
  rejected(
    `The payment names the invoice ${number}, which Zoho Books does not have.`,
    `Le paiement nomme la facture ${number}, que Zoho Books n’a pas.`,
  );

/** A payment names an invoice that it cannot settle. */
export function notSettled(
  { number, customerName }: BooksInvoice,
  why: Hindrance,
  money: Money,
): LiaisonError {
  const amount = said(money);
  const reasons: Readonly<Record<Hindrance, Sentence>> = {
    void: { en: 'it was voided', fr: 'elle a été annulée' },
    draft: { en: 'it was not sent yet', fr: 'elle n’a pas encore été envoyée' },
    paid: { en: 'it is paid already', fr: 'elle est déjà réglée' },
    currency: { en: 'it is in another currency', fr: 'elle est dans une autre devise' },
    customer: {
      en: `it is of ${customerName}, who does not have the payer’s e-mail address`,
      fr: `elle est de ${customerName}, qui n’a pas l’adresse e-mail du payeur`,
    },
  };
  const { en, fr } = reasons[why];
  return rejected(
    `The payment of ${amount.en} names the invoice ${number}, and ${en}. Put that right in Zoho Books, or:`,
    `Le paiement de ${amount.fr} nomme la facture ${number}, or ${fr}. Corrigez-le dans Zoho Books, ou\u00a0:`,
  );
}

/** Open invoices that a payment may settle. */
export function askWhich(invoices: readonly BooksInvoice[], money: Money): LiaisonError {
  const amount = said(money);
  const numbers = invoices.map(({ number }) => number).join(', ');
  return rejected(
    `This payment of ${amount.en} may settle an open invoice: ${numbers}.`,
    `Ce paiement de ${amount.fr} règle peut-être une facture ouverte\u00a0: ${numbers}.`,
  );
}
