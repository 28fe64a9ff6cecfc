import { sharesOf } from '../shares.ts';
import { amountOf, type DocumentLine, documentLines } from './document-lines.ts';
import type { Order, OrderLine, OrderRefund } from './order.ts';

/** One line of a credit note; `refund`: an amount that went back and of which nobody says what for. */
export type CreditLine = Omit<DocumentLine, 'kind'> & {
  readonly kind: DocumentLine['kind'] | 'refund' | 'rounding';
};

const grossOf = ({ netMinor, taxMinor }: OrderLine): number => netMinor + taxMinor;

const isOfMoney = ({ netMinor, taxMinor }: OrderLine): boolean => netMinor !== 0 || taxMinor !== 0;

/** Whether a line of a refund says anything: money, or a product, whose pieces come back also where they cost nothing. */
export const bringsBack = (line: OrderLine): boolean => line.sku !== null || isOfMoney(line);

/**
 * What the credit note of a refund says; the lines' sum is exactly what went back. All of an order goes back as it was
 * charged; a refund with lines goes by them; of an amount alone each tax of the order takes its part.
 *
 * @param minor what is credited: never more than is left of the order, whatever the refund's lines come to.
 * @param hasRate whether the books know a tax of this percentage.
 * @param isCounted whether a line's pieces come back to a stock.
 */
export function refundLines(
  order: Pick<Order, 'lines' | 'totalMinor'>,
  refund: Pick<OrderRefund, 'lines'>,
  minor: number,
  hasRate: (percent: number) => boolean,
  isCounted: (line: OrderLine) => boolean = () => false,
): CreditLine[] {
  if (minor === order.totalMinor) return rounded(documentLines(order, hasRate, isCounted));
  const own = (refund.lines ?? [])
    .filter((line) => isOfMoney(line) || isCounted(line))
    .map((line) => ({ ...line, taxPercent: percentOf(line, order.lines) }));
  const said = (totalMinor: number) => rounded(documentLines({ lines: own, totalMinor }, hasRate, isCounted));
  if (own.some(isOfMoney)) return said(minor);
  // The pieces that cost nothing stand beside an amount of which nobody says what for.
  return [...byTax(order.lines, minor, hasRate), ...said(0)];
}

const rounded = ({ lines, roundingMinor }: ReturnType<typeof documentLines>): CreditLine[] => [
  ...lines.map(whole),
  ...(roundingMinor === 0 ? [] : [{ ...ONE, kind: 'rounding' as const, unitMinor: roundingMinor }]),
];

const ONE = { name: '', sku: null, quantity: '1', taxPercent: null };

/** Credit notes count whole pieces: of others the quantity stands in the name. */
function whole(line: DocumentLine): CreditLine {
  const { name, quantity, unitMinor } = line;
  if (Number.isInteger(Number(quantity))) return line;
  const amount = amountOf(unitMinor, quantity);
  const { isCounted: _, ...text } = line;
  return { ...text, name: `${quantity} × ${name}`, quantity: '1', unitMinor: amount };
}

/** The rate that the same thing was charged at. */
function percentOf(line: OrderLine, charged: readonly OrderLine[]): number | null {
  if (line.taxPercent !== null || line.taxMinor === 0) return line.taxPercent;
  const alike = charged.filter(({ kind, taxPercent }) => kind === line.kind && taxPercent !== null);
  const same =
    alike.find(({ sku, name }) => (line.sku === null ? name === line.name : sku === line.sku)) ??
    alike.find(({ name }) => name === line.name);
  return same?.taxPercent ?? null;
}

function byTax(
  charged: readonly OrderLine[],
  minor: number,
  hasRate: (percent: number) => boolean,
): CreditLine[] {
  const weights = new Map<number | null, number>();
  for (const line of charged) {
    const { taxPercent } = line;
    const rate = taxPercent !== null && taxPercent > 0 && hasRate(taxPercent) ? taxPercent : null;
    weights.set(rate, (weights.get(rate) ?? 0) + grossOf(line));
  }
  // What lowers the price of an order has no part of its own.
  const parts = [...weights].map(([rate, weight]) => ({ rate, weight: Math.max(0, weight) }));
  if (parts.length === 0) parts.push({ rate: null, weight: 1 });
  const shares = sharesOf(
    minor,
    parts.map(({ weight }) => weight),
  );
  return parts.flatMap(({ rate }, index) => {
    const unitMinor = shares[index] ?? 0;
    return unitMinor === 0 ? [] : [{ ...ONE, kind: 'refund' as const, unitMinor, taxPercent: rate }];
  });
}

export interface CreditedRefund {
  readonly refund: OrderRefund;
  /** Never more than is left of what was paid: lines of a shop may come to a cent more than it took. */
  readonly minor: number;
}

/** In the order in which they went back, each with what can be credited of it. */
export function creditedRefunds(refunds: readonly OrderRefund[], paidMinor: number): CreditedRefund[] {
  let left = paidMinor;
  return refunds.toSorted(earlier).map((refund) => {
    const minor = Math.min(refund.minor, left);
    left -= minor;
    return { refund, minor };
  });
}

/** Ids are counted up, where there is no moment to tell by. */
const earlier = (one: OrderRefund, other: OrderRefund): number =>
  (one.at ?? '').localeCompare(other.at ?? '') || one.id.localeCompare(other.id, 'en', { numeric: true });
