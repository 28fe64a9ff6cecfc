import type { Dispute } from '../../connectors/stripe/shapes.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';

/** What the flow writes into Books and the CRM, in the organisation's own language. */
export interface BookingTexts {
  invoiceLine(description: string | null): string;
  noteTitle(money: Money): string;
  noteBody(facts: { identity: string; invoiceNumber: string; date: string }): string;
}

/** A day (`2026-11-28`) as the organisation's language writes it. */
export const dayText = (date: string, locale: string): string =>
  new Intl.DateTimeFormat(locale.replace('_', '-'), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );

const FRENCH = (locale: string): BookingTexts => ({
  invoiceLine: (description) => description ?? 'Paiement en ligne',
  noteTitle: (money) => `Paiement Stripe reçu\u00a0: ${formatMoney(money, locale)}`,
  noteBody: ({ identity, invoiceNumber, date }) =>
    `Reçu le ${dayText(date, locale)}. Facture ${invoiceNumber} dans Zoho Books. Paiement ${identity}.`,
});

const ENGLISH = (locale: string): BookingTexts => ({
  invoiceLine: (description) => description ?? 'Online payment',
  noteTitle: (money) => `Stripe payment received: ${formatMoney(money, locale)}`,
  noteBody: ({ identity, invoiceNumber, date }) =>
    `Received on ${dayText(date, locale)}. Invoice ${invoiceNumber} in Zoho Books. Payment ${identity}.`,
});

export function bookingTexts(locale: string): BookingTexts {
  return languageOf(locale) === 'fr' ? FRENCH(locale) : ENGLISH(locale);
}

/** Of money that an invoice did not take. */
export const excessText = (money: Money): Sentence =>
  aboutMoney(
    money,
    (amount) => ` ${amount} more than the invoice was open: it is the customer’s credit.`,
    (amount) => ` ${amount} de plus que le dû\u00a0: c’est un crédit du client.`,
  );

/** What a transfer to the bank says. @param failure why it came back; null: it went there. */
export function payoutText(id: string, failure: string | null, locale: string): string {
  const isFrench = languageOf(locale) === 'fr';
  if (failure === null) return isFrench ? `Virement Stripe ${id}` : `Stripe payout ${id}`;
  return isFrench
    ? `Virement Stripe ${id} échoué\u00a0: ${failure}`
    : `Stripe payout ${id} failed: ${failure}`;
}

/** What a transfer says that is money of a dispute. */
export function disputeTransferText(
  { id, chargeId, paymentIdentity }: Pick<Dispute, 'id' | 'chargeId' | 'paymentIdentity'>,
  isLeaving: boolean,
  locale: string,
): string {
  const payment = paymentIdentity ?? chargeId ?? '';
  if (languageOf(locale) === 'fr')
    return `Litige Stripe ${id} sur le paiement ${payment}\u00a0: ${isLeaving ? 'fonds retirés' : 'fonds rendus'}, frais compris`;
  return `Stripe dispute ${id} of payment ${payment}: ${isLeaving ? 'funds withdrawn' : 'funds reinstated'}, fee included`;
}

/** What an expense says that is the fee of a payment. */
export const feeText = (identity: string, locale: string): string =>
  languageOf(locale) === 'fr' ? `Frais Stripe du paiement ${identity}` : `Stripe fee of payment ${identity}`;

/** The same sentence about an amount in both languages of the log. */
export function aboutMoney(
  money: Money,
  en: (amount: string) => string,
  fr: (amount: string) => string,
): Sentence {
  return { en: en(formatMoney(money, 'en-GB')), fr: fr(formatMoney(money, 'fr-FR')) };
}
