import { Temporal } from 'temporal-polyfill';
import { type Cell, type CellField, type Manner, type Reading, UNREADABLE, value } from './cell.ts';
import { dayOfText } from './day-text.ts';

const DAY_ZERO = '1899-12-30';
const DAY_MS = 86_400_000;
/** Of numbers that are not shown as a day: from 1927 on, so that a year or a count is not taken for one. */
const PLAIN_SERIALS = { from: 10_000, to: 110_000 };
const CLOCK = /^(\d{1,2})[:hH](\d{2})?(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?$/i;

const isDated = (cell: Cell): boolean => cell.format === 'date' || cell.format === 'date-time';

/** The wall time of a count of days; null: no such count. */
function ofSerial(serial: number): Temporal.PlainDateTime | null {
  const days = Math.floor(serial);
  const seconds = Math.round(((serial - days) * DAY_MS) / 1_000);
  return Temporal.PlainDate.from(DAY_ZERO).add({ days }).toPlainDateTime().add({ seconds });
}

function serialOf(cell: Cell): number | null {
  if (typeof cell.value === 'number') {
    const plain = cell.value >= PLAIN_SERIALS.from && cell.value < PLAIN_SERIALS.to;
    return (isDated(cell) && cell.value > -18_000 && cell.value < PLAIN_SERIALS.to) || plain
      ? cell.value
      : null;
  }
  const text = cell.shown.trim();
  const number = /^\d{5}(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  return number >= PLAIN_SERIALS.from && number < PLAIN_SERIALS.to ? number : null;
}

function clockOf(text: string): Temporal.PlainTime | null {
  const match = CLOCK.exec(text.trim());
  if (!match) return null;
  const [, hours = '', minutes = '0', seconds = '0', half] = match;
  const base = half === undefined ? Number(hours) : (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0);
  try {
    const time = { hour: base, minute: Number(minutes), second: Number(seconds) };
    return Temporal.PlainTime.from(time, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** Day and, where one is written, the clock behind it. */
function parts(text: string, locale: string): { day: string; clock: Temporal.PlainTime | null } | null {
  const whole = dayOfText(text, locale);
  if (whole !== null) return { day: whole, clock: null };
  const match = /^(.*\d)(?:T|,?\s+(?:à|at)?\s*)(\d{1,2}[:hH].*)$/iu.exec(text);
  const day = match === null ? null : dayOfText(match[1] ?? '', locale);
  const clock = match === null ? null : clockOf(match[2] ?? '');
  return day === null || clock === null ? null : { day, clock };
}

/** A day for a field that holds days: `YYYY-MM-DD`. */
export function readDate(cell: Cell, _field: CellField, { locale }: Manner): Reading {
  if (typeof cell.value === 'boolean') return UNREADABLE;
  const serial = serialOf(cell);
  if (serial !== null) return serialReading(serial, (time) => time.toPlainDate().toString());
  const day =
    parts(cell.shown.trim().replace(/Z$|[+-]\d{2}:?\d{2}$/, ''), locale)?.day ??
    parts(cell.shown.trim(), locale)?.day;
  return day === undefined ? UNREADABLE : value(day);
}

/** A moment for a field that holds moments, with the offset of the table's own clocks: `1985-12-31T14:30:00+01:00`. */
export function readDateTime(cell: Cell, _field: CellField, { locale, timeZone }: Manner): Reading {
  if (typeof cell.value === 'boolean') return UNREADABLE;
  const zoned = (time: Temporal.PlainDateTime): string =>
    time.toZonedDateTime(timeZone).toString({ smallestUnit: 'second', timeZoneName: 'never' });
  const serial = serialOf(cell);
  if (serial !== null) return serialReading(serial, zoned);
  const text = cell.shown.trim();
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:\d{2})$/.test(text)) {
    try {
      const moment = Temporal.Instant.from(text);
      return value(
        moment.toZonedDateTimeISO(timeZone).toString({ smallestUnit: 'second', timeZoneName: 'never' }),
      );
    } catch {
      return UNREADABLE;
    }
  }
  const found = parts(text, locale);
  if (found === null) return UNREADABLE;
  const day = Temporal.PlainDate.from(found.day);
  return value(zoned(day.toPlainDateTime(found.clock ?? Temporal.PlainTime.from('00:00'))));
}

function serialReading(serial: number, spell: (time: Temporal.PlainDateTime) => string): Reading {
  const time = ofSerial(serial);
  return time === null ? UNREADABLE : value(spell(time));
}
