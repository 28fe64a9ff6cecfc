import type Stripe from 'stripe';
import { formatMoney } from '../../core/money.ts';
import {
  asWords,
  type CardRow,
  type CardValue,
  dateValue,
  moneyValue,
  stateValue,
  type Tone,
  textValue,
  wordsValue,
} from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { idOf, timeOf } from './object-reader.ts';

/** How Stripe's objects stand in a card. Their states: https://docs.stripe.com/api */

const page = (section: string, id: string): string =>
  `https://dashboard.stripe.com/${section}/${encodeURIComponent(id)}`;

const state = (en: string, fr: string, tone: Tone): CardValue => stateValue({ en, fr }, tone);

const amount = (minor: number, currency: string): CardValue =>
  moneyValue({ minor, currency: currency.toUpperCase() });

const dates = (seconds: number, says?: Sentence): CardValue[] => {
  const at = timeOf(seconds);
  return at === null ? [] : [dateValue(at, says)];
};

export function paymentRow(charge: Stripe.Charge): CardRow {
  const identity = idOf(charge.payment_intent) ?? charge.id;
  const refunded = charge.amount_refunded;
  return {
    id: charge.id,
    label: charge.description ? textValue(charge.description) : wordsValue('Payment', 'Paiement'),
    values: [amount(charge.amount, charge.currency), paymentState(charge), ...dates(charge.created)],
    url: page('payments', identity),
    key: identity,
    ...(charge.failure_message ? { note: asWords(charge.failure_message) } : {}),
    ...(refunded > 0 && !charge.refunded ? { note: refundNote(refunded, charge.currency) } : {}),
  };
}

function paymentState(charge: Stripe.Charge): CardValue {
  if (charge.disputed) return state('Disputed', 'Contesté', 'bad');
  if (charge.refunded) return state('Refunded', 'Remboursé', 'quiet');
  if (charge.amount_refunded > 0) return state('Partly refunded', 'Remboursé en partie', 'busy');
  if (charge.status === 'failed') return state('Failed', 'Échoué', 'bad');
  if (charge.status === 'pending') return state('Pending', 'En attente', 'busy');
  return charge.captured ? state('Paid', 'Payé', 'good') : state('Authorised', 'Autorisé', 'busy');
}

function refundNote(minor: number, code: string): Sentence {
  const money = { minor, currency: code.toUpperCase() };
  return {
    en: `${formatMoney(money, 'en-GB')} was given back.`,
    fr: `${formatMoney(money, 'fr-FR')} ont été remboursés.`,
  };
}

const SUBSCRIPTION_STATES: Readonly<Record<string, readonly [string, string, Tone]>> = {
  active: ['Active', 'Actif', 'good'],
  trialing: ['On trial', 'À l’essai', 'busy'],
  past_due: ['Payment late', 'Paiement en retard', 'bad'],
  unpaid: ['Unpaid', 'Impayé', 'bad'],
  incomplete: ['Not started', 'Non démarré', 'busy'],
  paused: ['Paused', 'En pause', 'quiet'],
};

const RENEWS: Sentence = { en: 'renews', fr: 'renouvellement' };
const ENDS: Sentence = { en: 'ends', fr: 'fin' };
const DUE: Sentence = { en: 'due', fr: 'échéance' };
const SENT: Sentence = { en: 'sent', fr: 'envoyée' };

const INTERVALS: Readonly<Record<string, readonly [string, string]>> = {
  day: ['a day', 'par jour'],
  week: ['a week', 'par semaine'],
  month: ['a month', 'par mois'],
  year: ['a year', 'par an'],
};

export function subscriptionRow(subscription: Stripe.Subscription): CardRow {
  const items = subscription.items.data;
  const [en, fr, tone] = SUBSCRIPTION_STATES[subscription.status] ?? [
    subscription.status,
    subscription.status,
    'quiet',
  ];
  const ends = items.map((item) => item.current_period_end).sort((one, other) => one - other)[0];
  const over = subscription.cancel_at ?? (subscription.cancel_at_period_end ? ends : null);
  const next = timeOf(over ?? ends);
  return {
    id: subscription.id,
    label: textValue(subscription.description ?? items[0]?.price.nickname ?? subscription.id),
    values: [
      ...rateOf(items),
      state(en, fr, tone),
      ...(next === null ? [] : [dateValue(next, over === null ? RENEWS : ENDS)]),
    ],
    url: page('subscriptions', subscription.id),
  };
}

/** What it costs a period, where every item has one price and all the same period. */
function rateOf(items: readonly Stripe.SubscriptionItem[]): CardValue[] {
  const [first] = items;
  const interval = INTERVALS[first?.price.recurring?.interval ?? ''];
  const prices = items.map(({ price, quantity }) =>
    price.unit_amount === null ? null : price.unit_amount * (quantity ?? 1),
  );
  if (first === undefined || interval === undefined || prices.includes(null)) return [];
  const total = prices.reduce<number>((sum, price) => sum + (price ?? 0), 0);
  return [amount(total, first.price.currency), wordsValue(...interval)];
}

export function invoiceRow(invoice: Stripe.Invoice): CardRow {
  const due = timeOf(invoice.due_date);
  return {
    id: String(invoice.id),
    label: textValue(invoice.number ?? invoice.description ?? String(invoice.id)),
    values: [
      amount(invoice.amount_remaining, invoice.currency),
      state('Open', 'Ouverte', 'busy'),
      ...(due === null ? dates(invoice.created, SENT) : [dateValue(due, DUE)]),
    ],
    ...(invoice.hosted_invoice_url ? { url: invoice.hosted_invoice_url } : {}),
  };
}
