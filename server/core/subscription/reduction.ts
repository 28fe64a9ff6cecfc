import { sharesOf } from '../shares.ts';

/** Something that is taken off what a subscription charges, in each period for as long as it lasts. */
export interface Reduction {
  /** Either so many per cent, or so many minor units of what the items come to. */
  readonly off: { readonly percent: number } | { readonly minor: number };
  /** The moment from which a period that begins is charged without it, ISO 8601, UTC; null: it stays. */
  readonly endsAt: string | null;
  /** Of one charge alone: the next one, for as long as it stands. */
  readonly isOnce: boolean;
}

/** Whether a period that begins at a moment is charged less by it. */
export const holdsAt = ({ endsAt }: Pick<Reduction, 'endsAt'>, moment: string): boolean =>
  endsAt === null || moment < endsAt;

/** Whether the period that begins at one moment still has it, and the one that begins at the other no longer. */
export const endsBetween = (reduction: Reduction, one: string, other: string): boolean =>
  holdsAt(reduction, one) && !holdsAt(reduction, other);

/**
 * Amounts after a reduction, in minor units, none below 0. Per cent are taken of each and rounded by itself; an amount is taken
 * off them in proportion, and never more than they come to.
 */
export function reduced(amounts: readonly number[], { off }: Pick<Reduction, 'off'>): number[] {
  if ('percent' in off)
    return amounts.map((minor) => minor - Math.round(Number(((minor * off.percent) / 100).toFixed(6))));
  const whole = amounts.reduce((sum, minor) => sum + minor, 0);
  const shares = sharesOf(Math.min(off.minor, whole), amounts);
  return amounts.map((minor, at) => minor - (shares[at] ?? 0));
}
