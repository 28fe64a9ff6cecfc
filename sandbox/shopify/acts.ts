import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import {
  cancelOrder,
  deleteOrder,
  editedLineSchema,
  editOrder,
  fulfilOrder,
  makeOrder,
  payOrder,
  placedSchema,
  refundOrder,
} from './change-order.ts';
import { deleteProduct, editProduct, productWish } from './change-product.ts';
import { announceLeaving, deliver, openShop } from './notify.ts';
import { endAccess } from './oauth.ts';
import { restView } from './order-view.ts';
import { passOn } from './privacy.ts';
import { type OrderRow, shopTables } from './rows.ts';
import { ownShop, shopOf } from './shop.ts';
import { countStock } from './take-stock.ts';

const order = z.number().int().positive();
const units = z.record(z.string(), z.number().int().positive());
const shop = z.string().optional();

const wishes = z.discriminatedUnion('act', [
  placedSchema.extend({ act: z.literal('order'), shop }),
  z.strictObject({ act: z.literal('pay'), order }),
  z.strictObject({ act: z.literal('fulfil'), order }),
  /** `units`: how many came back of which line, by its id. */
  z.strictObject({
    act: z.literal('refund'),
    order,
    amount: z.string(),
    note: z.string().optional(),
    units: units.optional(),
    shipping: z.string().optional(),
  }),
  z.strictObject({
    act: z.literal('edit'),
    order,
    add: z.array(editedLineSchema).default([]),
    take: units.default({}),
  }),
  z.strictObject({ act: z.literal('cancel'), order }),
  /** For good: only a webhook tells. */
  z.strictObject({ act: z.literal('delete'), order }),
  /** A delivery with a body of one's own, and in the name of another shop where `domain` says so. */
  z.strictObject({
    act: z.literal('announce'),
    url: z.string(),
    topic: z.string(),
    body: z.record(z.string(), z.unknown()),
    domain: z.string().optional(),
    event: z.string().optional(),
  }),
  /** Somebody takes the subscriptions away: nothing is told any more. */
  z.strictObject({ act: z.literal('drop-webhooks') }),
  /** A customer's, or the whole shop's, wish that the law grants. `order`: one of the customer's. */
  z.strictObject({
    act: z.literal('privacy'),
    topic: z.enum(['customers/data_request', 'customers/redact', 'shop/redact']),
    order: order.optional(),
  }),
  /** The shop takes the application out. */
  z.strictObject({ act: z.literal('uninstall'), shop }),
  productWish,
  z.strictObject({ act: z.literal('delete-product'), sku: z.string().min(1) }),
  /** Somebody counts what there is of a variant. */
  z.strictObject({ act: z.literal('count'), sku: z.string().min(1), to: z.number().int() }),
  /** Shopify has not approved the application for what is of persons, or has. */
  z.strictObject({ act: z.literal('withhold-persons'), withheld: z.boolean() }),
]);

/**
 * What customers and the shop's people do: `order`, `pay`, `fulfil`, `refund`, `edit`, `cancel`, `delete`; and
 * `announce`, `drop-webhooks`, `privacy`, `uninstall`, `withhold-persons`; and of what is sold: `product`, `delete-product`, `count`.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(platform: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const asked = wishes.safeParse(wish);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new Error(`Shopify does not know this act: ${issue?.path.join('.') || 'act'}: ${issue?.message}.`);
  }
  const wanted = asked.data;
  const chosen = 'shop' in wanted ? (shopOf(wanted.shop) ?? ownShop) : ownShop;
  const desk = openShop(platform, chosen);
  const { orders, webhooks, rules } = shopTables(desk);
  switch (wanted.act) {
    case 'order': {
      const { act: _act, shop: _shop, ...placed } = wanted;
      return { order: restView(makeOrder(desk, placed)) };
    }
    case 'announce':
      deliver(desk, wanted);
      return {};
    case 'drop-webhooks':
      for (const { id } of webhooks.all()) webhooks.delete(String(id));
      return {};
    case 'uninstall':
      announceLeaving(desk);
      for (const { id } of webhooks.all()) webhooks.delete(String(id));
      endAccess(platform, chosen.key);
      return {};
    case 'privacy': {
      const row = orders.get(String(wanted.order ?? '')) ?? null;
      return { delivered: passOn(platform, wanted.topic, row) };
    }
    case 'withhold-persons':
      rules.put('persons', { withheld: wanted.withheld });
      return {};
    case 'product':
      return { product: editProduct(desk, wanted) };
    case 'delete-product':
      return { product: deleteProduct(desk, wanted.sku) };
    case 'count':
      if (!countStock(desk, wanted.sku, wanted.to)) throw new Error(`The shop sells no ${wanted.sku}.`);
      return {};
  }
  const row = orders.get(String(wanted.order));
  if (!row) throw new Error(`The shop has no order ${wanted.order}.`);
  return done(desk, row, wanted);
}

function done(
  desk: VendorDesk,
  row: OrderRow,
  wanted: Extract<
    z.output<typeof wishes>,
    { act: 'pay' | 'fulfil' | 'refund' | 'edit' | 'cancel' | 'delete' }
  >,
): object {
  switch (wanted.act) {
    case 'pay':
      return { order: restView(payOrder(desk, row)) };
    case 'fulfil':
      return { order: restView(fulfilOrder(desk, row)) };
    case 'refund': {
      const { amount, note, units: back, shipping } = wanted;
      return {
        refund: refundOrder(desk, row, {
          amount,
          ...(note === undefined ? {} : { note }),
          ...(back === undefined ? {} : { units: back }),
          ...(shipping === undefined ? {} : { shipping }),
        }),
      };
    }
    case 'edit':
      return { order: restView(editOrder(desk, row, wanted)) };
    case 'cancel':
      return { order: restView(cancelOrder(desk, row)) };
    case 'delete':
      deleteOrder(desk, row);
      return {};
  }
}
