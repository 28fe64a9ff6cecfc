import { totalsOf } from '../../sandbox/shopify/money.ts';
import type { OrderRow } from '../../sandbox/shopify/rows.ts';
import { rates } from '../../sandbox/woocommerce/shop.ts';
import { shopify } from '../../server/connectors/shopify/connector.ts';
import { wooCommerce } from '../../server/connectors/woocommerce/connector.ts';
import type { Connector } from '../../server/core/connector.ts';

/** An order as people tell of it, whatever the shop's vendor. */
export interface Story {
  readonly first?: string;
  readonly last?: string;
  readonly email?: string;
  readonly company?: string;
  readonly phone?: string;
  /** The shop's own customer, where that is all that is known. */
  readonly customer?: number;
  /** Posters at 23.90, tax included; or notebooks at 12.50, or books at 34.00 with another tax. */
  readonly quantity?: number;
  readonly sku?: 'AFF-A2' | 'CAR-LUM' | 'LIV-TYP';
  readonly percentOff?: 20 | 25;
  /** Whether prices include their taxes, as they do where nothing is said, or taxes are added to them. */
  readonly taxes?: 'included' | 'added';
  /** Prices of a line of its own in another currency, without tax unless one of 20 % is said. */
  readonly foreign?: {
    readonly currency: string;
    readonly price: string;
    readonly taxes?: 'included' | 'added' | 'none';
  };
  readonly shipping?: string;
  readonly fee?: string;
  /** `by-transfer`: the money is awaited; `on-delivery`: it comes with the goods. */
  readonly pays?: 'at-once' | 'by-transfer' | 'on-delivery' | 'authorised';
  readonly isTest?: boolean;
}

/** What somebody does with an order that is there. */
export type Deed =
  | { readonly is: 'money-came' | 'goods-went' | 'cancelled' | 'deleted' | 'one-more' }
  | { readonly is: 'gave-back'; readonly amount: string; readonly reason?: string }
  /** One piece of a line, for whatever it is thought worth by then. */
  | { readonly is: 'sent-back'; readonly amount: string; readonly line: number };

/** A shop of one vendor, in the words of all. */
export interface ShopUnderTest {
  readonly connector: Connector;
  /** Topics of its deliveries that an order is told of by: a new one, and one that changed. */
  readonly topics: readonly [made: string, changed: string];
  act(story: Story): object;
  deed(order: string, deed: Deed): object;
  /** What an answer to `act` says of the order. */
  read(answer: unknown): { readonly id: string; readonly number: string };
  /** What the shop itself says of an order, in minor units. @param refunds rows of its refunds, where the shop keeps them apart. */
  truth(
    row: unknown,
    refunds?: readonly unknown[],
  ): {
    readonly total: number;
    readonly isPaid: boolean;
    /** It is as far as an invoice is made of it. */
    readonly isTaken: boolean;
    readonly isCancelled: boolean;
    /** All of its money went back, and the shop counts it as if nothing had been sold. */
    readonly isUndone: boolean;
    /** What was ordered. */
    readonly lines: readonly { readonly id: number; readonly sku: string; readonly quantity: number }[];
    /** What refunds name of it, by code. */
    readonly returned: Readonly<Record<string, number>>;
    /** All of its money went back in one refund. */
    readonly isAllAtOnce: boolean;
    readonly refunds: number;
    /** What went back. */
    readonly refunded: number;
  };
}

const PRODUCTS = { 'AFF-A2': 10, 'CAR-LUM': 11, 'LIV-TYP': 12 } as const;
const COUPONS = { 20: 'noël20', 25: 'bienvenue25' } as const;
const METHODS = {
  'at-once': ['processing', 'stripe'],
  'by-transfer': ['on-hold', 'bacs'],
  'on-delivery': ['processing', 'cod'],
  // What a card reserved is awaited as a transfer is.
  authorised: ['on-hold', 'stripe'],
} as const;

interface WooRow {
  readonly status: string;
  readonly currency: string;
  readonly total: string;
  readonly date_paid_gmt: string | null;
  readonly line_items: ReturnType<ShopUnderTest['truth']>['lines'];
  readonly refunds: readonly { readonly total: string }[];
}
interface WooRefundRow {
  readonly line_items?: readonly { readonly sku: string; readonly quantity: number }[];
}

function piecesOf(lines: readonly { readonly sku: string; readonly quantity: number }[]) {
  const pieces: Record<string, number> = {};
  for (const { sku, quantity } of lines) pieces[sku] = (pieces[sku] ?? 0) + quantity;
  return pieces;
}

