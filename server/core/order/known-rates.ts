import type { OrderLine } from './order.ts';

/** What rounding may have made of a line's tax, in minor units. */
const MOST_OFF = 1;

/**
 * Lines whose vendor tells the tax as an amount alone, with the rate of the books that it was counted at: the nearest one
 * that comes to the same, give or take the rounding. A tax of no known rate stays without.
 */
export const withKnownRates = (lines: readonly OrderLine[], percents: readonly number[]): OrderLine[] =>
  lines.map((line) => ({ ...line, taxPercent: line.taxPercent ?? rateOf(line, percents) }));

function rateOf({ netMinor, taxMinor }: OrderLine, percents: readonly number[]): number | null {
  if (taxMinor === 0 || netMinor === 0) return null;
  const exact = (taxMinor / netMinor) * 100;
  const off = (percent: number): number => Math.abs((netMinor * percent) / 100 - taxMinor);
  const [nearest] = percents
    .filter((percent) => percent > 0 && off(percent) <= MOST_OFF)
    .toSorted((one, other) => Math.abs(one - exact) - Math.abs(other - exact));
  return nearest ?? null;
}
