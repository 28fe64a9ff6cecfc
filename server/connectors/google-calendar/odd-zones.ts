import { isDay, type MeetingTime } from '../../core/calendar/meeting.ts';
import { isEndless, occurrencesOf } from '../../core/calendar/occurrences.ts';
import { zoneOfLine } from '../../core/calendar/rule.ts';
import { momentOf } from '../../core/calendar/zone-time.ts';
import { isTzName } from '../../core/calendar/zones.ts';
import type { GoogleEvent } from './shapes.ts';
import { timeIn } from './times.ts';
import { meetingOfEvents } from './to-meeting.ts';

/**
 * Whether dates of a series are told in a zone that the tz database has not: programs write Windows' names, and
 * Google was seen to take such a date for another moment.
 * https://github.com/derekantrican/GAS-ICS-Sync/issues/398
 */
export const namesOddZone = ({ recurrence = [] }: GoogleEvent): boolean =>
  recurrence.some((line) => {
    const zone = zoneOfLine(line);
    return zone !== null && !isTzName(zone);
  });

/** Whether a series has the occurrences that Google counts. One without an end cannot be counted. */
export function countsAlike(event: GoogleEvent, counted: readonly GoogleEvent[]): boolean {
  const series = meetingOfEvents(event, [], { declinedMeetings: true, privateMeetings: true });
  if (isEndless(series)) return true;
  const own = occurrencesOf(series).flatMap(({ originalStart, changes }) =>
    changes === null ? [] : [momentText(originalStart)],
  );
  const theirs = counted.flatMap(({ originalStartTime }) =>
    originalStartTime === undefined ? [] : [momentText(timeIn(originalStartTime, null))],
  );
  return own.sort().join() === theirs.sort().join();
}

const momentText = (time: MeetingTime): string => (isDay(time) ? time.date : momentOf(time));
