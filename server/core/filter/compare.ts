import { dayIn } from '../day-in.ts';
import { type Asked, askedDay, readAsked } from './asked.ts';
import type { Condition, FilterField, FilterPlace } from './filter.ts';

/** A record as its flow read it. */
export interface Subject {
  readonly values: Readonly<Record<string, unknown>>;
  /** Of its amounts, ISO 4217; null: the organisation's. */
  readonly currency: string | null;
}

/** Why a condition does not hold, beside that the value is another one. */
export type Obstacle = 'empty' | 'other-currency' | null;

export interface Compared {
  readonly holds: boolean;
  readonly obstacle: Obstacle;
}

/** Nothing that anybody wrote: null, blank text, an empty list. */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.every(isBlank);
}

/** As texts are compared: without case, and however accents are composed. */
export const folded = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/** What a value is known by: itself, or of a record that is pointed at its id, its address and its name. */
export function facesOf(value: unknown): string[] {
  if (isBlank(value)) return [];
  if (Array.isArray(value)) return value.flatMap(facesOf);
  if (typeof value !== 'object') return [String(value)];
  const { id, email, name } = value as Record<string, unknown>;
  return [name, id, email].flatMap((face) => (isBlank(face) ? [] : [String(face)]));
}

function equal(value: unknown, asked: Asked, subject: Subject, place: FilterPlace): boolean {
  switch (asked.kind) {
    case 'text':
      return facesOf(value).some((face) => folded(face) === folded(asked.text));
    case 'number':
      return numberOf(value) === asked.number;
    case 'money':
      return isOfCurrency(asked, subject, place) && numberOf(value) === asked.amount;
    case 'boolean':
      return value === asked.truth;
    default:
      return orderOf(value, asked, place) === 0;
  }
}

const numberOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

/** Amounts of another currency are not compared: a rate of the day would make the answer another one tomorrow. */
const isOfCurrency = (asked: Asked & { kind: 'money' }, { currency }: Subject, place: FilterPlace): boolean =>
  (currency ?? place.currency) === (asked.currency ?? place.currency);

const MOMENT = /T\d{2}:\d{2}/;

/** Negative: the value is before what was asked. Days are the organisation's. Null: it is no time. */
function orderOf(value: unknown, asked: Asked, place: FilterPlace): number | null {
  if (typeof value !== 'string') return null;
  const isMoment = MOMENT.test(value);
  const at = Date.parse(value);
  if (Number.isNaN(at)) return null;
  if (asked.kind === 'moment') return isMoment ? at - asked.at : null;
  const wanted = askedDay(asked, place);
  const day = isMoment ? dayIn(place.timeZone, at) : value.slice(0, 10);
  if (wanted === null) return null;
  return day === wanted ? 0 : day < wanted ? -1 : 1;
}

function ordered(
  value: unknown,
  asked: Asked,
  subject: Subject,
  place: FilterPlace,
  fits: (order: number) => boolean,
): boolean {
  if (asked.kind === 'number' || asked.kind === 'money') {
    const number = numberOf(value);
    if (number === null || (asked.kind === 'money' && !isOfCurrency(asked, subject, place))) return false;
    return fits(number - (asked.kind === 'money' ? asked.amount : asked.number));
  }
  const order = orderOf(value, asked, place);
  return order !== null && fits(order);
}

const plain = (holds: boolean): Compared => ({ holds, obstacle: null });

/**
 * Whether a condition holds of a record. A blank fits `empty` and `not`, and nothing else. `not` is what `equals` is
 * not, always, also of a blank and of an amount in another currency.
 */
export function compare(
  condition: Condition,
  field: FilterField,
  subject: Subject,
  place: FilterPlace,
): Compared {
  const value = subject.values[condition.field];
  const { is } = condition;
  if (is === 'empty') return plain(isBlank(value));
  if (is === 'filled') return plain(!isBlank(value));
  const asked = (is === 'in' && Array.isArray(condition.value) ? condition.value : [condition.value])
    .map((one) => readAsked(one, field.kind))
    .filter((one) => one !== null);
  const equals = asked.some((one) => equal(value, one, subject, place));
  if (is === 'not') return plain(!equals);
  if (isBlank(value)) return { holds: false, obstacle: 'empty' };
  const foreign = asked.every((one) => one.kind === 'money' && !isOfCurrency(one, subject, place));
  const told = (holds: boolean): Compared => ({
    holds,
    obstacle: !holds && asked.length > 0 && foreign ? 'other-currency' : null,
  });
  const order = (fits: (order: number) => boolean): boolean =>
    asked.some((one) => ordered(value, one, subject, place, fits));
  switch (is) {
    case 'contains':
      return told(contains(value, field, asked));
    case 'at-least':
      return told(order((one) => one >= 0));
    case 'at-most':
      return told(order((one) => one <= 0));
    case 'before':
      return told(order((one) => one < 0));
    case 'after':
      return told(order((one) => one > 0));
    default:
      return told(equals);
  }
}

function contains(value: unknown, { kind }: FilterField, asked: readonly Asked[]): boolean {
  return asked.some(
    (one) =>
      one.kind === 'text' &&
      facesOf(value).some((face) =>
        kind === 'text' ? folded(face).includes(folded(one.text)) : folded(face) === folded(one.text),
      ),
  );
}
