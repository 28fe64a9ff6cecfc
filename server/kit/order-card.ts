import type { VendorAccount } from '../core/connector.ts';
import { formatMoney, type Money } from '../core/money.ts';
import type { ListedOrder, OrderState } from '../core/order/order.ts';
import {
  type CardDeclaration,
  type CardRow,
  type CardSection,
  type CardValue,
  dateValue,
  moneyValue,
  stateValue,
  type Tone,
  textValue,
  wordsValue,
} from '../core/record-card.ts';
import type { Sentence } from '../core/sentence.ts';
import { nobody, PERSON_MODULES } from './person-card.ts';

const MOST_ROWS = 10;
/** Each address is a search of the shop's, which serves its customers meanwhile. */
const MOST_ADDRESSES = 3;

export interface OrdersShown {
  /** All that one customer ordered, as far as it was read. */
  readonly orders: readonly ListedOrder[];
  /** Whether the shop has more of them than were read. */
  readonly more: boolean;
  /** How far back the shop shows orders at all; absent: to the first. */
  readonly reach?: Sentence;
  /** Where the shop shows one. */
  readonly url: (id: string) => string;
}

/** What a customer of a shop ordered, got, paid and sent back, the newest first; carts and test orders are none. */
export function orderSections({ orders, more, reach, url }: OrdersShown): CardSection[] {
  const real = orders
    .filter(({ state, isTest }) => state !== 'draft' && state !== 'gone' && !isTest)
    .sort((one, other) => other.placedAt.localeCompare(one.placedAt));
  return [
    {
      id: 'shop-customer',
      titles: { en: 'Customer', fr: 'Client' },
      layout: 'facts',
      rows: [valueRow(real, more ? READ_IN_PART : reach), ...sumRows(real)],
    },
    {
      id: 'shop-orders',
      titles: { en: 'Orders', fr: 'Commandes' },
      layout: 'rows',
      rows: real.slice(0, MOST_ROWS).map((order) => orderRow(order, url)),
      empty: { en: 'No order yet.', fr: 'Aucune commande pour l’instant.' },
      ...(more || real.length > MOST_ROWS ? { more: true } : {}),
    },
  ];
}

const givenBack = ({ refunds }: ListedOrder): number => refunds.reduce((all, { minor }) => all + minor, 0);

/** Sums per currency, those of nothing left out. */
function sums(orders: readonly ListedOrder[], of: (order: ListedOrder) => number): Money[] {
  const all = new Map<string, number>();
  for (const order of orders) all.set(order.currency, (all.get(order.currency) ?? 0) + of(order));
  return [...all].map(([currency, minor]) => ({ minor, currency })).filter(({ minor }) => minor !== 0);
}

/** What was paid and not given back. */
function valueRow(orders: readonly ListedOrder[], note: Sentence | undefined): CardRow {
  const paid = orders.filter(({ paidAt }) => paidAt !== null);
  const kept = sums(paid, (order) => order.totalMinor - givenBack(order));
  return {
    id: 'shop-lifetime-value',
    label: wordsValue('Lifetime value', 'Total payé à ce jour'),
    values:
      paid.length === 0
        ? [wordsValue('Nothing paid yet', 'Rien payé pour l’instant')]
        : kept.length === 0
          ? [wordsValue('All of it was given back', 'Tout a été remboursé')]
          : kept.map(moneyValue),
    ...(note === undefined ? {} : { note }),
  };
}

const READ_IN_PART: Sentence = {
  en: 'Of the last orders only; there are more in the shop.',
  fr: 'Sur les dernières commandes seulement\u00a0; la boutique en a d’autres.',
};

const OPEN: ReadonlySet<OrderState> = new Set(['unpaid', 'held', 'accepted', 'fulfilled', 'other']);

/** What is still to be paid, and what was given back; no row of nothing. */
function sumRows(orders: readonly ListedOrder[]): CardRow[] {
  const open = orders.filter(({ state, paidAt }) => paidAt === null && OPEN.has(state));
  return [
    ...row(
      'shop-owed',
      ['To be paid', 'Reste à payer'],
      sums(open, ({ totalMinor }) => totalMinor),
    ),
    ...row('shop-returned', ['Given back', 'Remboursé'], sums(orders, givenBack)),
  ];
}

