import { createHash } from 'node:crypto';
import { meetingValues } from '../../core/calendar/fields.ts';
import { type Folded, fold, type OccurrenceRecord } from '../../core/calendar/fold.ts';
import type { Meeting, MeetingTime } from '../../core/calendar/meeting.ts';
import { comparedTitle } from '../../core/calendar/untitled.ts';
import { dayAfter, wallTime } from '../../core/calendar/zone-time.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { SideRecord } from '../../core/sync-object.ts';
import { type CrmEvent, seriesId } from './events.ts';

const UNREADABLE: Sentence = {
  en: 'This meeting has times or a repetition that Liaison cannot read. It is left as it is.',
  fr: 'Cette réunion a des horaires ou une répétition que Liaison ne sait pas lire. Elle reste telle quelle.',
};

/** A meeting that does not repeat. @param zone of the organisation. */
export function singleRecord(event: CrmEvent, zone: string): SideRecord {
  const head = { id: event.id, version: event.Modified_Time, label: event.Event_Title ?? '', marker: null };
  try {
    const meeting: Meeting = {
      title: comparedTitle(event.Event_Title),
      description: event.Description || null,
      location: event.Venue || null,
      ...timesOf(event, zone),
      participants: addressesOf(event).map((email) => ({
        email,
        name: null,
        status: 'none',
        organiser: false,
      })),
      recurrence: null,
    };
    return { ...head, values: meetingValues(meeting) };
  } catch (thrown) {
    return unreadable(head, thrown);
  }
}

/** Every record of one series as the one that it is. */
export function seriesRecord(events: readonly CrmEvent[], zone: string): SideRecord {
  const [first] = events as [CrmEvent, ...CrmEvent[]];
  const stamps = events.map(({ id, Modified_Time }) => `${id} ${Modified_Time}`).sort();
  const version = createHash('sha256').update(stamps.join('\n')).digest('base64url').slice(0, 22);
  const head = { id: seriesId(first), version, label: first.Event_Title ?? '', marker: null };
  try {
    return { ...head, values: meetingValues(meetingOfFold(foldEvents(events, zone))) };
  } catch (thrown) {
    return unreadable(head, thrown);
  }
}

/** @throws RangeError for a rule or times that cannot be read. */
export function foldEvents(events: readonly CrmEvent[], zone: string): Folded {
  const [first] = events as [CrmEvent, ...CrmEvent[]];
  const isDays = first.All_day === true;
  const records = events.map(
    (event): OccurrenceRecord => ({
      id: event.id,
      ...timesOf({ ...event, All_day: isDays }, zone),
      title: comparedTitle(event.Event_Title),
      description: event.Description || null,
      location: event.Venue || null,
      participants: addressesOf(event),
    }),
  );
  return fold(first.Recurring_Activity?.RRULE ?? '', isDays ? null : zone, records);
}

export function meetingOfFold({ series, texts }: Folded): Meeting {
  return {
    ...texts,
    ...series,
    participants: texts.participants.map((email) => ({
      email,
      name: null,
      status: 'none',
      organiser: false,
    })),
  };
}

/** Addresses of those who take part, sorted; the owner invites, and is none of them. */
export function addressesOf({ Participants, Owner }: CrmEvent): string[] {
  const owner = Owner?.email?.toLowerCase();
  const found = (Participants ?? []).flatMap(({ Email }) => (Email ? [Email.trim().toLowerCase()] : []));
  return [...new Set(found)].filter((email) => email !== owner).sort();
}

/** Whole days begin at midnight and end a second before one, each in the offset that is written there. */
function timesOf(
  { Start_DateTime, End_DateTime, All_day }: Pick<CrmEvent, 'Start_DateTime' | 'End_DateTime' | 'All_day'>,
  zone: string,
): { start: MeetingTime; end: MeetingTime } {
  if (All_day === true) {
    const [first, last] = [Start_DateTime.slice(0, 10), End_DateTime.slice(0, 10)];
    return { start: { date: first }, end: { date: dayAfter(last) } };
  }
  return { start: wallTime(Start_DateTime, zone), end: wallTime(End_DateTime, zone) };
}

function unreadable(head: Pick<SideRecord, 'id' | 'version' | 'label'>, thrown: unknown): SideRecord {
  if (!(thrown instanceof RangeError)) throw thrown;
  return { ...head, values: { title: head.label || null }, excluded: UNREADABLE };
}
