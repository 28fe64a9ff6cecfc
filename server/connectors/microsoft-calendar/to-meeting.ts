import { z } from 'zod';
import { addressesOf } from '../../core/calendar/fields.ts';
import {
  type Answer,
  isDay,
  type Meeting,
  type MeetingException,
  type MeetingTime,
  type OccurrenceChanges,
  type Participant,
} from '../../core/calendar/meeting.ts';
import { originalStarts, startsOf } from '../../core/calendar/occurrences.ts';
import { comparedTitle } from '../../core/calendar/untitled.ts';
import { after, lengthOf, sameTime, wallTime } from '../../core/calendar/zone-time.ts';
import { UnknownZone, zoneNamed } from '../../core/calendar/zones.ts';
import { UnsayableMeeting } from '../../kit/meeting-exclusions.ts';
import { recurrenceSchema, ruleLine } from '../families/microsoft/recurrence-pattern.ts';
import { textOf } from './body-text.ts';
import { isHidden } from './exclusions.ts';
import { hasHiddenGuests, isDeclined, isResource } from './guests.ts';
import type { EventOptions } from './options.ts';
import { type GraphEvent, isSeries } from './shapes.ts';
import { dayOfMoment, spanOf, zoneOfEvent } from './times.ts';

const ANSWERS: Readonly<Record<string, Answer>> = {
  accepted: 'accepted',
  declined: 'declined',
  tentativelyAccepted: 'tentative',
};

/** What no rule of a calendar says: told, and never flattened. */
const UNSAYABLE = new UnsayableMeeting({
  en: 'Outlook repeats this series in a way that has no words elsewhere (the last day of shorter months, for one). It is left out.',
  fr: 'Outlook répète cette série d’une façon qui ne se dit pas ailleurs (le dernier jour des mois plus courts, par exemple). Elle est écartée de la synchro.',
});

const rangeZone = z.object({ range: z.object({ recurrenceTimeZone: z.string().nullish() }) });

/**
 * Zones in which a series may repeat, the likeliest first: its pattern's own, or where that says none the one in which
 * it was entered.
 *
 * @throws UnknownZone where nobody knows any of them.
 */
function zonesOf({ recurrence, originalStartTimeZone }: GraphEvent): string[] {
  const named = [rangeZone.safeParse(recurrence).data?.range.recurrenceTimeZone, originalStartTimeZone];
  const written = named.filter((name) => name != null && name !== '') as string[];
  const zones = [...new Set(written.map(zoneNamed).filter((zone) => zone !== null))];
  if (zones.length === 0) throw new UnknownZone(written[0] ?? '');
  return zones;
}

/**
 * An event as a meeting; a series with every date that its pattern gives, whatever became of some. There may be several
 * ways to read a series, the likeliest first: see `zonesOf`.
 *
 * @throws RangeError for times, zones or patterns that cannot be read.
 */
export function readingsOf(event: GraphEvent): Meeting[] {
  const texts = { ...textsOf(event), participants: participantsOf(event) };
  if (!isSeries(event)) return [{ ...texts, ...spanOf(event, null), recurrence: null }];
  const zones = event.isAllDay === true ? [null] : zonesOf(event);
  return zones.map((zone) => ({ ...texts, ...patternOf(event, zone) }));
}

function patternOf(event: GraphEvent, zone: string | null): Pick<Meeting, 'start' | 'end' | 'recurrence'> {
  const read = recurrenceSchema.safeParse(event.recurrence);
  if (!read.success) throw new RangeError('The pattern of a series cannot be read.');
  const { startDate } = read.data.range;
  const span = spanOf(event, zone);
  const length = lengthOf(span.start, span.end);
  // The day stands in the pattern, in the series' own zone; the master's times may have come in another.
  const begun: MeetingTime = isDay(span.start)
    ? { date: startDate }
    : { dateTime: `${startDate}${span.start.dateTime.slice(10)}`, zone: span.start.zone };
  const line = ruleLine(read.data, begun);
  if (line === null) throw UNSAYABLE;
  const [start = begun] = startsOf(line, begun, 1);
  return { start, end: after(start, length), recurrence: { lines: [line], exceptions: [] } };
}

/** Which event stands for which date of a series. */
export interface Place {
  readonly originalStart: MeetingTime;
  readonly id: string;
  /** Null: it is as its series says. */
  readonly exception: GraphEvent | null;
}

