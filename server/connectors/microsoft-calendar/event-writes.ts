import { addresses, meetingOf } from '../../core/calendar/fields.ts';
import type { Meeting } from '../../core/calendar/meeting.ts';
import { endangersExcluded } from '../../core/calendar/series-plan.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import { halfDone } from '../../core/half-done.ts';
import type { Draft, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { UnsayableMeeting } from '../../kit/meeting-exclusions.ts';
import { storedAs } from '../../kit/stored-as.ts';
import type { MicrosoftCalendarClient } from './client.ts';
import { attendeesBody, scheduleBody, textsBody } from './event-body.ts';
import { eventRecord, versionOf } from './event-record.ts';
import { isHidden } from './exclusions.ts';
import { hasHiddenGuests, mailsSomebody } from './guests.ts';
import { type HeldEvent, heldOf, partsOf, readHeld } from './held.ts';
import type { EventOptions } from './options.ts';
import {
  conflict,
  gone,
  hiddenGuests,
  holdsLink,
  notOrganiser,
  privateDate,
  unreadable,
  unsayable,
  wouldInvite,
  wouldMail,
} from './refusals.ts';
import { rewritten, settled } from './series-writes.ts';
import { etagOf } from './shapes.ts';
import { zoneOfEvent } from './times.ts';

export function createEvent(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  { marker, values }: Draft,
): Promise<WriteOutcome> {
  return refusing(async () => {
    const zone = options.counterpartZone;
    const meeting = meetingOf(values, zone);
    const invited = addresses(values.participants);
    if (invited.length > 0 && !options.mailParticipants) throw wouldInvite();
    const made = await client.createEvent(options.calendar, {
      ...textsBody(values),
      ...scheduleBody(meeting, zone),
      ...(invited.length > 0 ? attendeesBody(invited) : {}),
      transactionId: marker,
    });
    return halfDone(async () => {
      const [held] = await heldOf(client, options, [made]);
      if (held === undefined) throw gone();
      return storedAs(eventRecord(await settled(client, options, held, meeting), options));
    });
  });
}

export function updateEvent(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  patch: Patch,
): Promise<WriteOutcome> {
  return refusing(async () => {
    const [held] = await readHeld(client, options, [patch.id]);
    if (held === undefined) throw gone();
    if (patch.version !== null && versionOf(held) !== patch.version) throw conflict();
    const zone = zoneOfEvent(held.event);
    const meeting = meetingOf(patch.whole, zone === 'UTC' ? options.counterpartZone : zone);
    checkRight(held, options);
    checkFields(held, patch, options);
    const { title, description, location } = patch.values;
    const texts = {
      ...textsBody({ title, description, location }),
      ...('participants' in patch.values
        ? attendeesBody(addresses(patch.values.participants), held.event.attendees ?? [])
        : {}),
    };
    if (meeting.recurrence !== null || held.meeting?.recurrence) {
      checkPrivate(held, meeting, 'schedule' in patch.values, options);
      const series = await rewritten(client, options, held, {
        meeting,
        texts,
        moves: 'schedule' in patch.values,
      });
      return halfDoneUnlessRefused(async () =>
        storedAs(eventRecord(await settled(client, options, series, meeting), options)),
      );
    }
    const body = {
      ...texts,
      ...('schedule' in patch.values ? scheduleBody(meeting, options.counterpartZone) : {}),
    };
    const changed = await client.changeEvent(patch.id, etagOf(held.event), body);
    return halfDone(async () => {
      const [now = held] = await heldOf(client, options, [changed]);
      return storedAs(eventRecord(now, options));
    });
  });
}

export function removeEvent(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  id: string,
): Promise<WriteOutcome> {
  return refusing(async () => {
    const [held] = await readHeld(client, options, [id]);
    if (held !== undefined) {
      // Whoever was invited takes it out of their own calendar only; whoever invites cancels it for all.
      checkMail(held, options);
      await client.deleteEvent(id, etagOf(held.event));
    }
    return { ok: true, id, version: null };
  });
}

/**
 * As `halfDone`, but for what Outlook refuses of some of the dates: the others are done, and asking again would come to the
 * same.
 */
async function halfDoneUnlessRefused<Result>(rest: () => Promise<Result>): Promise<Result> {
  try {
    return await rest();
  } catch (thrown) {
    if (asLiaisonError(thrown).kind === 'rejected') throw thrown;
    return halfDone(() => Promise.reject(thrown));
  }
}

/** Whether this meeting may be changed from here at all. */
function checkRight(held: HeldEvent, options: EventOptions): void {
  if (held.event.isOrganizer === false) throw notOrganiser();
  checkMail(held, options);
}

/** Whether dates that are private, and read as none, are left alone. */
function checkPrivate(held: HeldEvent, wanted: Meeting, moves: boolean, options: EventOptions): void {
  if (!partsOf(held).some((one) => isHidden(one, options))) return;
  if (held.meeting === null || endangersExcluded(held.meeting, wanted, moves)) throw privateDate();
}

/** Whether nobody hears of it, of any of its dates, or may. */
function checkMail(held: HeldEvent, options: EventOptions): void {
  const events = [held.event, ...partsOf(held)];
  if (events.some(mailsSomebody) && !options.mailParticipants) throw wouldMail();
}

/** Whether these fields of it may. */
function checkFields({ event }: HeldEvent, { values }: Patch, options: EventOptions): void {
  if ('description' in values && event.isOnlineMeeting === true) throw holdsLink();
  if (!('participants' in values)) return;
  if (hasHiddenGuests(event)) throw hiddenGuests();
  if (!options.mailParticipants) throw wouldInvite();
}

/** What is refused here is an outcome, as what Graph refuses is. */
async function refusing(work: () => Promise<WriteOutcome>): Promise<WriteOutcome> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof LiaisonError) throw thrown;
    if (thrown instanceof UnsayableMeeting) return { ok: false, error: unsayable(thrown.sentence) };
    if (thrown instanceof RangeError) return { ok: false, error: unreadable(thrown) };
    throw thrown;
  }
}
