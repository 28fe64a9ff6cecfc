import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { minorOf, priceOf, taxesOf, totalsOf } from './money.ts';
import { announce } from './notify.ts';
import { restView } from './order-view.ts';
import {
  type ChargeRow,
  type LineRow,
  momentText,
  nextNumber,
  type OrderRow,
  type RefundRow,
  shopTables,
  type TransactionRow,
} from './rows.ts';
import { CURRENCY, products } from './shop.ts';
import { takeStock } from './take-stock.ts';

const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
const person = z.strictObject({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  company: z.string().optional(),
  phone: z.string().optional(),
});
const line = z.strictObject({
  sku: z.string().optional(),
  title: z.string().optional(),
  price: amount.optional(),
  quantity: z.number().int().positive().default(1),
  rates: z.array(z.number()).optional(),
});

/** What a checkout, a till or an import makes an order of. */
export const placedSchema = z.strictObject({
  lines: z.array(line).default([]),
  currency: z.string().default(CURRENCY),
  rate: z.number().positive().default(1),
  taxesIncluded: z.boolean().default(true),
  code: z.strictObject({ code: z.string(), percent: z.number() }).optional(),
  /** Off the whole order, spread over its lines. */
  orderDiscount: amount.optional(),
  shipping: z
    .strictObject({ title: z.string(), price: amount, rates: z.array(z.number()).optional() })
    .optional(),
  fees: z
    .array(z.strictObject({ name: z.string(), price: amount, rates: z.array(z.number()).optional() }))
    .default([]),
  duties: amount.optional(),
  tip: amount.optional(),
  email: z.string().nullable().default(null),
  phone: z.string().nullable().default(null),
  customer: person
    .extend({ id: z.number().int().optional(), email: z.string().optional() })
    .nullable()
    .default(null),
  billing: person.nullable().default(null),
  shippingTo: person.nullable().default(null),
  gateway: z.string().default('shopify_payments'),
  paid: z.union([z.boolean(), z.literal('authorized'), amount]).default(true),
  giftCard: amount.optional(),
  fulfilled: z.boolean().default(false),
  test: z.boolean().default(false),
});
export type Placed = z.output<typeof placedSchema>;

function keep(
  desk: VendorDesk,
  row: OrderRow,
  operation: string,
  action: 'create' | 'update' | 'delete',
): OrderRow {
  const { orders } = shopTables(desk);
  if (action === 'delete') orders.delete(String(row.id));
  else orders.put(String(row.id), row);
  takeStock(desk, row, action);
  const record = restView(row);
  desk.wrote({ operation, object: 'order', id: String(row.id), action, marker: null, record });
  return row;
}

const changed = (desk: VendorDesk, row: OrderRow, changes: Partial<OrderRow>): OrderRow => ({
  ...row,
  ...changes,
  updatedAt: momentText(desk.clock()),
});

function lineOf(desk: VendorDesk, asked: z.output<typeof line>, placed: Placed): LineRow {
  const product = products.find(({ sku }) => sku === asked.sku);
  const unitMinor = minorOf(asked.price ?? product?.price ?? '0', placed.currency);
  const whole = unitMinor * asked.quantity;
  const off = placed.code === undefined ? [] : [Math.round((whole * placed.code.percent) / 100)];
  return {
    id: nextNumber(desk, 'part'),
    title: asked.title ?? product?.title ?? 'Article',
    sku: asked.sku ?? null,
    quantity: asked.quantity,
    current: asked.quantity,
    unitMinor,
    off,
    taxes: [],
  };
}

/** An amount spread over lines by what they cost: the last one takes what rounding left. */
function spread(lines: readonly LineRow[], minor: number): LineRow[] {
  const sum = lines.reduce((all, one) => all + priceOf(one), 0);
  let left = minor;
  return lines.map((one, index) => {
    const share = index === lines.length - 1 ? left : Math.round((minor * priceOf(one)) / sum);
    left -= share;
    return { ...one, off: [...one.off, share] };
  });
}

function linesOf(desk: VendorDesk, placed: Placed): LineRow[] {
  const plain = placed.lines.map((one) => lineOf(desk, one, placed));
  const all =
    placed.orderDiscount === undefined
      ? plain
      : spread(plain, minorOf(placed.orderDiscount, placed.currency));
  return all.map((one, index) => {
    const product = products.find(({ sku }) => sku === one.sku);
    const rates = placed.lines[index]?.rates ?? product?.rates ?? [];
    return { ...one, taxes: taxesOf(priceOf(one), rates, placed.taxesIncluded) };
  });
}

