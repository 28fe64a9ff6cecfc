import type { VendorDesk } from '../core/simulator.ts';

/** Money as the shop writes it: decimal text. */
interface Charge {
  readonly id: number;
  readonly total: string;
  readonly total_tax: string;
  readonly taxes: readonly { readonly id: number; readonly total: string; readonly subtotal?: string }[];
  readonly meta_data: readonly object[];
}

/** A person and a place. */
export type Address = Readonly<Record<string, string>>;

/** An order as it is answered, save what follows from it: local times, links, what may be done with it. */
export interface OrderRow {
  readonly id: number;
  readonly parent_id: number;
  readonly number: string;
  readonly order_key: string;
  readonly status: string;
  readonly currency: string;
  readonly prices_include_tax: boolean;
  readonly date_created_gmt: string;
  readonly date_modified_gmt: string;
  readonly date_paid_gmt: string | null;
  readonly date_completed_gmt: string | null;
  readonly discount_total: string;
  readonly discount_tax: string;
  readonly shipping_total: string;
  readonly shipping_tax: string;
  readonly cart_tax: string;
  readonly total: string;
  readonly total_tax: string;
  readonly customer_id: number;
  readonly customer_note: string;
  readonly billing: Address;
  readonly shipping: Address;
  readonly payment_method: string;
  readonly payment_method_title: string;
  readonly transaction_id: string;
  readonly created_via: string;
  readonly meta_data: readonly object[];
  readonly line_items: readonly (Charge & {
    readonly name: string;
    readonly product_id: number;
    readonly quantity: number;
    readonly subtotal: string;
    readonly subtotal_tax: string;
    readonly sku: string;
    readonly price: number;
  })[];
  readonly tax_lines: readonly object[];
  readonly shipping_lines: readonly (Charge & {
    readonly method_title: string;
    readonly method_id: string;
  })[];
  readonly fee_lines: readonly (Charge & { readonly name: string })[];
  readonly coupon_lines: readonly object[];
  readonly refunds: readonly { readonly id: number; readonly reason: string; readonly total: string }[];
}

export interface RefundRow {
  readonly id: number;
  readonly order: number;
  readonly date_created_gmt: string;
  readonly amount: string;
  readonly reason: string;
  /** What it was for, amounts below zero; absent on rows of an earlier version. */
  readonly line_items?: readonly object[];
  readonly fee_lines?: readonly object[];
  readonly shipping_lines?: readonly object[];
}

export interface WebhookRow {
  readonly id: number;
  readonly name: string;
  readonly status: 'active' | 'paused' | 'disabled';
  readonly topic: string;
  readonly delivery_url: string;
  readonly secret: string;
  readonly date_created_gmt: string;
  readonly date_modified_gmt: string;
  /** In a row. */
  readonly failures: number;
}

export interface KeyRow {
  readonly key: string;
  readonly secret: string;
  /** Absent: it may read and write. */
  readonly permissions?: 'read' | 'write' | 'read_write';
  /** What the shop's people see it listed as. */
  readonly description?: string;
}

export function wooTables(desk: VendorDesk) {
  return {
    orders: desk.table<OrderRow>('orders'),
    refunds: desk.table<RefundRow>('refunds'),
    webhooks: desk.table<WebhookRow>('webhooks', { kept: true }),
    numbers: desk.table<{ readonly next: number }>('numbers', { kept: true }),
    keys: desk.table<KeyRow>('keys', { kept: true }),
  };
}

/** Posts of all kinds are numbered in one row, webhooks and the parts of orders each in their own. */
export function nextNumber(desk: VendorDesk, of: 'post' | 'webhook' | 'item' | 'key'): number {
  const { numbers } = wooTables(desk);
  const { next } = numbers.get(of) ?? { next: of === 'post' ? 1_001 : 1 };
  numbers.put(of, { next: next + 1 });
  return next;
}

/** Moments as the shop writes them: whole seconds, no zone. */
export const gmtText = (moment: Date): string => moment.toISOString().slice(0, 19);