/** The lines of a shop in another currency, as its plugin writes them: taxes rounded to what the currency counts in. */
function foreignLines({ currency, price, taxes = 'none' }: NonNullable<Story['foreign']>): object {
  const digits = currency === 'JPY' ? 0 : 2;
  const [asked, percent] = [Number(price), taxes === 'none' ? 0 : 20];
  const tax = Number(((asked * percent) / (taxes === 'included' ? 100 + percent : 100)).toFixed(digits));
  const net = taxes === 'included' ? asked - tax : asked;
  const text = (amount: number): string => amount.toFixed(digits);
  const [{ id, code, label }] = rates as unknown as [{ id: number; code: string; label: string }];
  const ofLine = tax === 0 ? [] : [{ id, total: text(tax) }];
  const line = { name: 'P', quantity: 1, sku: 'P', total: text(net), total_tax: text(tax), taxes: ofLine };
  const sums = { tax_total: text(tax), shipping_tax_total: text(0), rate_percent: percent };
  return {
    prices_include_tax: taxes !== 'added',
    ...{ total: text(net + tax), total_tax: text(tax), cart_tax: text(tax), line_items: [line] },
    tax_lines:
      tax === 0
        ? []
        : [{ id: 1, rate_code: code, rate_id: id, label, compound: false, ...sums, meta_data: [] }],
  };
}

export const woo: ShopUnderTest = {
  connector: wooCommerce as unknown as Connector,
  topics: ['order.created', 'order.updated'],
  act({ quantity = 0, sku = 'AFF-A2', pays = 'at-once', ...story }) {
    const [status, method] = METHODS[pays];
    const { foreign } = story;
    return {
      act: 'order',
      fields: {
        status,
        payment_method: method,
        payment_method_title: 'Carte bancaire',
        ...(story.customer === undefined ? {} : { customer_id: story.customer }),
        ...(foreign === undefined ? {} : { currency: foreign.currency }),
        billing: {
          first_name: story.first ?? '',
          last_name: story.last ?? '',
          company: story.company ?? '',
          email: story.email ?? '',
          phone: story.phone ?? '',
        },
        line_items: quantity === 0 ? [] : [{ product_id: PRODUCTS[sku], quantity }],
        coupon_lines: story.percentOff === undefined ? [] : [{ code: COUPONS[story.percentOff] }],
        shipping_lines:
          story.shipping === undefined ? [] : [{ method_title: 'Colissimo', total: story.shipping }],
        fee_lines: story.fee === undefined ? [] : [{ name: 'Frais', total: story.fee }],
        ...(story.isTest === true ? { meta_data: [{ id: 1, key: '_wcpay_mode', value: 'test' }] } : {}),
      },
      raw: {
        ...(foreign === undefined ? {} : foreignLines(foreign)),
        ...(story.taxes === 'added' ? { prices_include_tax: false } : {}),
      },
    };
  },
  deed(order, deed) {
    const change = (fields: object) => ({ act: 'change', order: Number(order), fields });
    switch (deed.is) {
      case 'money-came':
        return change({ status: 'processing' });
      case 'goods-went':
        return change({ status: 'completed' });
      case 'cancelled':
        return change({ status: 'cancelled' });
      case 'deleted':
        return { act: 'delete', order: Number(order) };
      case 'one-more':
        return change({ line_items: [{ product_id: PRODUCTS['AFF-A2'], quantity: 2 }] });
      case 'gave-back':
        return { act: 'refund', order: Number(order), amount: deed.amount, reason: deed.reason ?? '' };
      case 'sent-back': {
        const line_items = [{ id: deed.line, quantity: 1, refund_total: Number(deed.amount) }];
        return { act: 'refund', order: Number(order), amount: deed.amount, line_items };
      }
    }
  },
  read(answer) {
    const { order } = answer as { order: { id: number; number: string } };
    return { id: String(order.id), number: order.number };
  },
  truth(row, rows = []) {
    const { total, status, currency, date_paid_gmt: paid, refunds, line_items: lines } = row as WooRow;
    const isPaid = paid !== null;
    const minor = (amount: string): number => Math.round(Number(amount) * (currency === 'JPY' ? 1 : 100));
    return {
      ...{ total: minor(total), isPaid, isTaken: isPaid, isCancelled: status === 'cancelled' },
      ...{ isUndone: status === 'refunded', lines },
      returned: piecesOf(
        (rows as readonly WooRefundRow[]).flatMap(({ line_items: back = [] }) =>
          back.map(({ sku, quantity }) => ({ sku, quantity: -quantity })),
        ),
      ),
      isAllAtOnce: refunds.some((one) => -minor(one.total) === minor(total)),
      refunds: refunds.length,
      refunded: refunds.reduce((sum, one) => sum - minor(one.total), 0),
    };
  },
};

