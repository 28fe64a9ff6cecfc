import { dayIn } from '../day-in.ts';
import type { OrderLine } from '../order/order.ts';
import type { Rhythm, Subscription, Untold } from './subscription.ts';

/** What books are to make invoices of by themselves, on a calendar of their own. */
export interface Profile {
  /** The subscription's id: what it is found by again. */
  readonly reference: string;
  readonly currency: string;
  readonly rhythm: Rhythm;
  readonly lines: readonly OrderLine[];
  /** What one invoice comes to. */
  readonly totalMinor: number;
  /** The day of its first invoice, `2026-11-23`. */
  readonly startDay: string;
  /** The last day on which it may make one; null: none is set. */
  readonly endDay: string | null;
  /** Whether it makes any for now. */
  readonly isRunning: boolean;
  /**
   * The period that it is in came to another amount than those that follow (a discount of one charge, a change since), and is
   * for no profile: it begins with the next one.
   */
  readonly isFirstApart: boolean;
  /** Changes when its calendar begins anew. */
  readonly calendar: string;
}

/** Why a subscription is no profile: `rhythms`, its items are charged at different times; `free`: it costs nothing. */
export type NoProfile = Untold | 'rhythms' | 'free' | 'empty';

/** What is remembered of the profile that was made. */
export interface MadeProfile {
  readonly calendar: string;
  readonly startDay: string;
  readonly isRunning: boolean;
  /** What one invoice comes to; absent where it was made before this was remembered. */
  readonly totalMinor?: number;
}

interface Place {
  readonly timeZone: string;
  /** `2026-11-23`: nothing is said of days before it, and so no profile begins on one. */
  readonly today: string;
  /**
   * Which period gets its first invoice. `this`: the one that it is in, none of which was invoiced yet. `next`: the one after it;
   * what was charged before is in the books in another way.
   */
  readonly from: 'this' | 'next';
  /** The first day of the last period that is in the books in another way all the same; null: none is known. */
  readonly apart: string | null;
  /** What was made of it before; null: nothing. */
  readonly made: MadeProfile | null;
}

/**
 * The profile that says in the books what a subscription charges now. Whatever changes in its calendar after it was made
 * begins with its next period: the vendor charges by itself what lies before. So does one that is made late, after the day of its
 * first invoice.
 */
export function profileOf(
  subscription: Subscription,
  { timeZone, today, from, apart, made }: Place,
): Profile | NoProfile {
  const { id, currency, items, untold, anchorAt, periodAt, nextAt, endsAt, state, chargedMinor } =
    subscription;
  const [first] = items;
  if (untold !== null) return untold;
  if (first === undefined) return 'empty';
  const { rhythm } = first;
  if (items.some((item) => !isSame(item.rhythm, rhythm))) return 'rhythms';
  const lines = items.map(({ line }) => line);
  const totalMinor = lines.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0);
  if (totalMinor <= 0) return 'free';
  const calendar = `${rhythm.every} ${rhythm.unit} ${anchorAt}`;
  const [startDay, isFirstApart] = startOf();
  const endDay = endsAt === null ? null : dayBefore(dayIn(timeZone, endsAt));
  const isLeft = endDay === null || endDay >= startDay;
  return {
    ...{ reference: id, currency, rhythm, lines, totalMinor, startDay, isFirstApart, calendar },
    // What ends before its first invoice never makes one.
    endDay: isLeft ? endDay : null,
    isRunning: state === 'running' && isLeft,
  };

  function startOf(): [day: string, isFirstApart: boolean] {
    const next = dayIn(timeZone, nextAt);
    if (made !== null) {
      // Resumed before its day is over, it would make the invoice of a period that is in the books, or that nobody was charged for.
      const isResumed = !made.isRunning && state === 'running';
      const isOver = (day: string | null): boolean => day !== null && day >= today && made.startDay <= day;
      const isElsewhere = isResumed && (isOver(apart) || isOver(dayIn(timeZone, periodAt)));
      return [made.calendar === calendar && !isElsewhere ? made.startDay : next, false];
    }
    if (from === 'next') return [next, false];
    // An anchor that lies ahead is the end of a trial, or of a first part of a period that is charged by itself.
    const isAhead = anchorAt > periodAt;
    const first = dayIn(timeZone, isAhead ? anchorAt : periodAt);
    const isApart = !isAhead && chargedMinor !== null && chargedMinor !== totalMinor;
    const isElsewhere = apart !== null && first <= apart;
    return [first < today || isApart || isElsewhere ? next : first, isApart];
  }
}

const isSame = (one: Rhythm, other: Rhythm): boolean => one.unit === other.unit && one.every === other.every;

const DAY_MS = 86_400_000;

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

const DAYS: Readonly<Record<Rhythm['unit'], number>> = { day: 1, week: 7, month: 30, year: 365 };

/**
 * Of documents that a profile made, the one of the period that begins on a day: the nearest, less than half a period away. Null:
 * there is none.
 */
export function ofPeriod<Document extends { readonly date: string | null }>(
  documents: readonly Document[],
  day: string,
  { unit, every }: Rhythm,
): Document | null {
  const apart = ({ date }: Document): number =>
    date === null ? Number.POSITIVE_INFINITY : Math.abs(Date.parse(date) - Date.parse(day)) / DAY_MS;
  const [nearest] = documents.toSorted((one, other) => apart(one) - apart(other));
  return nearest !== undefined && apart(nearest) < (DAYS[unit] * every) / 2 ? nearest : null;
}
