import { totalsOf } from '../../sandbox/shopify/money.ts';
import type { OrderRow } from '../../sandbox/shopify/rows.ts';
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
  /** Prices of a line of its own in another currency, without tax. */
  readonly foreign?: { readonly currency: string; readonly price: string };
  readonly shipping?: string;
  readonly fee?: string;
  /** `by-transfer`: the money is awaited; `on-delivery`: it comes with the goods. */
  readonly pays?: 'at-once' | 'by-transfer' | 'on-delivery';
  readonly isTest?: boolean;
}

/** What somebody does with an order that is there. */
export type Deed =
  | { readonly is: 'money-came' | 'goods-went' | 'cancelled' | 'deleted' | 'one-more' }
  | { readonly is: 'gave-back'; readonly amount: string; readonly reason?: string };

/** A shop of one vendor, in the words of all. */
export interface ShopUnderTest {
  readonly connector: Connector;
  /** Topics of its deliveries that an order is told of by: a new one, and one that changed. */
  readonly topics: readonly [made: string, changed: string];
  act(story: Story): object;
  deed(order: string, deed: Deed): object;
  /** What an answer to `act` says of the order. */
  read(answer: unknown): { readonly id: string; readonly number: string };
  /** What the shop itself says of an order, in minor units. */
  truth(row: unknown): {
    readonly total: number;
    readonly isPaid: boolean;
    /** It is as far as an invoice is made of it. */
    readonly isTaken: boolean;
    readonly refunds: number;
  };
}

const PRODUCTS = { 'AFF-A2': 10, 'CAR-LUM': 11, 'LIV-TYP': 12 } as const;
const COUPONS = { 20: 'noël20', 25: 'bienvenue25' } as const;
const METHODS = {
  'at-once': ['processing', 'stripe'],
  'by-transfer': ['on-hold', 'bacs'],
  'on-delivery': ['processing', 'cod'],
} as const;

interface WooRow {
  readonly total: string;
  readonly date_paid_gmt: string | null;
  readonly refunds: readonly object[];
}

export const woo: ShopUnderTest = {
  connector: wooCommerce as unknown as Connector,
  topics: ['order.created', 'order.updated'],
  act({ quantity = 0, sku = 'AFF-A2', pays = 'at-once', ...story }) {
    const [status, method] = METHODS[pays];
    const { foreign } = story;
    const price = foreign?.price;
    const line = { name: 'P', quantity: 1, sku: 'P', total: price, total_tax: '0', taxes: [] };
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
        ...(foreign === undefined ? {} : { total: price, line_items: [line] }),
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
    }
  },
  read(answer) {
    const { order } = answer as { order: { id: number; number: string } };
    return { id: String(order.id), number: order.number };
  },
  truth(row) {
    const { total, date_paid_gmt: paid, refunds } = row as WooRow;
    const isPaid = paid !== null;
    return { total: Math.round(Number(total) * 100), isPaid, isTaken: isPaid, refunds: refunds.length };
  },
};

const GATEWAYS = {
  'at-once': { gateway: 'Carte bancaire' },
  'by-transfer': { gateway: 'Bank Deposit', paid: false },
  'on-delivery': { gateway: 'Cash on Delivery (COD)', paid: false },
} as const;

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
      lines: foreign === undefined ? goods : [{ sku: 'P', title: 'P', price: foreign.price }],
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
    }
  },
  read(answer) {
    const { order } = answer as { order: { id: number; order_number: number } };
    return { id: String(order.id), number: String(order.order_number) };
  },
  truth(row) {
    const { total, received, outstanding } = totalsOf(row as OrderRow);
    const { refunds, fulfilled } = row as OrderRow;
    const isPaid = received > 0 && outstanding <= 0;
    return { total, isPaid, isTaken: isPaid || fulfilled, refunds: refunds.length };
  },
};

export const SHOPS: readonly ShopUnderTest[] = [woo, shopifyShop];
