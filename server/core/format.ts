/**
 * Writes a number as people of a locale do: no decimals for whole amounts, at least two otherwise. Plain
 * spaces between thousands: messages are searched and compared, and narrow no-break spaces (what CLDR
 * gives for French) are lost or shown as boxes on the way.
 */
export function formatNumber(value: number, locale: string, minimumDecimals = 0): string {
  const decimals = Number.isInteger(value) ? minimumDecimals : Math.max(2, minimumDecimals);
  const text = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: Math.max(decimals, 3),
  }).format(value);
  return plainSpaces(text);
}

/** Every kind of space as the plain one. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u2007\u2009\u202f]/g, ' ');
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** How an organisation writes: BCP 47, and its IANA time zone. */
export interface Writing {
  readonly locale: string;
  readonly timeZone: string;
}

/**
 * A day or a moment in ISO 8601 as people of a locale write it; a moment by the clocks of the zone.
 *
 * @returns null for any other text, and for a day that does not exist.
 */
export function formatTime(text: string, locale: string, timeZone: string): string | null {
  const isDay = DAY.test(text);
  if (!isDay && !MOMENT.test(text)) return null;
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || (isDay && !time.toISOString().startsWith(text))) return null;
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    ...(isDay ? { timeZone: 'UTC' } : { timeStyle: 'short', timeZone }),
  });
  return plainSpaces(format.format(time));
}
