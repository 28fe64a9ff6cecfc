import { isDay, type MeetingTime } from '../../core/calendar/meeting.ts';
import type { Series } from '../../core/calendar/occurrences.ts';
import { ownTitle } from '../../core/calendar/untitled.ts';
import { dayAfter, inZone } from '../../core/calendar/zone-time.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import { UnsayableMeeting } from '../../kit/meeting-exclusions.ts';
import { patternedRecurrence } from '../families/microsoft/recurrence-pattern.ts';
import { htmlOf } from './body-text.ts';
import type { EventBody } from './client.ts';
import { isResource } from './guests.ts';
import type { GraphAttendee } from './shapes.ts';
import { nameOfZone } from './times.ts';

/**
 * Start and end as Outlook wants them: in one zone, and whole days from midnight to midnight.
 *
 * @param zone in which days are told: that of whoever reads them.
 */
export function spanBody({ start, end }: { start: MeetingTime; end: MeetingTime }, zone: string): EventBody {
  if (isDay(start)) {
    const last = isDay(end) && end.date > start.date ? end.date : dayAfter(start.date);
    const at = (date: string) => ({ dateTime: `${date}T00:00:00`, timeZone: nameOfZone(zone) });
    return { isAllDay: true, start: at(start.date), end: at(last) };
  }
  const until = isDay(end) ? { dateTime: `${end.date}T00:00:00`, zone: start.zone } : inZone(end, start.zone);
  const at = (dateTime: string) => ({ dateTime, timeZone: nameOfZone(start.zone) });
  return { isAllDay: false, start: at(start.dateTime), end: at(until.dateTime) };
}

/**
 * The same with how it repeats.
 *
 * @throws UnsayableMeeting for a rule that Outlook has no words for.
 */
export function scheduleBody(series: Series, zone: string): EventBody {
  const { start, recurrence } = series;
  const span = spanBody(series, zone);
  if (recurrence === null) return span;
  const [line, ...more] = recurrence.lines;
  const patterned = line === undefined || more.length > 0 ? null : patternedRecurrence(line, start);
  if (patterned === null) throw UNSAYABLE;
  const recurrenceTimeZone = nameOfZone(isDay(start) ? zone : start.zone);
  return { ...span, recurrence: { ...patterned, range: { ...patterned.range, recurrenceTimeZone } } };
}

const UNSAYABLE = new UnsayableMeeting({
  en: 'Outlook has no words for the way this series repeats. It is left as it is; change how it repeats, or make it several series.',
  fr: 'Outlook ne sait pas exprimer la façon dont cette série se répète. Elle reste telle quelle\u00a0; changez sa répétition, ou faites-en plusieurs séries.',
});

/** Texts of a meeting; blank ones as empty texts, which clear. */
export function textsBody(texts: {
  readonly title?: FieldValue | undefined;
  readonly description?: FieldValue | undefined;
  readonly location?: FieldValue | undefined;
}): EventBody {
  const text = (value: FieldValue): string => (typeof value === 'string' ? value : '');
  const title = (value: FieldValue): string => ownTitle(text(value)) ?? '';
  return {
    ...(texts.title === undefined ? {} : { subject: title(texts.title) }),
    ...(texts.description === undefined
      ? {}
      : { body: { contentType: 'html', content: htmlOf(text(texts.description)) } }),
    ...(texts.location === undefined ? {} : { location: { displayName: text(texts.location) } }),
  };
}

/** People by their addresses; of those who were invited before everything stays as it is, and so do rooms. */
export function attendeesBody(addresses: readonly string[], held: readonly GraphAttendee[] = []): EventBody {
  const addressOf = ({ emailAddress }: GraphAttendee): string => emailAddress?.address?.toLowerCase() ?? '';
  const known = new Map(held.map((one) => [addressOf(one), one]));
  const rooms = held.filter(isResource);
  const people = addresses.filter((email) => !rooms.some((room) => addressOf(room) === email));
  const invited = people.map(
    (email) => known.get(email) ?? { type: 'required', emailAddress: { address: email } },
  );
  return {
    attendees: [...rooms, ...invited].map(({ type, emailAddress }) => ({
      type: type ?? 'required',
      emailAddress: {
        address: emailAddress?.address,
        ...(emailAddress?.name ? { name: emailAddress.name } : {}),
      },
    })),
  };
}
