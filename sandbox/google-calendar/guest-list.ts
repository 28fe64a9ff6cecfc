import { account } from '../google-accounts/account.ts';
import type { Attendee, EventRow } from './rows.ts';

export interface ShownGuests {
  readonly attendees: readonly Attendee[];
  /** Whether there may be others. */
  readonly omitted: boolean;
}

/**
 * The guests that the account is shown: itself alone of a list that is longer than was asked for, that came
 * without the others, or whose guests do not see each other, unless it is the organiser.
 * https://developers.google.com/workspace/calendar/api/v3/reference/events
 *
 * @param most `maxAttendees` of the call; null: all of them.
 */
export function shownGuests(row: EventRow, most: number | null): ShownGuests {
  const { attendees, fields, organizer } = row;
  const own = attendees.filter(({ email }) => email === account().email);
  if (fields.attendeesOmitted === true || (most !== null && attendees.length > most))
    return { attendees: own, omitted: true };
  if (fields.guestsCanSeeOtherGuests === false && organizer !== account().email)
    return { attendees: own, omitted: false };
  return { attendees, omitted: false };
}

/** A list that is sent as a part of the whole changes the account's own answer, and nobody else. */
export function withOwnAnswer(held: readonly Attendee[], sent: readonly Attendee[]): readonly Attendee[] {
  const own = sent.find(({ email }) => email === account().email);
  if (own === undefined) return held;
  return held.map((one) => (one.email === own.email ? { ...one, ...own } : one));
}
