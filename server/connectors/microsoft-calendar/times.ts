import { Temporal } from 'temporal-polyfill';
import type { MeetingTime } from '../../core/calendar/meeting.ts';
import { dayAfter, momentOf, wallTime } from '../../core/calendar/zone-time.ts';
import { neededZone, windowsName, zoneNamed } from '../../core/calendar/zones.ts';
import type { GraphEvent, GraphTime } from './shapes.ts';

const HALF_A_DAY_MS = 43_200_000;
const clockOf = (text: string): string => text.slice(11, 19);

/** The moment of a time in the zone that it names. @throws UnknownZone, RangeError. */
export const momentIn = ({ dateTime, timeZone }: GraphTime): string =>
  momentOf({ dateTime: dateTime.slice(0, 19), zone: neededZone(timeZone ?? 'UTC') });

/** The zone in which an event was entered; UTC where nobody knows it: of a single event the moment says all. */
export const zoneOfEvent = ({ originalStartTimeZone }: GraphEvent): string =>
  zoneNamed(originalStartTimeZone ?? '') ?? 'UTC';

/**
 * The day that a time of whole days means, in whatever zone it comes: midnight by its own clock, midnight where it was
 * entered, or else the midnight that is nearest.
 */
export function dayIn(time: GraphTime, zone: string): string {
  if (clockOf(time.dateTime) === '00:00:00') return time.dateTime.slice(0, 10);
  return dayOfMoment(momentIn(time), zone);
}

/** The same of a moment, `2026-07-05T22:00:00Z`. */
export function dayOfMoment(moment: string, zone: string): string {
  const at = Temporal.Instant.from(moment);
  for (const one of ['UTC', zone]) {
    const text = at.toZonedDateTimeISO(one).toPlainDateTime().toString({ smallestUnit: 'second' });
    if (clockOf(text) === '00:00:00') return text.slice(0, 10);
  }
  return new Date(at.epochMilliseconds + HALF_A_DAY_MS).toISOString().slice(0, 10);
}

/** When an event begins and ends. @param zone of a series; null: of whole days. */
export function spanOf(event: GraphEvent, zone: string | null): { start: MeetingTime; end: MeetingTime } {
  const { start, end } = event;
  if (start == null || end == null) throw new RangeError('An event has a start and an end.');
  if (event.isAllDay === true) {
    const own = zoneOfEvent(event);
    const [from, to] = [dayIn(start, own), dayIn(end, own)];
    // A day of no length is one day: https://github.com/ridafkih/keeper.sh/pull/616
    return { start: { date: from }, end: { date: to > from ? to : dayAfter(from) } };
  }
  const own = zone ?? zoneOfEvent(event);
  return { start: wallTime(momentIn(start), own), end: wallTime(momentIn(end), own) };
}

/** How Outlook is told a zone: by Windows' name where there is one for it alone. */
export const nameOfZone = (zone: string): string => (zone === 'UTC' ? 'UTC' : (windowsName(zone) ?? zone));
