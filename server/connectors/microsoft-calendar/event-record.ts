import { createHash } from 'node:crypto';
import { meetingValues } from '../../core/calendar/fields.ts';
import { comparedTitle } from '../../core/calendar/untitled.ts';
import { spelled } from '../../core/calendar/zone-time.ts';
import type { SideRecord } from '../../core/sync-object.ts';
import { exclusionOfMeeting, HIDDEN } from '../../kit/meeting-exclusions.ts';
import { exclusionOfEvent, isHidden } from './exclusions.ts';
import { HIDDEN_GUESTS, hasHiddenGuests } from './guests.ts';
import { type HeldEvent, partsOf } from './held.ts';
import type { EventOptions } from './options.ts';
import { etagOf, isSeries } from './shapes.ts';

/** An event, with what became of its dates where it is a series, as one record. */
export function eventRecord(held: HeldEvent, options: EventOptions): SideRecord {
  const { event, meeting, left } = held;
  const title = comparedTitle(event.subject);
  const parts = partsOf(held);
  const excluded =
    exclusionOfEvent(event, parts, options) ??
    left ??
    (meeting === null ? null : exclusionOfMeeting(meeting, options));
  return {
    id: event.id,
    version: versionOf(held),
    marker: event.transactionId ?? null,
    ...(isHidden(event, options)
      ? HIDDEN
      : { label: title, values: meeting === null ? { title } : meetingValues(meeting) }),
    ...([event, ...parts].some(hasHiddenGuests) ? { withheld: { participants: HIDDEN_GUESTS } } : {}),
    ...excluded,
  };
}

/**
 * The state of an event: of a series that of its dates too, because a deleted one changes no state of anything that
 * Graph shows. What stands before `#` is the series' own.
 */
export function versionOf({ event, places }: HeldEvent): string | null {
  const etag = etagOf(event);
  if (etag === null || !isSeries(event)) return etag;
  const states = places.map(
    ({ originalStart, exception }) =>
      `${spelled(originalStart)} ${exception === null ? '' : (etagOf(exception) ?? '')}`,
  );
  const digest = createHash('sha256').update(states.sort().join('\n')).digest('base64url').slice(0, 16);
  return `${etag}#${digest}`;
}
