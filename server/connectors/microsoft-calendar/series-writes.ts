import type { Meeting } from '../../core/calendar/meeting.ts';
import { sameSchedule } from '../../core/calendar/schedule.ts';
import {
  bare,
  keepsRule,
  revivesExcluded,
  saidOf,
  sameMoment,
  type UnlikeOccurrence,
  unlikeOccurrences,
} from '../../core/calendar/series-plan.ts';
import { sameTime } from '../../core/calendar/zone-time.ts';
import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import type { EventBody, MicrosoftCalendarClient } from './client.ts';
import { attendeesBody, scheduleBody, spanBody, textsBody } from './event-body.ts';
import { hasHiddenGuests } from './guests.ts';
import { type HeldEvent, heldOf, partsOf } from './held.ts';
import type { EventOptions } from './options.ts';
import { conflict, notRevived } from './refusals.ts';
import { etagOf, type GraphEvent } from './shapes.ts';
import { type Place, readingsOf, withPlaces } from './to-meeting.ts';

export interface SeriesWish {
  readonly meeting: Meeting;
  readonly texts: EventBody;
  /** Its times, its rule or its exceptions change. */
  readonly moves: boolean;
}

/**
 * Changes a series itself, as far as that is the shorter way: Outlook forgets what was said of single dates when a
 * pattern changes. When only some are elsewhere, the series stays as it is, and those are left to `settled`.
 */
export async function rewritten(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  held: HeldEvent,
  { meeting, texts, moves }: SeriesWish,
): Promise<HeldEvent> {
  const { event, meeting: current } = held;
  const rewrites = moves && !(current !== null && keepsRule(current, meeting));
  // The same pattern again brings nothing back.
  if (
    rewrites &&
    current !== null &&
    sameSchedule(bare(current), bare(meeting)) &&
    revivesExcluded(current, meeting)
  )
    throw notRevived();
  // What repeated, and does not any more, is told by a blank.
  const once = rewrites && meeting.recurrence === null && current?.recurrence ? { recurrence: null } : {};
  const body = { ...texts, ...(rewrites ? scheduleBody(meeting, options.counterpartZone) : {}), ...once };
  if (Object.keys(body).length === 0) return held;
  const changed = await client.changeEvent(event.id, etagOf(event), body);
  const [now] = await heldOf(client, options, [changed]);
  if (now === undefined) throw conflict();
  return now;
}

/**
 * Moves, renames and deletes single dates until they are as wanted. What then stands there is told from Graph's answers to
 * our own writes: what somebody changes beside us would pass for ours, and never be carried over.
 *
 * @param held the series as it is after the last write of it.
 */
export async function settled(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  held: HeldEvent,
  wanted: Meeting,
): Promise<HeldEvent> {
  const { event, meeting } = held;
  if (meeting?.recurrence == null || wanted.recurrence === null) return held;
  const isHidden = [event, ...partsOf(held)].some(hasHiddenGuests) || !options.mailParticipants;
  const places = new Map<string, Place>(held.places.map((place) => [place.id, place]));
  const refusals: LiaisonError[] = [];
  for (const unlike of unlikeOccurrences(meeting, wanted, isHidden)) {
    const place = held.places.find(({ originalStart }) => sameTime(originalStart, unlike.held.originalStart));
    if (place === undefined) throw notRevived();
    try {
      const changed = await writeDate(client, options, { event, meeting, wanted, place, isHidden }, unlike);
      if (changed === null) places.delete(place.id);
      else places.set(place.id, { ...place, exception: changed });
    } catch (thrown) {
      // One date that Outlook does not take keeps no other one back.
      const error = asLiaisonError(thrown);
      if (error.kind !== 'rejected') throw error;
      refusals.push(error);
    }
  }
  const [refusal] = refusals;
  if (refusal !== undefined) throw refusal;
  const now = [...places.values()];
  const [reading] = readingsOf(event).filter(({ start }) => sameTime(start, meeting.start));
  return { ...held, places: now, meeting: withPlaces(reading ?? bare(meeting), now, options) };
}

interface DateToWrite {
  readonly event: GraphEvent;
  readonly meeting: Meeting;
  readonly wanted: Meeting;
  readonly place: Place;
  readonly isHidden: boolean;
}

/** @returns the date as Graph answered that it is now; null for one that was deleted. */
async function writeDate(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  { event, meeting, wanted, place, isHidden }: DateToWrite,
  { held, asked }: UnlikeOccurrence,
): Promise<GraphEvent | null> {
  if (asked.changes === null) {
    await client.deleteEvent(place.id, null);
    return null;
  }
  const said = saidOf(meeting, held, isHidden);
  const shall = saidOf(wanted, asked, isHidden);
  const isElsewhere = !sameMoment(held.start, asked.start) || !sameMoment(held.end, asked.end);
  const isSamePeople = JSON.stringify(said.participants) === JSON.stringify(shall.participants);
  const known = place.exception?.attendees ?? event.attendees ?? [];
  const etag = place.exception === null ? null : etagOf(place.exception);
  return client.changeEvent(place.id, etag, {
    ...textsBody(unlike(said, shall)),
    ...(isElsewhere ? spanBody(asked, options.counterpartZone) : {}),
    ...(isSamePeople ? {} : attendeesBody(shall.participants, known)),
  });
}

/** The texts that an occurrence does not say yet. */
function unlike(is: ReturnType<typeof saidOf>, shall: ReturnType<typeof saidOf>): Record<string, FieldValue> {
  const names = (['title', 'description', 'location'] as const).filter((name) => is[name] !== shall[name]);
  return Object.fromEntries(names.map((name) => [name, shall[name]]));
}
