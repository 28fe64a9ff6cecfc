import type { MeetingTime } from '../../core/calendar/meeting.ts';
import { after, inZone, wallTime } from '../../core/calendar/zone-time.ts';
import { UnknownZone, zoneNamed } from '../../core/calendar/zones.ts';
import type { GoogleTime } from './shapes.ts';

const HAS_OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * In which zone an event is read; null for whole days. A series repeats on the clocks of its zone, which it
 * has to name; of a single event it only says how it is shown, and the moment is known without it.
 *
 * @throws UnknownZone.
 */
export function zoneOf(time: GoogleTime, repeats: boolean): string | null {
  if ('date' in time) return null;
  const written = time.timeZone ?? 'UTC';
  const zone = zoneNamed(written);
  if (zone !== null) return zone;
  if (repeats || !HAS_OFFSET.test(time.dateTime)) throw new UnknownZone(written);
  return 'UTC';
}

/** @param zone of the series; null where it is one of whole days. Its offset, where there is one, is exact. */
export function timeIn(time: GoogleTime, zone: string | null): MeetingTime {
  if ('date' in time) return { date: time.date };
  // An exception may have become one of whole days, or the other way round: then it has a zone of its own.
  const own = zone ?? zoneOf(time, false) ?? 'UTC';
  if (HAS_OFFSET.test(time.dateTime)) return wallTime(time.dateTime, own);
  const named = time.timeZone === undefined ? own : zoneOf(time, true);
  return inZone({ dateTime: time.dateTime.slice(0, 19), zone: named ?? own }, own);
}

/** An event that says no end has none: it is over as it begins, or with its day. */
export const endIn = (end: GoogleTime | undefined, start: MeetingTime, zone: string | null): MeetingTime =>
  end === undefined ? after(start, 'date' in start ? 'P1D' : 'PT0S') : timeIn(end, zone);
