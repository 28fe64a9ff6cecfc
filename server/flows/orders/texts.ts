import { formatMoney, type Money } from '../../core/money.ts';
import type { DocumentLine } from '../../core/order/document-lines.ts';
import { type Order, type OrderRefund, personOf } from '../../core/order/order.ts';
import type { CreditLine } from '../../core/order/refund-lines.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';

/** What people know whoever ordered by. */
export const whoOf = ({ customer }: Order): string =>
  personOf(customer) || customer.company || (customer.email ?? '–');

/** What the flow writes into Books, in the organisation's own language. */
export const spoken = (sentence: Sentence, locale: string): string => sentence[languageOf(locale)];

export const totalOf = ({ totalMinor, currency }: Pick<Order, 'totalMinor' | 'currency'>): Money => ({
  minor: totalMinor,
  currency,
});

/** The same sentence about an amount in both languages. */
export const aboutMoney = (
  money: Money,
  en: (amount: string) => string,
  fr: (amount: string) => string,
): Sentence => ({ en: en(formatMoney(money, 'en-GB')), fr: fr(formatMoney(money, 'fr-FR')) });

const NAMES = {
  product: { en: 'Product', fr: 'Article' },
  shipping: { en: 'Shipping', fr: 'Livraison' },
  fee: { en: 'Fee', fr: 'Frais' },
  tip: { en: 'Tip', fr: 'Pourboire' },
  duties: { en: 'Duties', fr: 'Droits de douane' },
  tax: { en: 'Tax', fr: 'Taxe' },
  rest: { en: 'Not itemised by the shop', fr: 'Non détaillé par la boutique' },
} as const satisfies Record<DocumentLine['kind'], Sentence>;

/** A line's name with what the shop keeps it under; a tax says its rate. */
export function lineName({ kind, name, sku }: DocumentLine, locale: string): string {
  const usual = spoken(NAMES[kind], locale);
  if (kind === 'tax') return name === '' ? usual : `${usual} ${percentText(name, locale)}`;
  return `${name === '' ? usual : name}${sku === null ? '' : ` (${sku})`}`;
}

const percentText = (percent: string, locale: string): string =>
  `${new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(Number(percent))} %`;

export const roundingText = (locale: string): string => spoken({ en: 'Rounding', fr: 'Arrondi' }, locale);

/** Below the lines of an invoice: where the order is, what was taken off by which codes, what the shop counts it as. */
export function invoiceNotes({ reference, coupons, currency, shopTotal }: Order, locale: string): string {
  const codes = coupons.join(', ');
  const counted = shopTotal === undefined ? null : formatMoney(shopTotal, locale);
  const said: Sentence = {
    en: [
      `Order ${reference}.`,
      ...(codes === '' ? [] : [`Coupons: ${codes}.`]),
      ...(counted === null ? [] : [`Paid in ${currency}; the shop counts it as ${counted}.`]),
    ].join(' '),
    fr: [
      `Commande ${reference}.`,
      ...(codes === '' ? [] : [`Codes promo\u00a0: ${codes}.`]),
      ...(counted === null ? [] : [`Payée en ${currency}\u00a0; la boutique la compte pour ${counted}.`]),
    ].join(' '),
  };
  return spoken(said, locale);
}

/** A customer of whom the shop knows no name and no address. */
export const counterName = (locale: string): string =>
  spoken({ en: 'Shop counter', fr: 'Client de passage' }, locale);

export const refundMark = ({ id }: OrderRefund): string => `(refund ${id})`;

/** @param credit number of the credit note that was made of it. */
export function refundText(refund: OrderRefund, currency: string, locale: string, credit?: string): string {
  const because = refund.reason === '' ? '' : `\u00a0: ${refund.reason}`;
  const said = aboutMoney(
    { minor: refund.minor, currency },
    (amount) => `The shop gave back ${amount} to the customer${because.replace('\u00a0:', ':')}`,
    (amount) => `La boutique a remboursé ${amount} au client${because}`,
  );
  const document =
    credit === undefined
      ? ''
      : ` ${spoken({ en: `Credit note ${credit}.`, fr: `Avoir ${credit}.` }, locale)}`;
  return `${spoken(said, locale)} ${refundMark(refund)}.${document}`;
}

/** A line of a credit note. */
export function creditLineName(line: CreditLine, order: Order, locale: string): string {
  const { kind } = line;
  if (kind === 'rounding') return roundingText(locale);
  if (kind !== 'refund') return lineName({ ...line, kind }, locale);
  return spoken(
    { en: `Refund of order ${order.number}`, fr: `Remboursement de la commande ${order.number}` },
    locale,
  );
}

/** What stands below the lines of a credit note. */
export function creditNoteText(order: Order, invoice: string, refund: OrderRefund, locale: string): string {
  const because = refund.reason === '' ? '' : ` (${refund.reason})`;
  return spoken(
    {
      en: `Invoice ${invoice}, order ${order.reference}, refund ${refund.id}${because}.`,
      fr: `Facture ${invoice}, commande ${order.reference}, remboursement ${refund.id}${because}.`,
    },
    locale,
  );
}

export const totalMark = (order: Order): string => `(total ${order.totalMinor})`;

export function changedTotalText(order: Order, before: Money, locale: string): string {
  const was = formatMoney(before, locale);
  const said = aboutMoney(
    totalOf(order),
    (amount) =>
      `The order now comes to ${amount} in the shop, instead of ${was}. This invoice was sent and stays as it is: make a credit note or a further invoice of the difference`,
    (amount) =>
      `La commande s’élève maintenant à ${amount} dans la boutique, au lieu de ${was}. Cette facture a été envoyée et reste telle quelle\u00a0: faites un avoir ou une autre facture de la différence`,
  );
  return `${spoken(said, locale)} ${totalMark(order)}.`;
}

export const endedMark = '(cancelled)';

export const endedText = (locale: string): string =>
  `${spoken(
    {
      en: 'The order was cancelled in the shop. This invoice was sent and stays as it is: make a credit note of it',
      fr: 'La commande a été annulée dans la boutique. Cette facture a été envoyée et reste telle quelle\u00a0: faites-en un avoir',
    },
    locale,
  )} ${endedMark}.`;

/** Why stock was moved, where it follows the shop. */
export const stockReason = (locale: string): string =>
  spoken({ en: 'Order of the shop', fr: 'Commande de la boutique' }, locale);
