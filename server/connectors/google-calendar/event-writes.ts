import { createHash } from 'node:crypto';
import { addresses, meetingOf } from '../../core/calendar/fields.ts';
import { isDay } from '../../core/calendar/meeting.ts';
import { LiaisonError } from '../../core/errors.ts';
import { halfDone } from '../../core/half-done.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { UNREADABLE_SCHEDULE } from '../../kit/meeting-exclusions.ts';
import type { GoogleCalendarClient } from './client.ts';
import { attendeesBody, scheduleBody, textsBody, wholeBody } from './event-body.ts';
import { heldEvent } from './event-changes.ts';
import { eventRecord, isSeries, MARK, versionOf } from './event-record.ts';
import { PRIVATE_DATE } from './exclusions.ts';
import { VENDOR } from './failures.ts';
import { CUT_GUESTS, hasCutGuests } from './guests.ts';
import type { EventOptions } from './options.ts';
import { endangersHidden, settleOccurrences, updateSeries } from './series-writes.ts';
import type { GoogleEvent } from './shapes.ts';

/** Singles are moments in UTC here: in which zone they are read makes no difference. */
const ZONE = 'UTC';

/** Of the marker alone, so that a repeat finds the event: hexadecimal digits are among those that Google takes. */
const idOf = (marker: string): string => createHash('sha256').update(marker).digest('hex').slice(0, 40);

export async function createEvent(
  client: GoogleCalendarClient,
  options: EventOptions,
  { marker, values }: Draft,
): Promise<WriteOutcome> {
  const meeting = wanted(values);
  if (meeting instanceof LiaisonError) return { ok: false, error: meeting };
  const invited = addresses(values.participants);
  const made = await client.insertEvent(writeOf(options), idOf(marker), {
    ...textsBody(values),
    ...scheduleBody(meeting),
    ...(invited.length > 0 ? { attendees: attendeesBody(invited) } : {}),
    extendedProperties: { private: { [MARK]: marker } },
  });
  if (meeting.recurrence === null) return outcomeOf(made, [], options);
  return halfDone(() => settled(client, options, made, values));
}

export async function updateEvent(
  client: GoogleCalendarClient,
  options: EventOptions,
  patch: Patch,
): Promise<WriteOutcome> {
  const meeting = wanted(patch.whole);
  if (meeting instanceof LiaisonError) return { ok: false, error: meeting };
  const isPlain = meeting.recurrence === null && !(patch.version ?? '').includes('#');
  const needsEvent = !isPlain || 'participants' in patch.values || 'schedule' in patch.values;
  if (!needsEvent) {
    const body = textsBody(patch.values);
    const { id, version } = patch;
    return outcomeOf(await client.patchEvent(writeOf(options), id, version, body), [], options);
  }
  const held = await heldEvent(client, options.calendarId, patch.id);
  if (held === null) return { ok: false, error: gone() };
  const { event, exceptions } = held;
  if (patch.version !== null && versionOf(event, exceptions) !== patch.version)
    return { ok: false, error: conflict() };
  if ('participants' in patch.values && hasCutGuests(event))
    return {
      ok: false,
      error: new LiaisonError('rejected', { sentence: CUT_GUESTS, field: 'participants' }),
    };
  const isEndangered = endangersHidden(held, meeting, options, 'schedule' in patch.values);
  if (isEndangered)
    return { ok: false, error: new LiaisonError('rejected', { sentence: PRIVATE_DATE, field: 'schedule' }) };
  const texts = {
    ...textsBody(patch.values),
    ...('participants' in patch.values
      ? { attendees: attendeesBody(addresses(patch.values.participants), event.attendees) }
      : {}),
  };
  if (isSeries(event) || meeting.recurrence !== null) {
    const series = await updateSeries(client, options, held, {
      meeting,
      texts,
      moves: 'schedule' in patch.values,
    });
    return halfDone(() => settled(client, options, series, patch.whole));
  }
  const body = { ...texts, ...('schedule' in patch.values ? scheduleBody(meeting) : {}) };
  const becomesOther = event.start !== undefined && 'date' in event.start !== isDay(meeting.start);
  const write = writeOf(options);
  const etag = event.etag ?? null;
  const changed =
    'schedule' in patch.values && becomesOther
      ? await client.updateEvent(write, patch.id, etag, wholeBody(event, body))
      : await client.patchEvent(write, patch.id, etag, body);
  return outcomeOf(changed, [], options);
}

export async function removeEvent(
  client: GoogleCalendarClient,
  options: EventOptions,
  id: string,
): Promise<WriteOutcome> {
  await client.deleteEvent(writeOf(options), id, null);
  return { ok: true, id, version: null };
}

/**
 * Brings the occurrences of a series to where they are wanted. What then stands there is told from Google's
 * answers to our own writes: what somebody changes beside us would pass for ours, and never be carried over.
 *
 * @param series as Google answered to the last write of it.
 */
async function settled(
  client: GoogleCalendarClient,
  options: EventOptions,
  series: GoogleEvent,
  values: FieldValues,
): Promise<WriteOutcome> {
  const held = await heldEvent(client, options.calendarId, series.id);
  if (held === null) return { ok: false, error: gone() };
  const { exceptions } = held;
  const wanted = meetingOf(values, ZONE);
  const written = await settleOccurrences(client, options, { event: series, exceptions }, wanted);
  // A cancelled occurrence is answered by nothing: how Google keeps it is read.
  const isAsked = [...written.values()].includes(null);
  const now = isAsked ? await heldEvent(client, options.calendarId, series.id) : held;
  if (now === null) return { ok: false, error: gone() };
  const cancelled = now.exceptions.filter(({ id }) => written.get(id) === null);
  const changed = [...written.values()].filter((one) => one !== null);
  const kept = exceptions.filter(({ id }) => !written.has(id));
  return outcomeOf(series, [...kept, ...changed, ...cancelled], options);
}

function outcomeOf(
  event: GoogleEvent,
  exceptions: readonly GoogleEvent[],
  options: EventOptions,
): WriteOutcome {
  const { id, version, values } = eventRecord(event, exceptions, options);
  // Guests whom the CRM cannot name stay on the list on purpose: what is kept of it is no change that was lost.
  return { ok: true, id, version, values, leftAlone: ['participants'] };
}

function wanted(values: FieldValues) {
  try {
    return meetingOf(values, ZONE);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return new LiaisonError('rejected', {
      sentence: UNREADABLE_SCHEDULE,
      field: 'schedule',
      vendorMessage: thrown.message,
    });
  }
}

const writeOf = ({ calendarId, sendUpdates }: EventOptions) => ({ calendarId, sendUpdates });
const gone = (): LiaisonError => failure('gone', VENDOR);
const conflict = (): LiaisonError => failure('conflict', VENDOR);
