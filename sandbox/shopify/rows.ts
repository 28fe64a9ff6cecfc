import type { VendorDesk } from '../core/simulator.ts';

/** Amounts in minor units of the currency that the customer pays in. */
export interface TaxRow {
  readonly title: string;
  readonly percent: number;
  readonly minor: number;
}

export interface LineRow {
  readonly id: number;
  readonly title: string;
  readonly sku: string | null;
  readonly quantity: number;
  /** Without what was sent back or taken away. */
  readonly current: number;
  readonly unitMinor: number;
  readonly off: readonly number[];
  readonly taxes: readonly TaxRow[];
}

export interface ChargeRow {
  readonly id: number;
  readonly title: string;
  readonly minor: number;
  readonly taxes: readonly TaxRow[];
}

export interface PersonRow {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly company?: string;
  readonly phone?: string;
}

export interface CustomerRow extends PersonRow {
  readonly id: number;
  readonly email?: string;
}

export interface TransactionRow {
  readonly id: number;
  readonly kind: 'SALE' | 'AUTHORIZATION' | 'CAPTURE' | 'REFUND' | 'VOID';
  readonly status: 'SUCCESS' | 'PENDING' | 'FAILURE';
  readonly gateway: string;
  readonly minor: number;
  readonly at: string;
}

export interface RefundRow {
  readonly id: number;
  readonly note: string | null;
  /** 0: goods were taken out by an edit, and no money went. */
  readonly minor: number;
  readonly at: string;
  readonly lines: readonly { readonly line: number; readonly quantity: number }[];
  /** What of the shipping went back, without tax where prices are so. */
  readonly shippingMinor: number;
}

export interface OrderRow {
  readonly id: number;
  readonly number: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly cancelledAt: string | null;
  readonly test: boolean;
  readonly currency: string;
  /** What one unit of the customer's currency is worth in the shop's. */
  readonly rate: number;
  readonly taxesIncluded: boolean;
  readonly email: string | null;
  readonly phone: string | null;
  readonly customer: CustomerRow | null;
  readonly billing: PersonRow | null;
  readonly shipping: PersonRow | null;
  readonly gateways: readonly string[];
  readonly codes: readonly string[];
  readonly lines: readonly LineRow[];
  readonly shippingLines: readonly ChargeRow[];
  readonly fees: readonly ChargeRow[];
  readonly dutiesMinor: number;
  readonly tipMinor: number;
  readonly refunds: readonly RefundRow[];
  readonly transactions: readonly TransactionRow[];
  readonly fulfilled: boolean;
  readonly edited: boolean;
  /** The authorisation ran out, or was let go. */
  readonly voided: boolean;
}

export interface ProductRow {
  readonly id: number;
  readonly title: string;
  readonly handle: string;
  readonly descriptionHtml: string;
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED';
  readonly updatedAt: string;
}

export interface VariantRow {
  readonly id: number;
  readonly product: number;
  /** What is chosen; null: there is nothing to choose. */
  readonly option: { readonly name: string; readonly value: string } | null;
  readonly sku: string | null;
  /** With tax, as decimal text. */
  readonly price: string;
  /** Number of its inventory item. */
  readonly item: number;
  readonly tracked: boolean;
  /** What can be sold, by the location's number. */
  readonly levels: Readonly<Record<string, { readonly available: number; readonly at: string }>>;
  readonly updatedAt: string;
}

export interface StepRow {
  readonly asked: string;
  readonly group: number;
}

export interface WebhookRow {
  readonly id: number;
  readonly topic: string;
  readonly uri: string;
  readonly includeFields: readonly string[];
  readonly createdAt: string;
  /** Failed attempts in a row. */
  readonly failures: number;
}

export interface TokenRow {
  readonly token: string;
  /** Key of the shop. */
  readonly shop: string;
  readonly scopes: readonly string[];
  /** Epoch milliseconds; null: it lasts for ever. */
  readonly expiresAt: number | null;
}

export interface RefreshTokenRow {
  readonly token: string;
  readonly shop: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  /** The tokens that took its place: once the access token of them is used, it is worth nothing. */
  readonly replacedBy: { readonly refresh: string; readonly access: string } | null;
}

/** What is of one shop. @param desk of the shop. */
export function shopTables(desk: VendorDesk) {
  return {
    orders: desk.table<OrderRow>('orders'),
    products: desk.table<ProductRow>('products'),
    variants: desk.table<VariantRow>('variants'),
    /** Steps of stock that were made, by their idempotency keys. */
    steps: desk.table<StepRow>('steps'),
    webhooks: desk.table<WebhookRow>('webhooks', { kept: true }),
    numbers: desk.table<{ readonly next: number }>('numbers', { kept: true }),
    /** `withheld`: Shopify has not approved the application for what is of persons. */
    rules: desk.table<{ readonly withheld: boolean }>('rules'),
  };
}

/** What is of Shopify itself. @param desk of the vendor. */
export function platformTables(desk: VendorDesk) {
  return {
    tokens: desk.table<TokenRow>('access tokens', { kept: true }),
    refreshTokens: desk.table<RefreshTokenRow>('refresh tokens', { kept: true }),
    /** Where the application wants to be told what the law asks of it: entered once, by whoever registered it. */
    application: desk.table<{ readonly privacyUrl: string }>('application', { kept: true }),
  };
}

const FIRST = {
  order: 5_510_000_000_001,
  name: 1_001,
  part: 14_200_000_000_001,
  webhook: 1_300_000_000_001,
  product: 8_210_000_000_101,
  variant: 46_100_000_000_101,
} as const;

export function nextNumber(desk: VendorDesk, of: keyof typeof FIRST): number {
  const { numbers } = shopTables(desk);
  const { next } = numbers.get(of) ?? { next: FIRST[of] };
  numbers.put(of, { next: next + 1 });
  return next;
}

/** Whole seconds, as the API writes moments. */
export const momentText = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
