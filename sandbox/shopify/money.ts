import { majorUnits } from '../scenarios/spoken.ts';
import type { ChargeRow, LineRow, OrderRow, TaxRow } from './rows.ts';
import { CURRENCY } from './shop.ts';

const scaleOf = (currency: string): number => 1 / majorUnits(1, currency);

/** Decimal text in minor units. */
export const minorOf = (decimal: string, currency: string): number =>
  Math.round(Number(decimal) * scaleOf(currency));

/** As Shopify writes a Decimal: no more digits than needed, and one behind the point at least. */
const decimal = (minor: number, currency: string): string => {
  const text = String(majorUnits(minor, currency));
  return text.includes('.') ? text : `${text}.0`;
};

/** The same amount in both currencies. */
export function bag(minor: number, { currency, rate }: Pick<OrderRow, 'currency' | 'rate'>) {
  const inShop =
    currency === CURRENCY ? minor : Math.round(majorUnits(minor, currency) * rate * scaleOf(CURRENCY));
  return {
    presentmentMoney: { amount: decimal(minor, currency), currencyCode: currency },
    shopMoney: { amount: decimal(inShop, CURRENCY), currencyCode: CURRENCY },
  };
}

/** Taxes of an amount: in it where prices include them, else upon it; each rate is rounded by itself. */
export function taxesOf(minor: number, rates: readonly number[], included: boolean): TaxRow[] {
  const whole = rates.reduce((sum, rate) => sum + rate, 0);
  return rates.map((percent) => ({
    title: `TVA ${percent} %`,
    percent,
    minor: Math.round(included ? (minor * percent) / (100 + whole) : (minor * percent) / 100),
  }));
}

const taxSum = (taxes: readonly TaxRow[]): number => taxes.reduce((sum, { minor }) => sum + minor, 0);

/** What a line costs after its discounts, without the taxes that are not in its price. */
export const priceOf = ({ unitMinor, quantity, off }: LineRow): number =>
  unitMinor * quantity - off.reduce((sum, one) => sum + one, 0);

/** What so many of a line's units came to, with their taxes. */
export const unitsOf = (order: Pick<OrderRow, 'taxesIncluded'>, line: LineRow, quantity: number): number => {
  const whole = priceOf(line) + (order.taxesIncluded ? 0 : taxSum(line.taxes));
  return Math.round((whole * quantity) / line.quantity);
};

export interface Totals {
  readonly total: number;
  /** Without what was sent back or taken away. */
  readonly current: number;
  readonly tax: number;
  readonly received: number;
  readonly refunded: number;
  readonly outstanding: number;
  readonly authorized: number;
}

export function totalsOf(order: OrderRow): Totals {
  const charge = ({ minor, taxes }: ChargeRow): number => minor + (order.taxesIncluded ? 0 : taxSum(taxes));
  const charges = [...order.shippingLines, ...order.fees];
  const beside = charges.reduce((sum, one) => sum + charge(one), 0) + order.dutiesMinor + order.tipMinor;
  const goods = (of: (line: LineRow) => number): number =>
    order.lines.reduce((sum, line) => sum + unitsOf(order, line, of(line)), 0);
  const money = (kinds: readonly string[]): number =>
    order.transactions
      .filter(({ kind, status }) => kinds.includes(kind) && status === 'SUCCESS')
      .reduce((sum, { minor }) => sum + minor, 0);
  const total = goods(({ quantity }) => quantity) + beside;
  const current = order.cancelledAt === null ? goods(({ current: left }) => left) + beside : 0;
  const received = money(['SALE', 'CAPTURE']);
  const refunded = money(['REFUND']);
  // What went back beyond the goods that came back was given: nobody owes it.
  const given = Math.max(0, refunded - (total - current));
  return {
    total,
    current,
    tax: [...order.lines, ...charges].reduce((sum, { taxes }) => sum + taxSum(taxes), 0),
    received,
    refunded,
    outstanding: current - (received - refunded) - given,
    authorized: order.voided ? 0 : money(['AUTHORIZATION']),
  };
}

/** https://shopify.dev/docs/api/admin-graphql/2026-10/enums/OrderDisplayFinancialStatus */
export function financialStatus(order: OrderRow): string {
  const { total, received, refunded, outstanding, authorized } = totalsOf(order);
  if (order.voided) return 'VOIDED';
  if (refunded > 0) return refunded >= received ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  if (received > 0 || total === 0) return outstanding > 0 ? 'PARTIALLY_PAID' : 'PAID';
  return authorized > 0 ? 'AUTHORIZED' : 'PENDING';
}
