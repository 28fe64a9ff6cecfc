import { badRequest } from '../microsoft/refusal.ts';

/** A part of Windows' names: https://learn.microsoft.com/windows-hardware/manufacture/desktop/default-time-zones */
const WINDOWS: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  'Romance Standard Time': 'Europe/Paris',
  'W. Europe Standard Time': 'Europe/Berlin',
  'GMT Standard Time': 'Europe/London',
  'Eastern Standard Time': 'America/New_York',
  'Pacific Standard Time': 'America/Los_Angeles',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'India Standard Time': 'Asia/Kolkata',
  'E. South America Standard Time': 'America/Sao_Paulo',
  'Samoa Standard Time': 'Pacific/Apia',
};

/** What an invitation from elsewhere may bring: a zone that is kept, and that nothing knows. */
export const CUSTOM = 'tzone://Microsoft/Custom';

/** The zone of the tz database that a name means; undefined for none. */
export function ianaOf(name: string): string | undefined {
  const windows = WINDOWS[name];
  if (windows !== undefined) return windows;
  if (!/^(UTC|Etc\/[\w+-]+|[A-Z]\w+\/[\w/+-]+)$/.test(name)) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return undefined;
  }
}

export function knownZone(name: unknown): string {
  const zone = typeof name === 'string' ? ianaOf(name) : undefined;
  if (zone !== undefined) return zone;
  throw badRequest(
    `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${String(name ?? '')}'.`,
    'TimeZoneNotSupportedException',
  );
}