/** Somebody orders. Drafts and carts are records of other kinds, and stand in no list of orders. */
export function makeOrder(desk: VendorDesk, placed: Placed): OrderRow {
  const now = momentText(desk.clock());
  const charge = (title: string, price: string, rates: readonly number[] = [20]): ChargeRow => {
    const minor = minorOf(price, placed.currency);
    const taxes = taxesOf(minor, rates, placed.taxesIncluded);
    return { id: nextNumber(desk, 'part'), title, minor, taxes };
  };
  const { customer, currency } = placed;
  const blank: OrderRow = {
    id: nextNumber(desk, 'order'),
    number: nextNumber(desk, 'name'),
    createdAt: now,
    updatedAt: now,
    cancelledAt: null,
    test: placed.test,
    currency,
    rate: placed.rate,
    taxesIncluded: placed.taxesIncluded,
    email: placed.email,
    phone: placed.phone,
    customer:
      customer === null ? null : ({ ...customer, id: customer.id ?? nextNumber(desk, 'part') } as never),
    billing: placed.billing as OrderRow['billing'],
    shipping: placed.shippingTo as OrderRow['shipping'],
    gateways: [...(placed.giftCard === undefined ? [] : ['gift_card']), placed.gateway],
    codes: placed.code === undefined ? [] : [placed.code.code],
    lines: linesOf(desk, placed),
    shippingLines:
      placed.shipping === undefined
        ? []
        : [charge(placed.shipping.title, placed.shipping.price, placed.shipping.rates)],
    fees: placed.fees.map((fee) => charge(fee.name, fee.price, fee.rates ?? [])),
    dutiesMinor: minorOf(placed.duties ?? '0', currency),
    tipMinor: minorOf(placed.tip ?? '0', currency),
    refunds: [],
    transactions: [],
    fulfilled: placed.fulfilled,
    edited: false,
    voided: false,
  };
  const made = keep(
    desk,
    { ...blank, transactions: firstMoney(desk, blank, placed) },
    'orderCreate',
    'create',
  );
  announce(desk, made, ['orders/create', ...(isPaid(made) ? ['orders/paid'] : []), 'orders/updated']);
  return made;
}

const isPaid = (row: OrderRow): boolean => totalsOf(row).outstanding <= 0 && totalsOf(row).received > 0;

function firstMoney(desk: VendorDesk, row: OrderRow, { paid, giftCard, gateway }: Placed): TransactionRow[] {
  const all: TransactionRow[] = [];
  const add = (kind: TransactionRow['kind'], minor: number, by: string): void => {
    if (minor > 0) all.push(transaction(desk, kind, minor, by));
  };
  const card = minorOf(giftCard ?? '0', row.currency);
  add('SALE', card, 'gift_card');
  const left = totalsOf(row).total - card;
  if (paid === 'authorized') add('AUTHORIZATION', left, gateway);
  else if (paid === true) add('SALE', left, gateway);
  else if (paid !== false) add('SALE', minorOf(paid, row.currency), gateway);
  return all;
}

const transaction = (
  desk: VendorDesk,
  kind: TransactionRow['kind'],
  minor: number,
  gateway: string,
): TransactionRow => ({
  id: nextNumber(desk, 'part'),
  kind,
  status: 'SUCCESS',
  gateway,
  minor,
  at: momentText(desk.clock()),
});

/** Money that was awaited comes: marked as paid, or captured. */
export function payOrder(desk: VendorDesk, row: OrderRow): OrderRow {
  const { outstanding, authorized } = totalsOf(row);
  if (outstanding <= 0) throw new Error('Nothing of this order is to be paid.');
  const kind = authorized > 0 ? 'CAPTURE' : 'SALE';
  const money = transaction(desk, kind, outstanding, row.gateways.at(-1) ?? 'manual');
  const kept = changed(desk, row, { transactions: [...row.transactions, money] });
  announce(desk, keep(desk, kept, 'orderMarkAsPaid', 'update'), ['orders/paid', 'orders/updated']);
  return kept;
}

export function fulfilOrder(desk: VendorDesk, row: OrderRow): OrderRow {
  const kept = keep(desk, changed(desk, row, { fulfilled: true }), 'fulfillmentCreate', 'update');
  announce(desk, kept, ['orders/fulfilled', 'orders/updated']);
  return kept;
}

