import { GraphQLError } from 'graphql';
import { bag, financialStatus, priceOf, totalsOf, unitsOf } from './money.ts';
import { listPage, type PageWish } from './pages.ts';
import type { ChargeRow, LineRow, OrderRow, PersonRow, RefundRow, TaxRow, TransactionRow } from './rows.ts';
import { CURRENCY } from './shop.ts';

const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;
const FIRST = 250;

/** What is shown under a token. */
export interface Sight {
  readonly scopes: readonly string[];
  /** Shopify has not approved the application for what is of persons. */
  readonly withheld: boolean;
}

const ALL: Sight = { scopes: ['read_orders', 'read_customers'], withheld: false };

export const denied = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'ACCESS_DENIED', documentation: DOCUMENTATION } });
const DOCUMENTATION = 'https://shopify.dev/api/usage/access-scopes';

const GATEWAYS: Readonly<Record<string, string>> = {
  shopify_payments: 'Shopify Payments',
  gift_card: 'Gift Card',
};

/** An order as the GraphQL interface shows it; members that take arguments, and those of persons, are asked for. */
export function orderView(row: OrderRow, sight: Sight = ALL) {
  const money = (minor: number) => bag(minor, row);
  const totals = totalsOf(row);
  const taxes = (all: readonly TaxRow[]) =>
    all.map(({ title, percent, minor }) => ({
      title,
      rate: percent / 100,
      ratePercentage: percent,
      priceSet: money(minor),
    }));
  const ofPersons =
    <Value>(field: string, value: Value) =>
    (): Value => {
      if (sight.withheld) throw denied(`This app is not approved to use the ${field} field.`);
      return value;
    };
  const line = (one: LineRow) => ({
    id: gid('LineItem', one.id),
    name: one.title,
    title: one.title,
    sku: one.sku,
    quantity: one.quantity,
    currentQuantity: one.current,
    originalTotalSet: money(one.unitMinor * one.quantity),
    originalUnitPriceSet: money(one.unitMinor),
    discountAllocations: one.off.map((minor) => ({ allocatedAmountSet: money(minor) })),
    taxLines: taxes(one.taxes),
    isGiftCard: false,
  });
  const charge = (type: string) => (one: ChargeRow) => ({
    id: gid(type, one.id),
    title: one.title,
    name: one.title,
    isRemoved: false,
    price: money(one.minor),
    discountedPriceSet: money(one.minor),
    originalPriceSet: money(one.minor),
    taxLines: taxes(one.taxes),
  });
  const refund = (one: RefundRow) => ({
    id: gid('Refund', one.id),
    createdAt: one.at,
    note: one.note,
    totalRefundedSet: money(one.minor),
    refundLineItems: (wish: PageWish) =>
      listPage(
        one.lines.flatMap((part) => {
          const found = row.lines.find(({ id }) => id === part.line);
          if (found === undefined) return [];
          const { quantity } = part;
          const share = (whole: number) => Math.round((whole * quantity) / found.quantity);
          const tax = found.taxes.reduce((sum, { minor }) => sum + minor, 0);
          const shared = { subtotalSet: money(share(priceOf(found))), totalTaxSet: money(share(tax)) };
          return [{ id: null, quantity, lineItem: line(found), ...shared }];
        }),
        wish,
      ),
    refundShippingLines: (wish: PageWish) =>
      listPage(
        row.shippingLines.slice(0, one.shippingMinor > 0 ? 1 : 0).map((sent) => {
          const tax = sent.taxes.reduce((sum, { minor }) => sum + minor, 0);
          return {
            id: gid('RefundShippingLine', one.id),
            shippingLine: charge('ShippingLine')(sent),
            subtotalAmountSet: money(one.shippingMinor),
            taxAmountSet: money(Math.round((tax * one.shippingMinor) / sent.minor)),
          };
        }),
        wish,
      ),
  });
  const transaction = (one: TransactionRow) => ({
    id: gid('OrderTransaction', one.id),
    kind: one.kind,
    status: one.status,
    processedAt: one.at,
    gateway: one.gateway,
    formattedGateway: GATEWAYS[one.gateway] ?? one.gateway,
    amountSet: money(one.minor),
    test: row.test,
  });
  return {
    id: gid('Order', row.id),
    name: `#${row.number}`,
    test: row.test,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    processedAt: row.createdAt,
    cancelledAt: row.cancelledAt,
    email: ofPersons('email', row.email),
    phone: ofPersons('phone', row.phone),
    currencyCode: CURRENCY,
    presentmentCurrencyCode: row.currency,
    taxesIncluded: row.taxesIncluded,
    dutiesIncluded: false,
    edited: row.edited,
    fullyPaid: totals.received >= totals.total,
    discountCodes: row.codes,
    paymentGatewayNames: row.gateways,
    displayFinancialStatus: financialStatus(row),
    displayFulfillmentStatus: row.fulfilled ? 'FULFILLED' : 'UNFULFILLED',
    totalPriceSet: money(totals.total),
    currentTotalPriceSet: money(totals.current),
    originalTotalDutiesSet: row.dutiesMinor === 0 ? null : money(row.dutiesMinor),
    totalTipReceivedSet: money(row.tipMinor),
    totalReceivedSet: money(totals.received),
    totalOutstandingSet: money(totals.outstanding),
    totalRefundedSet: money(totals.refunded),
    totalTaxSet: money(totals.tax),
    customer() {
      if (!sight.scopes.includes('read_customers'))
        throw denied('Access denied for customer field. Required access: `read_customers` access scope.');
      return ofPersons('customer', customerView(row))();
    },
    billingAddress: ofPersons('billingAddress', addressView(row.billing, row.id)),
    shippingAddress: ofPersons('shippingAddress', addressView(row.shipping, row.id)),
    additionalFees: row.fees.map(charge('AdditionalFee')),
    lineItems: (wish: PageWish) => listPage(row.lines.map(line), wish),
    shippingLines: (wish: PageWish) => listPage(row.shippingLines.map(charge('ShippingLine')), wish),
    refunds: ({ first = FIRST }: { first?: number } = {}) => row.refunds.slice(0, first).map(refund),
    transactions: ({ first = FIRST }: { first?: number } = {}) =>
      row.transactions.slice(0, first).map(transaction),
  };
}

