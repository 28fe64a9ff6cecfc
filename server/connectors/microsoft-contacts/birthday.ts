import type { FieldValue } from '../../core/sync-object.ts';

const HALF_A_DAY_MS = 12 * 3_600_000;
/** The year of a birthday whose year nobody entered. */
const NO_YEAR = '1604';

/**
 * Outlook keeps a birthday as a moment: noon of the day, or midnight by the clocks of whoever entered it, which may be
 * the evening before by UTC. Half a day later it is that day, wherever it was entered. Null without its year.
 */
export function readBirthday(moment: string | null | undefined): FieldValue {
  const at = Date.parse(moment ?? '');
  if (Number.isNaN(at)) return null;
  const day = new Date(at + HALF_A_DAY_MS).toISOString().slice(0, 10);
  return day.startsWith(NO_YEAR) ? null : day;
}

/** As Outlook itself writes it: a minute before noon. What is no day is sent as it is, for Outlook to refuse. */
export function writeBirthday(value: FieldValue): string | null {
  if (value === null || value === '') return null;
  const day = /^\d{4}-\d\d-\d\d/.exec(String(value))?.[0];
  return day === undefined ? String(value) : `${day}T11:59:00Z`;
}
