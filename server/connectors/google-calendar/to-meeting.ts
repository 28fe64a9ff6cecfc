import { addressesOf } from '../../core/calendar/fields.ts';
import type {
  Answer,
  Meeting,
  MeetingException,
  MeetingTime,
  OccurrenceChanges,
  Participant,
} from '../../core/calendar/meeting.ts';
import { originalStarts, type Series } from '../../core/calendar/occurrences.ts';
import { datesOf } from '../../core/calendar/rule.ts';
import { comparedTitle } from '../../core/calendar/untitled.ts';
import { compareTimes, sameTime } from '../../core/calendar/zone-time.ts';
import { isHidden } from './exclusions.ts';
import { hasCutGuests, isDeclined } from './guests.ts';
import type { EventOptions } from './options.ts';
import type { GoogleAttendee, GoogleEvent } from './shapes.ts';
import { endIn, timeIn, zoneOf } from './times.ts';

const ANSWERS: Readonly<Record<string, Answer>> = {
  accepted: 'accepted',
  declined: 'declined',
  tentative: 'tentative',
};

/** What of the options decides what a meeting is. */
type Reading = Pick<EventOptions, 'declinedMeetings' | 'privateMeetings'>;

/**
 * An event and the exceptions of it, as a meeting. An occurrence that was declined does not take place for
 * whoever the calendar is of, and one that is private for nobody else.
 *
 * @throws RangeError for times, zones or rules that cannot be read.
 */
export function meetingOfEvents(
  event: GoogleEvent,
  exceptions: readonly GoogleEvent[],
  options: Reading,
): Meeting {
  const { start, end, recurrence } = event;
  if (start === undefined) throw new RangeError('An event has a start.');
  const repeats = recurrence !== undefined && recurrence.length > 0;
  const zone = zoneOf(start, repeats);
  const from = timeIn(start, zone);
  const meeting = {
    ...textsOf(event),
    start: from,
    end: endIn(end, from, zone),
    participants: participantsOf(event.attendees),
  };
  if (!repeats) return { ...meeting, recurrence: null };
  const excluded = recurrence
    .filter((line) => /^EXDATE/i.test(line))
    .flatMap((line) => datesOf(line, from))
    .map(cancelledAt);
  const own = exceptions.flatMap((one) => exceptionOf(one, meeting, zone, options));
  const lines = recurrence.filter((line) => !/^EXDATE/i.test(line));
  const isOut = isDeclined(event) && !options.declinedMeetings;
  const declined = isOut ? otherStarts({ ...meeting, recurrence: { lines, exceptions: [] } }, own) : [];
  return {
    ...meeting,
    recurrence: {
      lines,
      exceptions: [...excluded, ...own, ...declined].sort((a, b) =>
        compareTimes(a.originalStart, b.originalStart),
      ),
    },
  };
}

const cancelledAt = (originalStart: MeetingTime): MeetingException => ({ originalStart, changes: null });

/** Of a series that was declined, every occurrence of which nothing else was said. */
const otherStarts = (series: Series, said: readonly MeetingException[]): MeetingException[] =>
  originalStarts(series)
    .filter((start) => !said.some(({ originalStart }) => sameTime(originalStart, start)))
    .map(cancelledAt);

function exceptionOf(
  event: GoogleEvent,
  series: Omit<Meeting, 'recurrence'>,
  zone: string | null,
  options: Reading,
): MeetingException[] {
  const { originalStartTime, start, end } = event;
  if (originalStartTime === undefined) return [];
  const originalStart = timeIn(originalStartTime, zone);
  const isOut = (isDeclined(event) && !options.declinedMeetings) || isHidden(event, options);
  if (event.status === 'cancelled' || isOut) return [cancelledAt(originalStart)];
  if (start === undefined) return [];
  const from = timeIn(start, zone);
  const texts = textsOf(event);
  const participants = addressesOf(participantsOf(event.attendees));
  const invited = JSON.stringify(addressesOf(series.participants)) === JSON.stringify(participants);
  const changes: OccurrenceChanges = {
    start: from,
    end: endIn(end, from, zone),
    ...(texts.title === series.title ? {} : { title: texts.title }),
    ...(texts.description === series.description ? {} : { description: texts.description }),
    ...(texts.location === series.location ? {} : { location: texts.location }),
    ...(invited || hasCutGuests(event) ? {} : { participants }),
  };
  return [{ originalStart, changes }];
}

const textsOf = ({ summary, description, location }: GoogleEvent) => ({
  title: comparedTitle(summary),
  description: description ?? null,
  location: location ?? null,
});

function participantsOf(attendees: readonly GoogleAttendee[] = []): Participant[] {
  return attendees.flatMap(({ email, displayName, responseStatus, organizer }) =>
    email === undefined || email === ''
      ? []
      : [
          {
            email: email.toLowerCase(),
            name: displayName ?? null,
            status: ANSWERS[responseStatus ?? ''] ?? 'none',
            organiser: organizer === true,
          },
        ],
  );
}
