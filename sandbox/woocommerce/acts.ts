import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { changeOrder, makeOrder, refundOrder, removeOrder } from './change-order.ts';
import { send } from './notify.ts';
import { orderView } from './order-view.ts';
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
]);

/**
 * What customers, the shop's people and plugins do: `order`, `change`, `refund`, `bin`, `delete`, `announce`,
 * `switch-off-webhooks`.
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
  const row = wooTables(desk).orders.get(String(wanted.order));
  if (!row) throw new Error(`The shop has no order ${wanted.order}.`);
  return done(desk, row, wanted);
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
