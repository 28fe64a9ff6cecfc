import type { VendorDesk } from '../core/simulator.ts';
import type { Members } from '../kit/json-body.ts';
import { money } from './order-money.ts';
import { WooRefusal } from './refusal.ts';
import { nextNumber, type OrderRow, type RefundRow } from './rows.ts';

const listOf = (body: Members, name: string): readonly Members[] =>
  Array.isArray(body[name]) ? (body[name] as Members[]) : [];

const minorOf = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

type Lines = Required<Pick<RefundRow, 'line_items' | 'fee_lines' | 'shipping_lines'>>;

/**
 * What a refund is for, as a request names it: lines of the order by their ids, each with what goes back of its price
 * (`refund_total`) and of its taxes (`refund_tax`). Answers tell all of it below zero.
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#create-a-refund
 */
export function linesOf(desk: VendorDesk, row: OrderRow, body: Members): Lines {
  const asked = listOf(body, 'line_items');
  const known = [...row.line_items, ...row.fee_lines, ...row.shipping_lines];
  const unknown = asked.find(({ id }) => !known.some((line) => line.id === Number(id)));
  if (unknown !== undefined)
    throw new WooRefusal(400, 'woocommerce_rest_invalid_item', 'Invalid order item ID.');
  const back = <Line extends OrderRow['fee_lines'][number] | OrderRow['shipping_lines'][number]>(
    lines: readonly Line[],
    more: (line: Line, wish: Members) => object = () => ({}),
  ): object[] =>
    lines.flatMap((line) => {
      const wish = asked.find(({ id }) => Number(id) === line.id);
      if (wish === undefined) return [];
      const taxes = listOf(wish, 'refund_tax').map((tax) => ({
        id: Number(tax.id),
        total: String(-Number(tax.refund_total ?? 0)),
      }));
      const tax = listOf(wish, 'refund_tax').reduce((sum, one) => sum + minorOf(one.refund_total), 0);
      return [
        {
          ...line,
          id: nextNumber(desk, 'item'),
          total: money(-minorOf(wish.refund_total)),
          total_tax: money(-tax),
          taxes,
          meta_data: [{ id: nextNumber(desk, 'item'), key: '_refunded_item_id', value: String(line.id) }],
          ...more(line, wish),
        },
      ];
    });
  return {
    line_items: back(row.line_items, (_line, wish) => ({ quantity: -Number(wish.quantity ?? 0) })),
    fee_lines: back(row.fee_lines),
    shipping_lines: back(row.shipping_lines),
  };
}
