import type Stripe from 'stripe';
import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';

/** One line of an invoice, as somebody writes it. */
export const lineWish = z.strictObject({
  description: z.string(),
  /** For all of it, before what is taken off; with its tax where that is inclusive. */
  amountMinor: z.number().int(),
  quantity: z.number().int().positive().default(1),
  discountMinor: z.number().int().nonnegative().default(0),
  taxPercent: z.number().positive().optional(),
  inclusive: z.boolean().default(false),
});
export type LineWish = z.output<typeof lineWish>;

/** A line that bills an item of a subscription, for a period of its own. */
export type BilledLine = LineWish & {
  readonly item: string;
  readonly period: { readonly start: number; readonly end: number };
  readonly proration?: boolean;
};

type Tax = Stripe.InvoiceLineItem.Tax;
type Off = Stripe.InvoiceLineItem.DiscountAmount;

export interface TaxedLine {
  readonly description: string;
  readonly amount: number;
  readonly quantity: number;
  readonly discount_amounts: Off[];
  readonly taxes: Tax[];
}

interface Content {
  readonly amount: number;
  readonly description: string;
  readonly lines?: readonly LineWish[];
}

/** What the lines of an invoice come to: taxes are counted on what is left after discounts, each rounded by itself. */
export function sumsOf(
  desk: VendorDesk,
  { amount, description, lines }: Content,
): { lines: TaxedLine[]; amount: number; subtotal: number; tax: number } {
  if (lines === undefined) {
    const only = { description, amount, quantity: 1, discount_amounts: [], taxes: [] };
    return { lines: [only], amount, subtotal: amount, tax: 0 };
  }
  const taxed = lines.map((line) => taxedLine(desk, line));
  const sum = (of: (line: TaxedLine) => number): number => taxed.reduce((all, line) => all + of(line), 0);
  const off = sum(({ discount_amounts: all }) => all.reduce((minor, one) => minor + one.amount, 0));
  const taxOf = (behaviors: readonly string[]) =>
    sum(({ taxes }) =>
      taxes.reduce((all, one) => all + (behaviors.includes(one.tax_behavior) ? one.amount : 0), 0),
    );
  const subtotal = sum((line) => line.amount);
  return {
    lines: taxed,
    subtotal,
    amount: subtotal - off + taxOf(['exclusive']),
    tax: taxOf(['exclusive', 'inclusive']),
  };
}

function taxedLine(desk: VendorDesk, line: LineWish): TaxedLine {
  const { description, amountMinor: amount, quantity, discountMinor, taxPercent, inclusive } = line;
  const left = amount - discountMinor;
  const discount_amounts =
    discountMinor === 0 ? [] : [{ amount: discountMinor, discount: desk.id('di_', 24) }];
  if (taxPercent === undefined) return { description, amount, quantity, discount_amounts, taxes: [] };
  const net = inclusive ? Math.round(left / (1 + taxPercent / 100)) : left;
  const tax: Tax = {
    amount: inclusive ? left - net : Math.round((left * taxPercent) / 100),
    tax_behavior: inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: `txr_${String(taxPercent).replace('.', '_')}` },
    taxability_reason: 'standard_rated',
    taxable_amount: net,
    type: 'tax_rate_details',
  };
  return { description, amount, quantity, discount_amounts, taxes: [tax] };
}
