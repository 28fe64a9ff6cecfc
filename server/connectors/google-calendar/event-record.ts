import { createHash } from 'node:crypto';
import { meetingValues } from '../../core/calendar/fields.ts';
import { exclusionOf, findings } from '../../core/calendar/findings.ts';
import type { Meeting } from '../../core/calendar/meeting.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { SideRecord } from '../../core/sync-object.ts';
import type { EventOptions } from './options.ts';
import type { GoogleEvent } from './shapes.ts';
import { meetingOfEvents } from './to-meeting.ts';

/** Where an event carries the mark of the create that made it. */
export const MARK = 'liaison';

const PRIVATE: Sentence = {
  en: 'This meeting is private in Google Calendar, and the flow leaves private ones where they are.',
  fr: 'Cette réunion est privée dans Google Agenda, et le flux laisse les réunions privées où elles sont.',
};
const NO_MEETING: Sentence = {
  en: 'This is no meeting: Google Calendar made it by itself (a birthday, a working place, an absence).',
  fr: 'Ce n’est pas une réunion : Google Agenda l’a créé de lui-même (anniversaire, lieu de travail, absence).',
};
const UNREADABLE: Sentence = {
  en: 'This meeting has a time zone or a repetition that Liaison cannot read. It is left as it is.',
  fr: 'Cette réunion a un fuseau ou une répétition que Liaison ne sait pas lire. Elle reste telle quelle.',
};

export const isSeries = ({ recurrence }: GoogleEvent): boolean => (recurrence ?? []).length > 0;
export const isCancelled = ({ status }: GoogleEvent): boolean => status === 'cancelled';

/** An event, with its exceptions where it is a series, as one record. */
export function eventRecord(
  event: GoogleEvent,
  exceptions: readonly GoogleEvent[],
  options: EventOptions,
): SideRecord {
  const head = {
    id: event.id,
    version: versionOf(event, exceptions),
    label: event.summary ?? '',
    marker: event.extendedProperties?.private?.[MARK] ?? null,
  };
  const read = readMeeting(event, exceptions);
  if (read === null) return { ...head, values: { title: event.summary ?? null }, excluded: UNREADABLE };
  const excluded = exclusion(event, read, options);
  return { ...head, values: meetingValues(read), ...(excluded === null ? {} : { excluded }) };
}

/**
 * The state of an event: of a series that of its exceptions too, because Google gives each an etag of its own.
 * What stands before `#` is the series' own.
 */
export function versionOf(event: GoogleEvent, exceptions: readonly GoogleEvent[]): string | null {
  if (event.etag === null || event.etag === undefined) return null;
  if (!isSeries(event)) return event.etag;
  const etags = exceptions.map(({ id, etag }) => `${id} ${etag ?? ''}`).sort();
  return `${event.etag}#${createHash('sha256').update(etags.join('\n')).digest('base64url').slice(0, 16)}`;
}

function readMeeting(event: GoogleEvent, exceptions: readonly GoogleEvent[]): Meeting | null {
  try {
    return meetingOfEvents(event, exceptions);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function exclusion(event: GoogleEvent, meeting: Meeting, options: EventOptions): Sentence | null {
  if (event.eventType !== undefined && event.eventType !== 'default') return NO_MEETING;
  const isPrivate = event.visibility === 'private' || event.visibility === 'confidential';
  if (isPrivate && !options.privateMeetings) return PRIVATE;
  if (options.counterpart === null) return null;
  return exclusionOf(findings(meeting, options.counterpart, options.counterpartZone));
}
