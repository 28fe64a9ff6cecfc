import type { Sentence } from '../../core/sentence.ts';
import { type Exclusion, leftOutOf } from '../../kit/meeting-exclusions.ts';
import { isAttended, isDeclined } from './guests.ts';
import type { EventOptions } from './options.ts';
import type { GoogleEvent } from './shapes.ts';

const LEFT_OUT = leftOutOf({ en: 'Google Calendar', fr: 'Google Agenda' });
const NO_MEETING: Sentence = {
  en: 'This is no meeting: it stands for a birthday, a working place, an absence or time to focus.',
  fr: 'Ce n’est pas une réunion\u00a0: il s’agit d’un anniversaire, d’un lieu de travail, d’une absence ou d’un moment de concentration.',
};
const FROM_MAIL: Sentence = {
  en: 'Google made this from an e-mail (a flight, a booking), and lets nobody else change it. Copy it in Google Calendar to have it as a meeting.',
  fr: 'Google l’a créé à partir d’un e-mail (un vol, une réservation) et ne laisse personne d’autre le modifier. Dupliquez-le dans Google Agenda pour en faire une réunion.',
};
/** What Google itself takes for other dates than they are. */
export const MISREAD: Sentence = {
  en: 'Google reads the excluded dates of this series otherwise than they are written. Delete those occurrences in Google Calendar, and the series is taken in.',
  fr: 'Google lit les dates exclues de cette série autrement qu’elles ne sont écrites. Supprimez ces occurrences dans Google Agenda, et la série sera reprise.',
};

/** Nobody but whose calendar it is in is to see what it is about. */
export const isPrivate = ({ visibility }: GoogleEvent): boolean =>
  visibility === 'private' || visibility === 'confidential';

/** Whether what it says stays in the calendar: of one date of a series as well. */
export const isHidden = (
  event: GoogleEvent,
  { privateMeetings }: Pick<EventOptions, 'privateMeetings'>,
): boolean => isPrivate(event) && !privateMeetings;

/** What an event is, before anybody looks at when it takes place. */
export function exclusionOfEvent(
  event: GoogleEvent,
  exceptions: readonly GoogleEvent[],
  options: EventOptions,
): Exclusion | null {
  if (event.eventType === 'fromGmail') return { excluded: FROM_MAIL };
  if (event.eventType !== undefined && event.eventType !== 'default') return { excluded: NO_MEETING };
  if (isHidden(event, options)) return LEFT_OUT.private;
  // Of a series that was declined, some occurrences may have been accepted.
  const isAny = exceptions.some((one) => isAttended(one) && !isHidden(one, options));
  if (isDeclined(event) && !options.declinedMeetings && !isAny) return LEFT_OUT.declined;
  return null;
}

/** Why a series is not changed. */
export const PRIVATE_DATE = LEFT_OUT.privateDate;

/** Why an event could not be read. */
export const exclusionOfFailure = LEFT_OUT.failure;
