import { Temporal } from 'temporal-polyfill';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Swedish writes dates as ISO 8601 does. Making a format takes a thousand times longer than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format;
}

/** Between the years 1000 and 9999 both write a day alike. */
const EARLIEST = Date.parse('1000-01-02T00:00:00Z');
const LATEST = Date.parse('9999-12-30T00:00:00Z');

/** The calendar day of a moment in a zone: `2026-11-23`. @param moment ISO 8601, or epoch milliseconds, or fractions of them. */
export function dayIn(timeZone: string, moment: string | number): string {
  const at = Math.floor(typeof moment === 'number' ? moment : Date.parse(moment));
  if (at >= EARLIEST && at < LATEST) return formatOf(timeZone).format(at);
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
