import { createHash } from 'node:crypto';
import { meetingValues } from '../../core/calendar/fields.ts';
import type { Meeting } from '../../core/calendar/meeting.ts';
import { comparedTitle } from '../../core/calendar/untitled.ts';
import type { SideRecord } from '../../core/sync-object.ts';
import { exclusionOfMeeting, HIDDEN } from '../../kit/meeting-exclusions.ts';
import { exclusionOfEvent, exclusionOfFailure, isHidden } from './exclusions.ts';
import { CUT_GUESTS, hasCutGuests } from './guests.ts';
import type { EventOptions } from './options.ts';
import type { GoogleEvent } from './shapes.ts';
import { meetingOfEvents } from './to-meeting.ts';

/** Where an event carries the mark of the create that made it. */
export const MARK = 'liaison';

export const isSeries = ({ recurrence }: GoogleEvent): boolean => (recurrence ?? []).length > 0;
export const isCancelled = ({ status }: GoogleEvent): boolean => status === 'cancelled';

/** An event, with its exceptions where it is a series, as one record. */
export function eventRecord(
  event: GoogleEvent,
  exceptions: readonly GoogleEvent[],
  options: EventOptions,
): SideRecord {
  const title = comparedTitle(event.summary);
  const head = {
    id: event.id,
    version: versionOf(event, exceptions),
    label: title,
    marker: event.extendedProperties?.private?.[MARK] ?? null,
  };
  const values = { title };
  if (isHidden(event, options))
    return { ...head, ...HIDDEN, ...exclusionOfEvent(event, exceptions, options) };
  const own = exclusionOfEvent(event, exceptions, options);
  const read = readMeeting(event, exceptions, options);
  if (read instanceof RangeError) return { ...head, values, ...(own ?? exclusionOfFailure(read)) };
  const isCut = [event, ...exceptions].some(hasCutGuests);
  return {
    ...head,
    values: meetingValues(read),
    ...(isCut ? { withheld: { participants: CUT_GUESTS } } : {}),
    ...(own ?? exclusionOfMeeting(read, options)),
  };
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

function readMeeting(
  event: GoogleEvent,
  exceptions: readonly GoogleEvent[],
  options: EventOptions,
): Meeting | RangeError {
  try {
    return meetingOfEvents(event, exceptions, options);
  } catch (thrown) {
    if (thrown instanceof RangeError) return thrown;
    throw thrown;
  }
}
