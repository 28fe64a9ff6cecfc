import type { Order, OrderLine } from './order.ts';

/** One line of an invoice that says what a customer paid, tax included where `taxPercent` says so. */
export interface DocumentLine {
  /** `tax`: a tax of which the books have no rate; `rest`: what the shop charges and does not itemise. */
  readonly kind: OrderLine['kind'] | 'tax' | 'rest';
  readonly name: string;
  readonly sku: string | null;
  /** Decimal text. */
  readonly quantity: string;
  /** Of one: `quantity` times this is the amount, exactly. */
  readonly unitMinor: number;
  /** Included in the price, at a rate that the books have; null: none. */
  readonly taxPercent: number | null;
  /** Its quantity is of pieces that are taken out of a stock, or come back to it. */
  readonly isCounted?: true;
}

export interface DocumentLines {
  readonly lines: readonly DocumentLine[];
  /** What rounding left: added to the lines it gives what the customer paid. */
  readonly roundingMinor: number;
}

const grossOf = ({ netMinor, taxMinor }: OrderLine): number => netMinor + taxMinor;

/**
 * An order as lines whose sum, with the rounding, is exactly its total. Prices include their tax, so that no program
 * counts it anew with another cent. A quantity whose price for one is no whole amount stands in the name.
 *
 * @param hasRate whether the books know a tax of this percentage. Of others the tax is a line of its own.
 * @param isCounted whether a line's pieces are taken out of a stock: then its quantity stands whatever one costs, in two
 *   lines a minor unit apart where that is what it takes.
 */
export function documentLines(
  order: Pick<Order, 'lines' | 'totalMinor'>,
  hasRate: (percent: number) => boolean,
  isCounted: (line: OrderLine) => boolean = () => false,
): DocumentLines {
  const lines: DocumentLine[] = [];
  const taxes = new Map<number | null, number>();
  // Shipping that costs nothing is no line of an invoice; a product that does was given.
  for (const line of order.lines.filter((one) => one.kind === 'product' || grossOf(one) !== 0)) {
    const { taxPercent, taxMinor } = line;
    const isKnown = taxPercent !== null && taxPercent > 0 && hasRate(taxPercent);
    if (!isKnown && taxMinor !== 0) taxes.set(taxPercent, (taxes.get(taxPercent) ?? 0) + taxMinor);
    const form = isCounted(line) ? countedLines : wordedLines;
    lines.push(...form(line, isKnown ? grossOf(line) : line.netMinor, isKnown ? taxPercent : null));
  }
  for (const [percent, minor] of taxes) {
    const name = percent === null ? '' : String(percent);
    if (minor !== 0) lines.push({ ...ONE, kind: 'tax', name, unitMinor: minor });
  }
  const left = order.totalMinor - sumOf(lines);
  // Each amount of a line may have been rounded by half a unit, and so may the total.
  if (Math.abs(left) <= order.lines.length + 1) return { lines, roundingMinor: left };
  return { lines: [...lines, { ...ONE, kind: 'rest', name: '', unitMinor: left }], roundingMinor: 0 };
}

const ONE = { sku: null, quantity: '1', taxPercent: null } as const;

type Form = (line: OrderLine, minor: number, taxPercent: number | null) => readonly DocumentLine[];

const wordedLines: Form = ({ kind, name, sku, quantity }, minor, taxPercent) => {
  const unitMinor = unitOf(minor, quantity);
  return unitMinor === null
    ? [{ kind, name: `${quantity} × ${name}`, sku, quantity: '1', unitMinor: minor, taxPercent }]
    : [{ kind, name, sku, quantity, unitMinor, taxPercent }];
};

/** What a price for one that is no whole amount leaves is in the other line, or, of a part of a piece, in the rounding. */
const countedLines: Form = (whole, minor, taxPercent) => {
  const { kind, name, sku, quantity } = whole;
  const line = { kind, name, sku, taxPercent, isCounted: true } as const;
  const pieces = Number(quantity);
  if (!(pieces > 0)) return wordedLines(whole, minor, taxPercent);
  const unitMinor = unitOf(minor, quantity);
  if (unitMinor !== null) return [{ ...line, quantity, unitMinor }];
  if (!Number.isInteger(pieces)) return [{ ...line, quantity, unitMinor: Math.round(minor / pieces) || 0 }];
  const lower = Math.floor(minor / pieces);
  const dearer = minor - lower * pieces;
  return [
    { ...line, quantity: String(pieces - dearer), unitMinor: lower },
    { ...line, quantity: String(dearer), unitMinor: lower + 1 },
  ];
};

/** The price of one, where it is a whole number of minor units; null where it is not. */
function unitOf(minor: number, quantity: string): number | null {
  const [, whole = '', fraction = ''] = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(quantity) ?? [];
  const digits = Number(`${whole}${fraction}`);
  const scaled = minor * 10 ** fraction.length;
  if (digits === 0 || !Number.isSafeInteger(scaled) || scaled % digits !== 0) return null;
  // No negative zero.
  return scaled / digits || 0;
}

/** What lines come to, in minor units. */
export const sumOf = (lines: readonly Pick<DocumentLine, 'quantity' | 'unitMinor'>[]): number =>
  lines.reduce((sum, { quantity, unitMinor }) => sum + amountOf(unitMinor, quantity), 0);

/** What a line comes to, in minor units: rounded half away from zero, as the books do. @param quantity decimal text. */
export function amountOf(unitMinor: number, quantity: string): number {
  const [whole = '', fraction = ''] = quantity.split('.');
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(unitMinor) * BigInt(`${whole}${fraction}`);
  const half = scaled < 0n ? -scale / 2n : scale / 2n;
  return Number((scaled + half) / scale);
}
