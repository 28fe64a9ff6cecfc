import type { Sentence } from '../../core/sentence.ts';
import type { GoogleAttendee, GoogleEvent } from './shapes.ts';

/** Why participants are neither read nor written. */
export const CUT_GUESTS: Sentence = {
  en: 'Google shows only a part of this meeting’s guest list: the participants are left alone on both sides. Change them in Google Calendar.',
  fr: 'Google ne montre qu’une partie des invités de cette réunion\u00a0: les participants ne sont modifiés d’aucun côté. Modifiez-les dans Google Agenda.',
};

/**
 * Whether the guests that an event names may be a part of them only, or are hidden from each other: such a list
 * is no value to carry elsewhere, and writing it back would uninvite whoever is not on it.
 * https://developers.google.com/workspace/calendar/api/v3/reference/events#attendeesOmitted
 */
export const hasCutGuests = ({ attendeesOmitted, guestsCanSeeOtherGuests }: GoogleEvent): boolean =>
  attendeesOmitted === true || guestsCanSeeOtherGuests === false;

const selfOf = ({ attendees = [] }: GoogleEvent): GoogleAttendee | undefined =>
  attendees.find(({ self }) => self === true);

/** Whoever this calendar is of does not come. */
export const isDeclined = (event: GoogleEvent): boolean => selfOf(event)?.responseStatus === 'declined';

/** Whoever this calendar is of said that they come, or may. */
export const isAttended = (event: GoogleEvent): boolean =>
  event.status !== 'cancelled' && ['accepted', 'tentative'].includes(selfOf(event)?.responseStatus ?? '');
