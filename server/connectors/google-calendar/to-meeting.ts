import { addressesOf } from '../../core/calendar/fields.ts';
import type {
  Answer,
  Meeting,
  MeetingException,
  MeetingTime,
  OccurrenceChanges,
  Participant,
} from '../../core/calendar/meeting.ts';
import { datesOf } from '../../core/calendar/rule.ts';
import { compareTimes, wallTime } from '../../core/calendar/zone-time.ts';
import type { GoogleAttendee, GoogleEvent, GoogleTime } from './shapes.ts';

const ANSWERS: Readonly<Record<string, Answer>> = {
  accepted: 'accepted',
  declined: 'declined',
  tentative: 'tentative',
};

/**
 * An event and the exceptions of it, as a meeting.
 *
 * @throws RangeError for times, zones or rules that cannot be read.
 */
export function meetingOfEvents(event: GoogleEvent, exceptions: readonly GoogleEvent[]): Meeting {
  const { start, end, recurrence } = event;
  if (start === undefined || end === undefined) throw new RangeError('An event has a start and an end.');
  const zone = zoneOf(start);
  const from = timeIn(start, zone);
  const head = textsOf(event);
  const meeting = {
    ...head,
    start: from,
    end: timeIn(end, zone),
    participants: participantsOf(event.attendees),
  };
  if (recurrence === undefined || recurrence.length === 0) return { ...meeting, recurrence: null };
  const excluded = recurrence
    .filter((line) => /^EXDATE/i.test(line))
    .flatMap((line) => datesOf(line, from))
    .map((originalStart): MeetingException => ({ originalStart, changes: null }));
  const own = exceptions.flatMap((one) => exceptionOf(one, meeting, zone));
  return {
    ...meeting,
    recurrence: {
      lines: recurrence.filter((line) => !/^EXDATE/i.test(line)),
      exceptions: [...excluded, ...own].sort((a, b) => compareTimes(a.originalStart, b.originalStart)),
    },
  };
}

function exceptionOf(
  event: GoogleEvent,
  series: Omit<Meeting, 'recurrence'>,
  zone: string | null,
): MeetingException[] {
  const { originalStartTime, start, end } = event;
  if (originalStartTime === undefined) return [];
  const originalStart = timeIn(originalStartTime, zone);
  if (event.status === 'cancelled') return [{ originalStart, changes: null }];
  if (start === undefined || end === undefined) return [];
  const texts = textsOf(event);
  const participants = addressesOf(participantsOf(event.attendees));
  const invited = JSON.stringify(addressesOf(series.participants)) === JSON.stringify(participants);
  const changes: OccurrenceChanges = {
    start: timeIn(start, zone),
    end: timeIn(end, zone),
    ...(texts.title === series.title ? {} : { title: texts.title }),
    ...(texts.description === series.description ? {} : { description: texts.description }),
    ...(texts.location === series.location ? {} : { location: texts.location }),
    ...(invited ? {} : { participants }),
  };
  return [{ originalStart, changes }];
}

const textsOf = ({ summary, description, location }: GoogleEvent) => ({
  title: summary ?? null,
  description: description ?? null,
  location: location ?? null,
});

/** Null for whole days. Only series have to name their zone; of a single one it says how it is shown. */
const zoneOf = (time: GoogleTime): string | null => ('date' in time ? null : (time.timeZone ?? 'UTC'));

function timeIn(time: GoogleTime, zone: string | null): MeetingTime {
  if ('date' in time) return { date: time.date };
  // An exception may have become one of whole days, or the other way round: then it has a zone of its own.
  return wallTime(time.dateTime, zone ?? time.timeZone ?? 'UTC');
}

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
