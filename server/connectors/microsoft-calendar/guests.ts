import type { Sentence } from '../../core/sentence.ts';
import type { GraphAttendee, GraphEvent } from './shapes.ts';

/** Why participants are neither read nor written. */
export const HIDDEN_GUESTS: Sentence = {
  en: 'Outlook hides who is invited to this meeting from its participants: they are left alone on both sides. Change them in Outlook.',
  fr: 'Outlook cache les invités de cette réunion à ses participants\u00a0: ils ne sont modifiés d’aucun côté. Modifiez-les dans Outlook.',
};

export const hasHiddenGuests = ({ hideAttendees, isOrganizer }: GraphEvent): boolean =>
  hideAttendees === true && isOrganizer === false;

/** A room, or what else can be booked. */
export const isResource = ({ type }: GraphAttendee): boolean => type === 'resource';

/** Whoever this calendar is of does not come. */
export const isDeclined = ({ responseStatus }: GraphEvent): boolean =>
  responseStatus?.response === 'declined';

/** Whoever this calendar is of said that they come, or may. */
export const isAttended = ({ isCancelled, responseStatus }: GraphEvent): boolean =>
  isCancelled !== true && ['accepted', 'tentativelyAccepted'].includes(responseStatus?.response ?? '');

/** Somebody hears of every change of it: Outlook mails them, and cannot be asked not to. */
export const mailsSomebody = ({ attendees, isOrganizer }: GraphEvent): boolean =>
  isOrganizer !== false && (attendees ?? []).length > 0;