/** Money goes back, for goods or as a favour. @param units of which line came back. */
export function refundOrder(
  desk: VendorDesk,
  row: OrderRow,
  wish: {
    readonly amount: string;
    readonly note?: string;
    readonly units?: Readonly<Record<string, number>>;
    readonly shipping?: string;
  },
): RefundRow {
  const minor = minorOf(wish.amount, row.currency);
  const { received, refunded } = totalsOf(row);
  if (!(minor > 0) || refunded + minor > received)
    throw new Error('Refund amount is more than was received, or nothing.');
  const lines = Object.entries(wish.units ?? {}).map(([id, quantity]) => ({ line: Number(id), quantity }));
  const shipping = minorOf(wish.shipping ?? '0', row.currency);
  const refund = { ...refundRow(desk, minor, wish.note ?? null, lines), shippingMinor: shipping };
  const money = transaction(desk, 'REFUND', minor, row.gateways.at(-1) ?? 'manual');
  const kept = changed(desk, withoutUnits(row, lines), {
    refunds: [...row.refunds, refund],
    transactions: [...row.transactions, money],
  });
  keep(desk, kept, 'refundCreate', 'update');
  announce(desk, kept, ['refunds/create', 'orders/updated'], refund);
  return refund;
}

const refundRow = (
  desk: VendorDesk,
  minor: number,
  note: string | null,
  lines: RefundRow['lines'],
): RefundRow => ({
  id: nextNumber(desk, 'part'),
  note,
  minor,
  at: momentText(desk.clock()),
  lines,
  shippingMinor: 0,
});

const withoutUnits = (row: OrderRow, gone: RefundRow['lines']): OrderRow => ({
  ...row,
  lines: row.lines.map((one) => {
    const out = gone.filter(({ line: id }) => id === one.id).reduce((sum, { quantity }) => sum + quantity, 0);
    return { ...one, current: Math.max(0, one.current - out) };
  }),
});

/** An edit: goods are added, or taken out, which is told as a refund of nothing. */
export function editOrder(
  desk: VendorDesk,
  row: OrderRow,
  wish: { readonly add: readonly z.output<typeof line>[]; readonly take: Readonly<Record<string, number>> },
): OrderRow {
  const placed = placedSchema.parse({
    lines: wish.add,
    currency: row.currency,
    taxesIncluded: row.taxesIncluded,
  });
  const gone = Object.entries(wish.take).map(([id, quantity]) => ({ line: Number(id), quantity }));
  const edited = withoutUnits(row, gone);
  const kept = changed(desk, edited, {
    edited: true,
    lines: [...edited.lines, ...linesOf(desk, placed)],
    refunds: [...row.refunds, ...(gone.length === 0 ? [] : [refundRow(desk, 0, null, gone)])],
  });
  keep(desk, kept, 'orderEditCommit', 'update');
  announce(desk, kept, ['orders/edited', 'orders/updated']);
  return kept;
}

export const editedLineSchema = line;

/** Nothing is delivered any more; what was paid is given back, or an authorisation let go. */
export function cancelOrder(desk: VendorDesk, row: OrderRow): OrderRow {
  const now = momentText(desk.clock());
  const { received, refunded } = totalsOf(row);
  const back = received - refunded;
  const lines = row.lines.map((one) => ({ line: one.id, quantity: one.current }));
  const refund = refundRow(desk, back, 'Annulation', lines);
  const kept = changed(desk, withoutUnits(row, lines), {
    cancelledAt: now,
    voided: received === 0,
    refunds: back > 0 ? [...row.refunds, refund] : row.refunds,
    transactions:
      back > 0
        ? [...row.transactions, transaction(desk, 'REFUND', back, row.gateways.at(-1) ?? 'manual')]
        : row.transactions,
  });
  keep(desk, kept, 'orderCancel', 'update');
  announce(
    desk,
    kept,
    ['orders/cancelled', ...(back > 0 ? ['refunds/create'] : []), 'orders/updated'],
    refund,
  );
  return kept;
}

/** For good: only the webhook tells of it. */
export function deleteOrder(desk: VendorDesk, row: OrderRow): void {
  keep(desk, row, 'orderDelete', 'delete');
  announce(desk, row, ['orders/delete']);
}