const customerView = ({ customer }: OrderRow) =>
  customer && {
    id: gid('Customer', customer.id),
    firstName: customer.firstName ?? null,
    lastName: customer.lastName ?? null,
    defaultEmailAddress: customer.email === undefined ? null : { emailAddress: customer.email },
    defaultPhoneNumber: customer.phone === undefined ? null : { phoneNumber: customer.phone },
  };

const addressView = (person: PersonRow | null, order: number) =>
  person && {
    id: gid('MailingAddress', order),
    firstName: person.firstName ?? null,
    lastName: person.lastName ?? null,
    company: person.company ?? null,
    phone: person.phone ?? null,
  };

/** What the sandbox's log and a webhook say of it: the shape of the former REST interface. */
export function restView(row: OrderRow): Readonly<Record<string, unknown>> {
  const { total, current } = totalsOf(row);
  const set = (minor: number) => {
    const { presentmentMoney, shopMoney } = bag(minor, row);
    const money = ({ amount, currencyCode }: typeof shopMoney | typeof presentmentMoney) => ({
      amount,
      currency_code: currencyCode,
    });
    return { shop_money: money(shopMoney), presentment_money: money(presentmentMoney) };
  };
  const { id } = row;
  return {
    id,
    admin_graphql_api_id: gid('Order', id),
    name: `#${row.number}`,
    order_number: row.number,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    processed_at: row.createdAt,
    cancelled_at: row.cancelledAt,
    currency: CURRENCY,
    presentment_currency: row.currency,
    email: row.email ?? '',
    phone: row.phone,
    financial_status: financialStatus(row).toLowerCase(),
    fulfillment_status: row.fulfilled ? 'fulfilled' : null,
    total_price: set(total).shop_money.amount,
    total_price_set: set(total),
    current_total_price_set: set(current),
    test: row.test,
    customer: row.customer && {
      id: row.customer.id,
      first_name: row.customer.firstName ?? null,
      last_name: row.customer.lastName ?? null,
      email: row.customer.email ?? null,
    },
    line_items: row.lines.map((one) => ({
      id: one.id,
      title: one.title,
      sku: one.sku,
      quantity: one.quantity,
      current_quantity: one.current,
      price_set: set(one.unitMinor),
      total_set: set(unitsOf(row, one, one.quantity)),
    })),
  };
}
