import type { Order, OrderLine } from '../../core/order/order.ts';
import { orderAmount } from '../../kit/order-amount.ts';
import type { ShopifyLine, ShopifyOrder } from './order-shape.ts';
import { currencyOf, readListed } from './read-listed.ts';

/** How many units of a line count, by its id; a line that is not in it counts whole. */
export type Units = ReadonlyMap<string, number>;

/** The whole of an order. @param units of lines of which some were taken away before they were paid. */
export function readOrder(order: ShopifyOrder, shop: string, units: Units = new Map()): Order {
  const listed = readListed(order, shop);
  const currency = currencyOf(order);
  const read = linesOf(order, currency, units);
  return { ...listed, lines: [...read, ...extras(order, currency, listed.totalMinor - sumOf(read))] };
}

export const sumOf = (lines: readonly OrderLine[]): number =>
  lines.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0);

/** What the lines leave unexplained of what the customer was charged, beyond rounding. */
export function unexplained({ lines, totalMinor }: Order): number {
  const left = Math.abs(totalMinor - sumOf(lines));
  return left <= lines.length + 1 ? 0 : left;
}

/** Lines of which units were sent back or taken away. */
export const reducedLines = ({ lineItems }: ShopifyOrder): ShopifyLine[] =>
  lineItems.nodes.filter(({ quantity, currentQuantity }) => currentQuantity < quantity);

/** What Shopify calls the one variant of a product that has none. */
const NO_VARIANT = / - Default Title$/;

type Taxes = ShopifyLine['taxLines'];

function linesOf(order: ShopifyOrder, currency: string, units: Units): OrderLine[] {
  const minor = (amount: string): number => orderAmount(amount, currency);
  const sum = (amounts: readonly string[]): number => amounts.reduce((all, one) => all + minor(one), 0);
  const line = (
    about: Pick<OrderLine, 'kind' | 'name'> & Partial<OrderLine>,
    charged: number,
    taxes: Taxes,
  ): OrderLine => {
    const taxMinor = sum(taxes.map(({ priceSet }) => priceSet));
    const netMinor = order.taxesIncluded ? charged - taxMinor : charged;
    const taxPercent = percentOf(taxes, minor, netMinor);
    return { sku: null, quantity: '1', ...about, netMinor, taxMinor, taxPercent };
  };
  const goods = order.lineItems.nodes.flatMap((one): OrderLine[] => {
    const off = sum(one.discountAllocations.map(({ allocatedAmountSet }) => allocatedAmountSet));
    const about = {
      kind: 'product',
      name: one.name.replace(NO_VARIANT, ''),
      sku: one.sku || null,
      quantity: String(one.quantity),
      // An edit that takes goods out is told of by no refund that an order has.
      standing: String(one.currentQuantity),
    } as const;
    const whole = line(about, minor(one.originalTotalSet) - off, one.taxLines);
    const kept = units.get(one.id) ?? one.quantity;
    if (kept === 0) return [];
    return [kept === one.quantity ? whole : partOf(whole, kept, one.quantity)];
  });
  return [
    ...goods,
    ...order.shippingLines.nodes
      .filter(({ isRemoved }) => !isRemoved)
      .map((one) => line({ kind: 'shipping', name: one.title }, minor(one.discountedPriceSet), one.taxLines)),
    ...order.additionalFees.map((fee) =>
      line({ kind: 'fee', name: fee.name }, minor(fee.price), fee.taxLines),
    ),
  ];
}

/** So many of a line's units, each with its share. */
const partOf = (whole: OrderLine, kept: number, quantity: number): OrderLine => ({
  ...whole,
  quantity: String(kept),
  netMinor: Math.round((whole.netMinor * kept) / quantity),
  taxMinor: Math.round((whole.taxMinor * kept) / quantity),
});

/**
 * The percentage of all of a line's taxes together; null where nobody says, and where the rates do not come to the tax
 * that was charged (one upon the other).
 */
function percentOf(taxes: Taxes, minor: (amount: string) => number, netMinor: number): number | null {
  const charged = taxes.filter(({ priceSet }) => minor(priceSet) !== 0);
  if (charged.length === 0 || charged.some(({ ratePercentage }) => ratePercentage == null)) return null;
  const percent = charged.reduce((all, { ratePercentage }) => all + (ratePercentage ?? 0), 0);
  const tax = charged.reduce((all, { priceSet }) => all + minor(priceSet), 0);
  const isTheirs = Math.abs(tax - (netMinor * percent) / 100) <= charged.length;
  return isTheirs ? Number(percent.toFixed(4)) : null;
}

/**
 * What is charged beside lines: shops tell a tip, and duties, here as a line and there as an amount of the order alone.
 * Each becomes a line where the others leave room for it.
 */
function extras(order: ShopifyOrder, currency: string, left: number): OrderLine[] {
  const amounts = [
    { kind: 'tip', minor: orderAmount(order.totalTipReceivedSet, currency) },
    {
      kind: 'duties',
      minor: order.dutiesIncluded ? 0 : orderAmount(order.originalTotalDutiesSet ?? '0', currency),
    },
  ] as const;
  const found: OrderLine[] = [];
  let room = left;
  for (const { kind, minor } of amounts) {
    if (minor === 0 || Math.abs(room - minor) >= Math.abs(room)) continue;
    room -= minor;
    found.push({ kind, name: '', sku: null, quantity: '1', netMinor: minor, taxMinor: 0, taxPercent: null });
  }
  return found;
}
