import type { Sentence } from '../../core/sentence.ts';
import { type Exclusion, leftOutOf } from '../../kit/meeting-exclusions.ts';
import { isAttended, isDeclined } from './guests.ts';
import type { EventOptions } from './options.ts';
import type { GraphEvent } from './shapes.ts';

const LEFT_OUT = leftOutOf({ en: 'Outlook', fr: 'Outlook' });
const PRIVATE = new Set(['private', 'confidential', 'personal']);

const CANCELLED: Sentence = {
  en: 'Whoever invited to this meeting cancelled it. Remove it from the calendar in Outlook.',
  fr: 'La personne qui invitait à cette réunion l’a annulée. Retirez-la du calendrier dans Outlook.',
};
const ENDLESS: Sentence = {
  en: 'This series has no end, and nobody can tell which of its dates were deleted in Outlook. Give it a last day to have it in the CRM.',
  fr: 'Cette série n’a pas de fin, et rien ne dit quelles dates en ont été supprimées dans Outlook. Donnez-lui un dernier jour pour l’avoir dans le CRM.',
};
/** Of a series that is told of, and that nobody finds. */
export const LOST_SERIES: Sentence = {
  en: 'Outlook shows dates of this series, and not the series itself. They are left out; open the series in Outlook and save it, and it is taken in.',
  fr: 'Outlook montre des dates de cette série, mais pas la série elle-même. Elles sont écartées\u00a0; ouvrez la série dans Outlook et enregistrez-la, elle sera alors reprise.',
};

/** Nobody but whose calendar it is in is to see what it is about. */
export const isPrivate = ({ sensitivity }: GraphEvent): boolean => PRIVATE.has(sensitivity ?? '');

/** Whether what it says stays in the calendar: of one date of a series as well. */
export const isHidden = (
  event: GraphEvent,
  { privateMeetings }: Pick<EventOptions, 'privateMeetings'>,
): boolean => isPrivate(event) && !privateMeetings;

/** What an event is, before anybody looks at when it takes place. @param parts occurrences that were changed. */
export function exclusionOfEvent(
  event: GraphEvent,
  parts: readonly GraphEvent[],
  options: EventOptions,
): Exclusion | null {
  if (isHidden(event, options)) return LEFT_OUT.private;
  if (event.isCancelled === true) return { excluded: CANCELLED, withdrawn: true };
  // Of a series that was declined, some occurrences may have been accepted.
  const isAny = parts.some((one) => isAttended(one) && !isHidden(one, options));
  if (isDeclined(event) && !options.declinedMeetings && !isAny) return LEFT_OUT.declined;
  return null;
}

/** Why a series is not changed. */
export const PRIVATE_DATE = LEFT_OUT.privateDate;

export const endless: Exclusion = { excluded: ENDLESS };

/** Why an event could not be read. */
export const exclusionOfFailure = LEFT_OUT.failure;