const GATEWAYS = {
  'at-once': { gateway: 'Carte bancaire' },
  'by-transfer': { gateway: 'Bank Deposit', paid: false },
  'on-delivery': { gateway: 'Cash on Delivery (COD)', paid: false },
  authorised: { gateway: 'Carte bancaire', paid: 'authorized' },
} as const;

const foreignLine = ({ price, taxes = 'none' }: NonNullable<Story['foreign']>): object => ({
  ...{ sku: 'P', title: 'P', price },
  ...(taxes === 'none' ? {} : { rates: [20] }),
});

export const shopifyShop: ShopUnderTest = {
  connector: shopify as unknown as Connector,
  topics: ['orders/create', 'orders/updated'],
  act({ quantity = 0, sku = 'AFF-A2', pays = 'at-once', ...story }) {
    const { foreign, email } = story;
    const goods = quantity === 0 ? [] : [{ sku, quantity }];
    const person = {
      ...(story.first === undefined ? {} : { firstName: story.first }),
      ...(story.last === undefined ? {} : { lastName: story.last }),
      ...(story.company === undefined ? {} : { company: story.company }),
      ...(story.phone === undefined ? {} : { phone: story.phone }),
    };
    return {
      act: 'order',
      ...GATEWAYS[pays],
      ...(foreign === undefined ? {} : { currency: foreign.currency, rate: 0.5 }),
      lines: foreign === undefined ? goods : [foreignLine(foreign)],
      ...(foreign === undefined ? {} : { taxesIncluded: foreign.taxes !== 'added' }),
      ...(email === undefined ? {} : { email }),
      ...(Object.keys(person).length === 0 ? {} : { billing: person }),
      ...(story.customer === undefined ? {} : { customer: { id: story.customer } }),
      ...(story.percentOff === undefined ? {} : { code: { code: 'REMISE', percent: story.percentOff } }),
      ...(story.shipping === undefined ? {} : { shipping: { title: 'Colissimo', price: story.shipping } }),
      ...(story.fee === undefined ? {} : { fees: [{ name: 'Frais', price: story.fee }] }),
      ...(story.taxes === undefined ? {} : { taxesIncluded: story.taxes === 'included' }),
      test: story.isTest ?? false,
    };
  },
  deed(order, deed) {
    const id = Number(order);
    switch (deed.is) {
      case 'money-came':
        return { act: 'pay', order: id };
      case 'goods-went':
        return { act: 'fulfil', order: id };
      case 'cancelled':
        return { act: 'cancel', order: id };
      case 'deleted':
        return { act: 'delete', order: id };
      case 'one-more':
        return { act: 'edit', order: id, add: [{ sku: 'AFF-A2', quantity: 1 }] };
      case 'gave-back':
        return {
          act: 'refund',
          order: id,
          amount: deed.amount,
          ...(deed.reason === undefined ? {} : { note: deed.reason }),
        };
      case 'sent-back':
        return { act: 'refund', order: id, amount: deed.amount, units: { [deed.line]: 1 } };
    }
  },
  read(answer) {
    const { order } = answer as { order: { id: number; order_number: number } };
    return { id: String(order.id), number: String(order.order_number) };
  },
  truth(row) {
    const { total, received, refunded, outstanding } = totalsOf(row as OrderRow);
    const { refunds, fulfilled, cancelledAt, lines } = row as OrderRow;
    const isPaid = received > 0 && outstanding <= 0;
    return {
      ...{ total, isPaid, isTaken: isPaid || fulfilled, isCancelled: cancelledAt !== null },
      ...{ isUndone: received > 0 && refunded >= received },
      lines: lines.map(({ id, sku, quantity }) => ({ id, sku: sku ?? '', quantity })),
      returned: piecesOf(
        refunds.flatMap(({ lines: back }) =>
          back.map(({ line, quantity }) => ({
            sku: lines.find(({ id }) => id === line)?.sku ?? '',
            quantity,
          })),
        ),
      ),
      isAllAtOnce: refunds.some(({ minor }) => minor === total),
      ...{ refunds: refunds.length, refunded },
    };
  },
};

export const SHOPS: readonly ShopUnderTest[] = [woo, shopifyShop];
