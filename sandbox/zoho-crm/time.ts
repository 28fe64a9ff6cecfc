import { company } from '../company/index.ts';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: company.timeZone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
});

/** `2026-11-24T10:00:00+01:00`: to the second, in the organisation's zone, as the CRM writes every moment. */
export function crmTime(at: Date): string {
  const of = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  const offset = of.timeZoneName?.replace('GMT', '') || '+00:00';
  return `${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}:${of.second}${offset}`;
}

/** The day it is in the organisation's zone, moved by so many days: `2026-11-30`. */
export function crmDay(at: Date, days = 0): string {
  return crmTime(new Date(at.getTime() + days * 86_400_000)).slice(0, 10);
}
