import { z } from 'zod';
import { ifGone } from '../../kit/if-gone.ts';
import { amountSchema, exactNumber } from '../families/zoho/amounts.ts';
import { type FinanceLine, financeLines } from '../families/zoho/finance-lines.ts';
import { type InventoryCall, nothing } from './api.ts';

export interface SalesOrder {
  readonly id: string;
  /** No other has it. */
  readonly number: string;
  readonly reference: string;
  readonly status: string;
  readonly customerId: string;
  readonly customerName: string;
  /** ISO 4217; null where the answer says none. */
  readonly currency: string | null;
  readonly total: string;
  /** Day. */
  readonly date: string | null;
  /** Empty in lists, which leave them out. */
  readonly lines: readonly SalesOrderLine[];
  /** Empty in lists. */
  readonly invoices: readonly { readonly id: string; readonly status: string }[];
}

export interface SalesOrderLine {
  readonly id: string;
  readonly itemId: string | null;
  /** Decimal text. */
  readonly quantity: string;
  /** Of it, what stands on invoices. */
  readonly invoiced: string;
}

export interface NewSalesOrder {
  readonly customerId: string;
  /** The caller's own, by which a repeat is refused. */
  readonly number: string;
  readonly reference: string;
  /** Day. */
  readonly date: string;
  readonly notes?: string;
  readonly lines: readonly FinanceLine[];
  readonly adjustment?: { readonly amount: string; readonly text: string };
}

const lineSchema = z
  .object({
    line_item_id: z.string(),
    item_id: z.string().nullish(),
    quantity: amountSchema,
    quantity_invoiced: amountSchema.nullish(),
  })
  .transform(
    (line): SalesOrderLine => ({
      id: line.line_item_id,
      itemId: line.item_id || null,
      quantity: line.quantity,
      invoiced: line.quantity_invoiced ?? '0',
    }),
  );

const orderSchema = z
  .object({
    salesorder_id: z.string(),
    salesorder_number: z.string().catch(''),
    reference_number: z.string().nullish(),
    status: z.string(),
    customer_id: z.string(),
    customer_name: z.string().nullish(),
    currency_code: z.string().nullish(),
    total: amountSchema,
    date: z.string().nullish(),
    line_items: z.array(lineSchema).catch([]),
    invoices: z.array(z.object({ invoice_id: z.string(), status: z.string().catch('') })).nullish(),
  })
  .transform(
    (order): SalesOrder => ({
      id: order.salesorder_id,
      number: order.salesorder_number,
      reference: order.reference_number ?? '',
      status: order.status,
      customerId: order.customer_id,
      customerName: order.customer_name ?? '',
      currency: order.currency_code || null,
      total: order.total,
      date: order.date || null,
      lines: order.line_items,
      invoices: (order.invoices ?? []).map(({ invoice_id: id, status }) => ({ id, status })),
    }),
  );

const pathOf = (id: string): string => `/salesorders/${encodeURIComponent(id)}`;

function bodyOf({ customerId, number, reference, date, notes, lines, adjustment }: NewSalesOrder) {
  return {
    customer_id: customerId,
    salesorder_number: number,
    reference_number: reference,
    date,
    ...(notes ? { notes } : {}),
    ...financeLines(lines),
    ...(adjustment
      ? { adjustment: exactNumber(adjustment.amount), adjustment_description: adjustment.text }
      : {}),
  };
}

export function salesOrderCalls(call: InventoryCall) {
  const own = { ignore_auto_number_generation: 'true' };
  return {
    /** The sales order of exactly this number; null when there is none. */
    async salesOrderByNumber(number: string): Promise<SalesOrder | null> {
      const query = { salesorder_number: number };
      const found = await call({ path: '/salesorders', query }, 'salesorders', z.array(orderSchema));
      const same = found.find((order) => order.number === number);
      return same === undefined ? null : this.salesOrder(same.id);
    },

    /** With its lines and invoices. Fails with `gone` when somebody deleted it. */
    salesOrder(id: string): Promise<SalesOrder> {
      return call({ path: pathOf(id) }, 'salesorder', orderSchema);
    },

    /** The same; null when somebody deleted it. */
    salesOrderIfThere(id: string): Promise<SalesOrder | null> {
      return ifGone(() => this.salesOrder(id), null);
    },

    /** A customer's, newest first; at most 200. */
    salesOrdersOf(customerId: string): Promise<SalesOrder[]> {
      const query = { customer_id: customerId, sort_column: 'date', sort_order: 'D' };
      return call({ path: '/salesorders', query }, 'salesorders', z.array(orderSchema));
    },

    /** Creates a draft under a number of the caller's own: a repeat is refused. */
    createSalesOrder(order: NewSalesOrder): Promise<SalesOrder> {
      const json = bodyOf(order);
      return call({ method: 'POST', path: '/salesorders', query: own, json }, 'salesorder', orderSchema);
    },

    /** All of its lines, given anew; its state stays. Refused once it was invoiced. */
    changeSalesOrder(id: string, order: NewSalesOrder): Promise<SalesOrder> {
      const json = bodyOf(order);
      return call({ method: 'PUT', path: pathOf(id), query: own, json }, 'salesorder', orderSchema);
    },

    /** From then on its goods are kept for the customer. */
    async confirmSalesOrder(id: string): Promise<void> {
      await call({ method: 'POST', path: `${pathOf(id)}/status/confirmed` }, 'message', nothing);
    },

    /** Its goods are free again. Refused once it was invoiced. */
    async voidSalesOrder(id: string): Promise<void> {
      await call({ method: 'POST', path: `${pathOf(id)}/status/void` }, 'message', nothing);
    },
  };
}