const row = (id: string, label: readonly [string, string], amounts: readonly Money[]): CardRow[] =>
  amounts.length === 0 ? [] : [{ id, label: wordsValue(...label), values: amounts.map(moneyValue) }];

const state = (en: string, fr: string, tone: Tone): CardValue => stateValue({ en, fr }, tone);

/** How far the goods are. */
const STATES: Readonly<Record<OrderState, CardValue>> = {
  draft: state('Cart', 'Panier', 'quiet'),
  unpaid: state('Not paid', 'Impayée', 'busy'),
  held: state('Money awaited', 'Paiement attendu', 'busy'),
  accepted: state('In preparation', 'En préparation', 'busy'),
  fulfilled: state('Sent', 'Expédiée', 'good'),
  refunded: state('Refunded', 'Remboursée', 'quiet'),
  ended: state('Cancelled', 'Annulée', 'quiet'),
  gone: state('Deleted', 'Supprimée', 'quiet'),
  other: state('In hand', 'En cours', 'busy'),
};

function orderRow(order: ListedOrder, url: OrdersShown['url']): CardRow {
  const back = givenBack(order);
  const isPart = back > 0 && back < order.totalMinor;
  return {
    id: `order ${order.reference}`,
    label: textValue(`#${order.number}`),
    values: [
      moneyValue({ minor: order.totalMinor, currency: order.currency }),
      STATES[order.state],
      // Of what is sent before it is paid, both are worth knowing.
      ...(order.state === 'fulfilled' && order.paidAt === null ? [STATES.unpaid] : []),
      dateValue(order.placedAt),
    ],
    url: url(order.id),
    ...(isPart ? { note: backNote({ minor: back, currency: order.currency }) } : {}),
  };
}

const backNote = (money: Money): Sentence => ({
  en: `${formatMoney(money, 'en-GB')} was given back.`,
  fr: `${formatMoney(money, 'fr-FR')} ont été remboursés.`,
});

/** What a shop's card needs of its client. */
interface SearchedOrders {
  /** The newest orders in which the text stands, at most a page of them. */
  latestOrders(search: string): Promise<readonly ListedOrder[]>;
}

/** What a shop says of its card. */
export interface ShopCard {
  readonly group: string;
  /** The object of its orders. */
  readonly object: string;
  /** How many orders a page of `latestOrders` holds: a full one may have more behind it. */
  readonly page: number;
  readonly reach?: Sentence;
  /** Where the shop shows an order. */
  readonly url: (id: string, account: VendorAccount) => string;
  /** Nobody there has the addresses that were looked for, in words. */
  readonly none: (sought: Sentence) => Sentence;
}

/** The orders with the record's addresses: what was bought, sent, paid and given back. */
export const shopCard = <Client extends SearchedOrders>(shop: ShopCard): CardDeclaration<Client> => ({
  group: shop.group,
  modules: PERSON_MODULES,
  async read({ client, account, subject }) {
    const addresses = [...new Set(subject.emails.map((email) => email.toLowerCase()))];
    const asked = addresses.slice(0, MOST_ADDRESSES);
    const pages = await Promise.all(asked.map((email) => client.latestOrders(email)));
    // A search looks into names and addresses of all kinds: only who ordered counts.
    const own = pages.flat().filter(({ customer }) => asked.includes(customer.email?.toLowerCase() ?? ''));
    const orders = [...new Map(own.map((order) => [order.id, order])).values()];
    const refs = orders.map(({ id }) => ({ object: shop.object, id }));
    if (orders.length === 0) {
      const empty = nobody(subject, NO_ADDRESS, shop.none);
      return { sections: [], empty, refs, actions: [] };
    }
    const more = addresses.length > asked.length || pages.some((page) => page.length >= shop.page);
    const { reach } = shop;
    const sections = orderSections({
      orders,
      more,
      ...(reach && { reach }),
      url: (id) => shop.url(id, account),
    });
    return { sections, refs, actions: [] };
  },
});

const NO_ADDRESS: Sentence = {
  en: 'The record has no e-mail address, by which the shop would know the customer.',
  fr: 'La fiche n’a pas d’adresse e-mail, à laquelle la boutique reconnaîtrait le client.',
};