/**
 * Finds the date of each occurrence. What the pattern gives and no occurrence stands for was deleted: Graph names it
 * nowhere.
 *
 * @throws RangeError where an occurrence stands where the pattern has none: it was not read rightly then.
 */
export function placesOf(
  meeting: Meeting,
  instances: readonly GraphEvent[],
  exceptions: ReadonlyMap<string, GraphEvent>,
): Place[] {
  if (instances.length === 0) throw new RangeError('A series without an occurrence cannot be read.');
  const starts = originalStarts(meeting);
  const zone = isDay(meeting.start) ? null : meeting.start.zone;
  return instances.map((instance) => {
    const isChanged = instance.type === 'exception';
    const at = isChanged ? originalOf(instance, zone) : spanOf(instance, zone).start;
    const originalStart = starts.find((start) => sameTime(start, at));
    if (originalStart === undefined)
      throw new RangeError('An occurrence stands where the pattern of its series has none.');
    return {
      originalStart,
      id: instance.id,
      exception: isChanged ? (exceptions.get(instance.id) ?? null) : null,
    };
  });
}

/** In UTC, or with its offset, whatever zone is told beside it. https://github.com/microsoftgraph/microsoft-graph-docs/issues/6208 */
function originalOf(event: GraphEvent, zone: string | null): MeetingTime {
  const { originalStart } = event;
  if (originalStart == null) throw new RangeError('An exception says which occurrence it is.');
  const moment = /(?:Z|[+-]\d\d:?\d\d)$/i.test(originalStart) ? originalStart : `${originalStart}Z`;
  return zone === null ? { date: dayOfMoment(moment, zoneOfEvent(event)) } : wallTime(moment, zone);
}

/** What of the options decides what a series is. */
type Reading = Pick<EventOptions, 'declinedMeetings' | 'privateMeetings'>;

/** A series with what became of its dates: one that was declined, or that is private, is none. */
export function withPlaces(meeting: Meeting, places: readonly Place[], options: Reading): Meeting {
  if (meeting.recurrence === null) return meeting;
  const exceptions = originalStarts(meeting).flatMap((originalStart): MeetingException[] => {
    const place = places.find((one) => sameTime(one.originalStart, originalStart));
    if (place === undefined) return [{ originalStart, changes: null }];
    return place.exception === null ? [] : [exceptionOf(meeting, originalStart, place.exception, options)];
  });
  return { ...meeting, recurrence: { ...meeting.recurrence, exceptions } };
}

function exceptionOf(
  series: Meeting,
  originalStart: MeetingTime,
  event: GraphEvent,
  options: Reading,
): MeetingException {
  const isOut = (isDeclined(event) && !options.declinedMeetings) || isHidden(event, options);
  if (event.isCancelled === true || isOut) return { originalStart, changes: null };
  const texts = textsOf(event);
  const participants = addressesOf(participantsOf(event));
  const isSameInvited = JSON.stringify(addressesOf(series.participants)) === JSON.stringify(participants);
  const changes: OccurrenceChanges = {
    ...spanOf(event, isDay(series.start) ? null : series.start.zone),
    ...(texts.title === series.title ? {} : { title: texts.title }),
    ...(texts.description === series.description ? {} : { description: texts.description }),
    ...(texts.location === series.location ? {} : { location: texts.location }),
    ...(isSameInvited || hasHiddenGuests(event) ? {} : { participants }),
  };
  return { originalStart, changes };
}

const textsOf = ({ subject, body, location }: GraphEvent) => ({
  title: comparedTitle(subject),
  description: textOf(body ?? {}),
  location: location?.displayName || null,
});

/** Rooms and what else can be booked are nobody. */
function participantsOf({ attendees, organizer }: GraphEvent): Participant[] {
  const host = organizer?.emailAddress?.address?.toLowerCase();
  return (attendees ?? [])
    .filter((one) => !isResource(one))
    .flatMap(({ emailAddress, status }) => {
      const email = emailAddress?.address?.toLowerCase();
      if (email === undefined || email === '') return [];
      return {
        email,
        name: emailAddress?.name ?? null,
        status: ANSWERS[status?.response ?? ''] ?? 'none',
        organiser: email === host,
      };
    });
}
