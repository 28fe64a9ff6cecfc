import { formatTime, type Writing } from '../../core/format.ts';
import { formatMoney } from '../../core/money.ts';
import type { ListedOrder, OrderState } from '../../core/order/order.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';

const STATES: Readonly<Record<OrderState, Sentence>> = {
  draft: { en: 'cart', fr: 'panier' },
  unpaid: { en: 'not paid', fr: 'impayée' },
  held: { en: 'money awaited', fr: 'paiement attendu' },
  accepted: { en: 'in preparation', fr: 'en préparation' },
  fulfilled: { en: 'sent', fr: 'expédiée' },
  refunded: { en: 'refunded', fr: 'remboursée' },
  ended: { en: 'cancelled', fr: 'annulée' },
  gone: { en: 'deleted', fr: 'supprimée' },
  other: { en: 'in hand', fr: 'en cours' },
};

/** What counts as ordered, so far as an agent cares: carts, and what was only tried, are none. The newest first. */
export const realOrders = (orders: readonly ListedOrder[]): ListedOrder[] =>
  orders
    .filter(({ state, isTest }) => state !== 'draft' && state !== 'gone' && !isTest)
    .sort((one, other) => other.placedAt.localeCompare(one.placedAt));

/** What a customer of the shop ordered. */
export const ownOrders = (orders: readonly ListedOrder[], email: string): ListedOrder[] =>
  realOrders(orders).filter(({ customer }) => customer.email?.toLowerCase() === email.toLowerCase());

/** The newest orders, a line each, in the organisation's language. @param orders the newest first. */
export function orderLines(orders: readonly ListedOrder[], most: number, writing: Writing): string[] {
  const { locale, timeZone } = writing;
  const language = languageOf(locale);
  const title: Sentence =
    orders.length === 0
      ? { en: 'No order in the shop any more.', fr: 'Plus aucune commande dans la boutique.' }
      : { en: 'Last orders in the shop:', fr: 'Dernières commandes dans la boutique\u00a0:' };
  const lines = orders.slice(0, most).map((order) => orderLine(order, language, locale, timeZone));
  const left = orders.length - lines.length;
  const more: Sentence = { en: `and ${left} more`, fr: `et ${left} de plus` };
  return [title[language], ...lines, ...(left > 0 ? [more[language]] : [])];
}

function orderLine(order: ListedOrder, language: 'en' | 'fr', locale: string, timeZone: string): string {
  const { number, currency, totalMinor, placedAt, state, refunds } = order;
  const money = (minor: number): string => formatMoney({ minor, currency }, locale);
  const back = refunds.reduce((all, { minor }) => all + minor, 0);
  const given: Sentence = { en: `${money(back)} given back`, fr: `${money(back)} remboursés` };
  return [
    `#${number}`,
    formatTime(placedAt, locale, timeZone) ?? placedAt,
    money(totalMinor),
    STATES[state][language],
    ...(back > 0 && state !== 'refunded' ? [given[language]] : []),
  ].join(' · ');
}
