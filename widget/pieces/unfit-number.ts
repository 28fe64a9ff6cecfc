import type { Texts } from '../language/english.ts';

interface Bounds {
  readonly step: number | 'any';
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** A number outside of its bounds is refused, never moved inside them unseen. */
export function unfitNumber({ step, min, max }: Bounds, value: unknown, texts: Texts): string | undefined {
  const words = texts.flows.unfit;
  if (typeof value !== 'number' || !Number.isFinite(value)) return words.number;
  if (step !== 'any' && !Number.isInteger(value / step)) return words.whole;
  const below = min !== undefined && value < min;
  const above = max !== undefined && value > max;
  if (!below && !above) return undefined;
  if (min !== undefined && max !== undefined) return words.between(min, max);
  return below ? words.least(min) : words.most(max ?? value);
}
