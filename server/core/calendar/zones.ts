import { Temporal } from 'temporal-polyfill';
import { WINDOWS_ZONES } from './windows-zones.ts';

/** A time zone that nobody knows, where nothing can be said without it. */
export class UnknownZone extends RangeError {
  override readonly name = 'UnknownZone';
  readonly zone: string;

  constructor(zone: string) {
    super(`Nobody knows a time zone called "${zone}".`);
    this.zone = zone;
  }
}

const byWindowsName = new Map(
  Object.entries(WINDOWS_ZONES).map(([name, zone]) => [name.toLowerCase(), zone] as const),
);

/**
 * The zone that a written name means: any name of the tz database, old ones too, whatever its case and quotes;
 * a name that Windows gives; the path that some calendars put before a name. Null for a name that nobody knows.
 *
 * @example zoneNamed('"Pacific Standard Time"') // 'America/Los_Angeles'
 */
export function zoneNamed(written: string): string | null {
  const name = written
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  const windows = byWindowsName.get(name.toLowerCase());
  if (windows !== undefined) return windows;
  // `/freeassociation.sourceforge.net/Europe/London`: longer ends first, so that `America/Indiana/Knox` is whole.
  const parts = name.split('/').filter((part) => part !== '');
  const ends = name.startsWith('/') ? [3, 2, 1].map((length) => parts.slice(-length).join('/')) : [name];
  return ends.map(known).find((zone) => zone !== null) ?? null;
}

/** Whether a name stands in the tz database: what every calendar understands. */
export const isTzName = (name: string): boolean => known(name) !== null;

/**
 * The same, for a zone without which nothing can be said.
 *
 * @throws UnknownZone for a name that nobody knows.
 */
export function neededZone(written: string): string {
  const zone = zoneNamed(written);
  if (zone === null) throw new UnknownZone(written);
  return zone;
}

function known(name: string): string | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
}

const windowsNames = new Map(Object.entries(WINDOWS_ZONES).map(([name, zone]) => [zone, name] as const));

/** The name by which Windows calls a zone, where it has one of its own for it; null where it has not. */
export const windowsName = (zone: string): string | null => windowsNames.get(zone) ?? null;
