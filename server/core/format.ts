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
