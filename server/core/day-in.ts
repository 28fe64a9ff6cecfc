const formats = new Map<string, Intl.DateTimeFormat>();

/** Swedish writes dates as ISO 8601 does. Making a format takes a thousand times longer than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format;
}

/** The calendar day of a moment in a zone: `2026-11-23`. @param moment ISO 8601 or epoch milliseconds. */
export const dayIn = (timeZone: string, moment: string | number): string =>
  formatOf(timeZone).format(new Date(moment));
