import { formatMoney } from '../../core/money.ts';
import type { Sentence } from '../../core/sentence.ts';

/** What an event tells, in a few words; by the beginning of its topic, the first that fits. */
const WORDS: readonly (readonly [string, Sentence])[] = [
  ['customer.subscription', { en: 'Subscription', fr: 'Abonnement' }],
  ['customer.discount', { en: 'Discount of a customer', fr: 'Remise d’un client' }],
  ['payout', { en: 'Payout', fr: 'Virement' }],
  ['charge.updated', { en: 'Fee of a payment', fr: 'Frais d’un paiement' }],
  ['charge.dispute', { en: 'Dispute', fr: 'Litige' }],
  ['charge.refund', { en: 'Refund', fr: 'Remboursement' }],
  ['refund', { en: 'Refund', fr: 'Remboursement' }],
  ['invoice', { en: 'Paid invoice', fr: 'Facture payée' }],
  ['checkout', { en: 'Checkout', fr: 'Passage en caisse' }],
  ['', { en: 'Payment', fr: 'Paiement' }],
];

const AMOUNTS = ['amount_received', 'amount_total', 'amount_paid', 'amount_refunded', 'amount'];

/** `Refund of 12,00 €`: the topic in words, and the money that the event's object tells of. */
export function eventWords(topic: string, object: Readonly<Record<string, unknown>>): Sentence {
  const words = WORDS.find(([start]) => topic.startsWith(start))?.[1] ?? { en: topic, fr: topic };
  const minor = AMOUNTS.map((name) => object[name]).find(
    (value): value is number => typeof value === 'number' && value > 0,
  );
  const { currency } = object;
  if (minor === undefined || typeof currency !== 'string') return words;
  const money = { minor, currency: currency.toUpperCase() };
  return {
    en: `${words.en}, ${formatMoney(money, 'en-GB')}`,
    fr: `${words.fr}, ${formatMoney(money, 'fr-FR')}`,
  };
}
