import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { changeOrder, makeOrder, refundOrder, removeOrder } from './change-order.ts';
import { changeProduct, keepProduct, makeProduct, makeVariation } from './change-product.ts';
import { send } from './notify.ts';
import { orderView } from './order-view.ts';
import { type ProductRow, productTables } from './product-rows.ts';
import { productView, variationView } from './product-view.ts';
import { type OrderRow, wooTables } from './rows.ts';

const order = z.number().int().positive();
const fields = z.record(z.string(), z.unknown());

const wishes = z.discriminatedUnion('act', [
  /** `fields` as for `POST /orders`; `raw`: members as a plugin or an import wrote them, whatever they sum to. */
  z.strictObject({ act: z.literal('order'), fields: fields.default({}), raw: fields.default({}) }),
  z.strictObject({ act: z.literal('change'), order, fields }),
  /** `line_items` as for `POST /orders/{id}/refunds`. */
  z.strictObject({
    act: z.literal('refund'),
    order,
    amount: z.string(),
    reason: z.string().default(''),
    line_items: z.array(fields).default([]),
  }),
  z.strictObject({ act: z.literal('bin'), order }),
  /** For good: nobody is told. */
  z.strictObject({ act: z.literal('delete'), order }),
  /** A delivery that was made late, or early: with a body of one's own. */
  z.strictObject({ act: z.literal('announce'), topic: z.string(), body: fields }),
  z.strictObject({ act: z.literal('switch-off-webhooks') }),
  /** `fields` as for `POST /products`; with `id`, of the product that is changed; `raw`: as a plugin or an import wrote it. */
  z.strictObject({
    act: z.literal('product'),
    id: order.optional(),
    fields: fields.default({}),
    raw: fields.default({}),
  }),
  z.strictObject({ act: z.literal('variation'), product: order, fields: fields.default({}) }),
  z.strictObject({ act: z.literal('delete-product'), product: order }),
]);

/**
 * What customers, the shop's people and plugins do: `order`, `change`, `refund`, `bin`, `delete`, `announce`,
 * `switch-off-webhooks`; and of what is sold: `product` (made, or changed), `variation`, `delete-product`.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const asked = wishes.safeParse(wish);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new Error(
      `WooCommerce does not know this act: ${issue?.path.join('.') || 'act'}: ${issue?.message}.`,
    );
  }
  const wanted = asked.data;
  if (wanted.act === 'order') return { order: orderView(makeOrder(desk, wanted.fields, wanted.raw)) };
  if (wanted.act === 'announce') {
    send(desk, wanted.topic, wanted.body);
    return {};
  }
  if (wanted.act === 'switch-off-webhooks') {
    const { webhooks } = wooTables(desk);
    for (const row of webhooks.all()) webhooks.put(String(row.id), { ...row, status: 'disabled' });
    return {};
  }
  if (wanted.act === 'product') {
    const before = wanted.id === undefined ? null : productAt(desk, wanted.id);
    const row = before ? changeProduct(desk, before, wanted.fields) : makeProduct(desk, wanted.fields);
    return { product: productView(desk, keepProduct(desk, { ...row, ...(wanted.raw as object) }, 'update')) };
  }
  if (wanted.act === 'variation')
    return {
      variation: variationView(desk, makeVariation(desk, productAt(desk, wanted.product), wanted.fields)),
    };
  if (wanted.act === 'delete-product')
    return { product: productView(desk, keepProduct(desk, productAt(desk, wanted.product), 'delete')) };
  const row = wooTables(desk).orders.get(String(wanted.order));
  if (!row) throw new Error(`The shop has no order ${wanted.order}.`);
  return done(desk, row, wanted);
}

function productAt(desk: VendorDesk, id: number): ProductRow {
  const row = productTables(desk).products.get(String(id));
  if (!row) throw new Error(`The shop has no product ${id}.`);
  return row;
}

function done(
  desk: VendorDesk,
  row: OrderRow,
  wanted: Extract<z.output<typeof wishes>, { order: number }>,
): object {
  switch (wanted.act) {
    case 'change':
      return { order: orderView(changeOrder(desk, row, wanted.fields)) };
    case 'refund':
      return { refund: refundOrder(desk, row, wanted) };
    case 'bin':
      return { order: orderView(removeOrder(desk, row, false)) };
    case 'delete':
      return { order: orderView(removeOrder(desk, row, true)) };
  }
}
