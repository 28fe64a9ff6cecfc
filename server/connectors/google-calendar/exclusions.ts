import { exclusionOf, findings } from '../../core/calendar/findings.ts';
import type { Meeting } from '../../core/calendar/meeting.ts';
import type { Sentence } from '../../core/sentence.ts';
import { isAttended, isDeclined } from './guests.ts';
import type { EventOptions } from './options.ts';
import type { GoogleEvent } from './shapes.ts';
import { UnknownZone } from './times.ts';

/** Why an event takes no part, and whether its counterpart is to go with it. */
export interface Exclusion {
  readonly excluded: Sentence;
  readonly withdrawn?: boolean;
}

const PRIVATE: Sentence = {
  en: 'This meeting is private in Google Calendar, and the flow leaves private ones where they are.',
  fr: 'Cette réunion est privée dans Google Agenda, et le flux laisse les réunions privées où elles sont.',
};
const NO_MEETING: Sentence = {
  en: 'This is no meeting: it stands for a birthday, a working place, an absence or time to focus.',
  fr: 'Ce n’est pas une réunion : il s’agit d’un anniversaire, d’un lieu de travail, d’une absence ou d’un moment de concentration.',
};
const FROM_MAIL: Sentence = {
  en: 'Google made this from an e-mail (a flight, a booking), and lets nobody else change it. Copy it in Google Calendar to have it as a meeting.',
  fr: 'Google l’a créé à partir d’un e-mail (un vol, une réservation) et ne laisse personne d’autre le modifier. Dupliquez-le dans Google Agenda pour en faire une réunion.',
};
const DECLINED: Sentence = {
  en: 'This invitation was declined in Google Calendar. It is taken in again once it is accepted.',
  fr: 'Cette invitation a été refusée dans Google Agenda. Elle sera reprise dès qu’elle sera acceptée.',
};
const UNREADABLE: Sentence = {
  en: 'This meeting has a time or a repetition that Liaison cannot read. It is left as it is.',
  fr: 'Cette réunion a un horaire ou une répétition que Liaison ne sait pas lire. Elle reste telle quelle.',
};
/** What Google itself takes for other dates than they are. */
export const MISREAD: Sentence = {
  en: 'Google reads the excluded dates of this series otherwise than they are written. Delete those occurrences in Google Calendar, and the series is taken in.',
  fr: 'Google lit les dates exclues de cette série autrement qu’elles ne sont écrites. Supprimez ces occurrences dans Google Agenda, et la série sera reprise.',
};

const unknownZone = (zone: string): Sentence => ({
  en: `This series repeats on the clocks of “${zone}”, a time zone that nobody knows. Choose its time zone in Google Calendar.`,
  fr: `Cette série se répète à l’heure de « ${zone} », un fuseau que personne ne connaît. Choisissez son fuseau horaire dans Google Agenda.`,
});

/** What an event is, before anybody looks at when it takes place. */
export function exclusionOfEvent(
  event: GoogleEvent,
  exceptions: readonly GoogleEvent[],
  options: EventOptions,
): Exclusion | null {
  if (event.eventType === 'fromGmail') return { excluded: FROM_MAIL };
  if (event.eventType !== undefined && event.eventType !== 'default') return { excluded: NO_MEETING };
  const isPrivate = event.visibility === 'private' || event.visibility === 'confidential';
  if (isPrivate && !options.privateMeetings) return { excluded: PRIVATE };
  // Of a series that was declined, some occurrences may have been accepted.
  if (isDeclined(event) && !options.declinedMeetings && !exceptions.some(isAttended))
    return { excluded: DECLINED, withdrawn: true };
  return null;
}

/** What the other side cannot hold of a meeting. */
export function exclusionOfMeeting(meeting: Meeting, options: EventOptions): Exclusion | null {
  if (options.counterpart === null) return null;
  const excluded = exclusionOf(findings(meeting, options.counterpart, options.counterpartZone));
  return excluded === null ? null : { excluded };
}

/** Why an event could not be read. */
export const exclusionOfFailure = (thrown: RangeError): Exclusion => ({
  excluded: thrown instanceof UnknownZone ? unknownZone(thrown.zone) : UNREADABLE,
});
