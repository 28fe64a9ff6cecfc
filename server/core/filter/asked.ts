import { Temporal } from 'temporal-polyfill';
import { isCurrency } from '../amount-text.ts';
import { dayIn } from '../day-in.ts';
import type { FieldKind, FilterPlace } from './filter.ts';

/** A condition's value, read by the kind of its field. */
export type Asked =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  /** Null: the organisation's own currency. */
  | { readonly kind: 'money'; readonly amount: number; readonly currency: string | null }
  | { readonly kind: 'boolean'; readonly truth: boolean }
  | { readonly kind: 'day'; readonly day: string }
  /** Days from today, by the organisation's calendar. */
  | { readonly kind: 'today'; readonly days: number }
  /** Epoch milliseconds. */
  | { readonly kind: 'moment'; readonly at: number };

export const LONGEST_TEXT = 500;
const FURTHEST_DAYS = 36_500;
/** A year before 1000 is one that is still being typed. */
const MOMENT = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function readText(value: unknown): Asked | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' || text.length > LONGEST_TEXT ? null : { kind: 'text', text };
}

function readMoney(value: unknown): Asked | null {
  if (isNumber(value)) return { kind: 'money', amount: value, currency: null };
  const { amount, currency, ...more } = Object(value) as Record<string, unknown>;
  const isWhole = isNumber(amount) && typeof currency === 'string' && isCurrency(currency);
  return isWhole && Object.keys(more).length === 0 ? { kind: 'money', amount, currency } : null;
}

const isDay = (value: string): boolean => {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(value)) return false;
  const time = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value);
};

function readTime(value: unknown, kind: 'date' | 'moment'): Asked | null {
  if (value === 'today') return { kind: 'today', days: 0 };
  if (typeof value === 'string') {
    if (isDay(value)) return { kind: 'day', day: value };
    const isMoment = kind === 'moment' && MOMENT.test(value) && isDay(value.slice(0, 10));
    const at = isMoment ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) ? null : { kind: 'moment', at };
  }
  const { today, ...more } = Object(value) as Record<string, unknown>;
  const fits = Number.isInteger(today) && Math.abs(today as number) <= FURTHEST_DAYS;
  return fits && Object.keys(more).length === 0 ? { kind: 'today', days: today as number } : null;
}

/** One value as the kind of its field has it; null: it is none of that kind. */
export function readAsked(value: unknown, kind: FieldKind): Asked | null {
  switch (kind) {
    case 'number':
      return isNumber(value) ? { kind: 'number', number: value } : null;
    case 'money':
      return readMoney(value);
    case 'boolean':
      return typeof value === 'boolean' ? { kind: 'boolean', truth: value } : null;
    case 'date':
    case 'moment':
      return readTime(value, kind);
    default:
      return readText(value);
  }
}

/** The day that is meant; null: it is no day. */
export function askedDay(asked: Asked, { timeZone, now }: FilterPlace): string | null {
  if (asked.kind === 'day') return asked.day;
  if (asked.kind !== 'today') return null;
  return Temporal.PlainDate.from(dayIn(timeZone, now.getTime())).add({ days: asked.days }).toString();
}

/** The first moment of a day in a zone, in epoch milliseconds: not every day begins at midnight. */
export const startOfDay = (day: string, timeZone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;

export const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
