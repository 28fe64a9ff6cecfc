import { addressesOf as participantAddresses } from '../../core/calendar/fields.ts';
import { isDay, type Meeting } from '../../core/calendar/meeting.ts';
import { type Occurrence, occurrencesOf, originalStarts } from '../../core/calendar/occurrences.ts';
import { comparedTitle } from '../../core/calendar/untitled.ts';
import { sameTime } from '../../core/calendar/zone-time.ts';
import { LiaisonError } from '../../core/errors.ts';
import { halfDone } from '../../core/half-done.ts';
import type { FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import type { ZohoCrmClient } from './client.ts';
import { eventsById, readGroup } from './event-changes.ts';
import { type People, participantsValue } from './event-people.ts';
import { addressesOf, foldEvents, seriesRecord } from './event-rows.ts';
import { miscounted, QUIETLY, refusal, ruleValue, textsValues, timesValues } from './event-values.ts';
import { type CrmEvent, crmEvent, EVENTS } from './events.ts';
import { VENDOR } from './failures.ts';
import type { CrmRecord } from './records.ts';
import type { WriteResult } from './results.ts';
import type { owned } from './users.ts';

export interface SeriesWish {
  readonly values: FieldValues;
  readonly meeting: Meeting;
  readonly people: People;
}

/** The CRM asks for one with a series; this is what its own screens propose. */
const REMINDER = [{ unit: 15, period: 'minutes' }];

/** What becomes of the record of one occurrence: nothing, a change, or its end. */
interface Pairing {
  readonly held: CrmEvent | null;
  readonly asked: Occurrence;
}

/**
 * Makes a series, then moves and deletes those of its records that the CRM made elsewhere than they are
 * wanted: exceptions, and those of a series whose clocks change on other days than the CRM's.
 */
export async function createSeries(
  client: ZohoCrmClient,
  wish: SeriesWish,
  { notify, owner }: { readonly notify: boolean; readonly owner?: ReturnType<typeof owned> },
): Promise<WriteOutcome> {
  const { meeting, values, people } = wish;
  const { timeZone } = client;
  let rule: string;
  try {
    rule = ruleValue(meeting, timeZone);
  } catch (thrown) {
    if (thrown instanceof LiaisonError) return { ok: false, error: thrown };
    throw thrown;
  }
  const record = {
    ...owner,
    ...textsValues(values, client.locale),
    ...timesValues(meeting.start, meeting.end, timeZone),
    Participants: participantsValue(participantAddresses(meeting.participants), people),
    Recurring_Activity: { RRULE: rule },
    Remind_At: REMINDER,
    $send_notification: notify,
  };
  const results = await client.create(EVENTS, [record], QUIETLY);
  const failed = results.find((result) => !result.ok);
  if (failed && !failed.ok) return failed;
  const ids = results.flatMap((result) => (result.ok ? [result.id] : []));
  return halfDone(async () => {
    const made = (await eventsById(client, ids)).sort(byStart);
    const asked = occurrencesOf(meeting);
    if (made.length !== asked.length) {
      await client.remove(EVENTS, ids);
      return { ok: false, error: repeatsOtherwise() };
    }
    const pairings = asked.map((one, index): Pairing => ({ held: made[index] ?? null, asked: one }));
    return outcome(client, await settle(client, wish, made, pairings, notify));
  });
}

/** Brings the records of a series to where its occurrences are wanted. */
export async function updateSeries(
  client: ZohoCrmClient,
  patch: Patch,
  wish: SeriesWish,
  { notify }: { readonly notify: boolean },
): Promise<WriteOutcome> {
  const events = await readGroup(client, patch.id);
  if (events.length === 0) return { ok: false, error: gone() };
  if (patch.version !== null && seriesRecord(events, client.timeZone).version !== patch.version)
    return { ok: false, error: conflict() };
  if (wish.meeting.recurrence === null) return { ok: false, error: endsRepeating() };
  const { series, places } = foldEvents(events, client.timeZone);
  const starts = originalStarts(series);
  const asked = occurrencesOf(wish.meeting);
  const heldAt = (index: number): CrmEvent | null => {
    const start = starts[index];
    const place = places.find((one) => start !== undefined && sameTime(one.originalStart, start));
    return events.find(({ id }) => id === place?.record.id) ?? null;
  };
  const pairings = asked.map((one, index): Pairing => ({ held: heldAt(index), asked: one }));
  if (pairings.some(({ held, asked: one }) => held === null && one.changes !== null))
    return { ok: false, error: needsMore() };
  // Shorter than it was: what stands behind the last one that is wanted goes.
  const behind = starts.flatMap((_, index) => (index < asked.length ? [] : (heldAt(index) ?? [])));
  return halfDone(async () => {
    return outcome(client, await settle(client, wish, events, pairings, notify, behind));
  });
}

/**
 * Changes and deletes what stands elsewhere than it is wanted.
 *
 * @returns the records as they stand by our own writes. The CRM is not asked for them: what somebody changes
 * beside us would come with its answer, pass for ours, and never be carried over.
 */
async function settle(
  client: ZohoCrmClient,
  wish: SeriesWish,
  events: readonly CrmEvent[],
  pairings: readonly Pairing[],
  notify: boolean,
  behind: readonly CrmEvent[] = [],
): Promise<CrmEvent[]> {
  const changed = pairings.flatMap(({ held, asked }): CrmRecord[] => {
    const values = held === null || asked.changes === null ? {} : difference(client, wish, held, asked);
    if (held === null || Object.keys(values).length === 0) return [];
    return [{ id: held.id, ...values, $send_notification: notify }];
  });
  const cancelled = pairings.flatMap(({ held, asked }) =>
    held !== null && asked.changes === null ? [held.id] : [],
  );
  const doomed = [...cancelled, ...behind.map(({ id }) => id)];
  const results = changed.length === 0 ? [] : await client.update(EVENTS, changed, QUIETLY);
  const failed = results.find((result) => !result.ok);
  if (failed && !failed.ok) throw failed.error;
  if (results.length !== changed.length) throw miscounted();
  const removals = doomed.length === 0 ? [] : await client.remove(EVENTS, doomed);
  const kept = removals.find((removal) => !removal.ok);
  if (kept && !kept.ok) throw kept.error;
  return events.flatMap((event) => {
    if (doomed.includes(event.id)) return [];
    const index = changed.findIndex(({ id }) => id === event.id);
    return index < 0 ? event : afterWrite(event, changed[index] as CrmRecord, results[index], wish.people);
  });
}

/** A record after a write of ours. Who takes part is told by address, as the CRM will tell it. */
function afterWrite(
  event: CrmEvent,
  sent: CrmRecord,
  result: WriteResult | undefined,
  people: People,
): CrmEvent {
  const addresses = new Map([
    ...[...people].map(([email, { participant }]) => [participant, email] as const),
    ...(event.Participants ?? []).map(({ participant, Email }) => [participant, Email] as const),
  ]);
  const { Participants = event.Participants } = sent as Pick<CrmEvent, 'Participants'>;
  return crmEvent({
    ...event,
    ...sent,
    Participants: (Participants ?? []).map((one) => ({
      ...one,
      Email: addresses.get(one.participant) ?? one.Email,
    })),
    Modified_Time: (result?.ok ? result.modifiedTime : null) ?? event.Modified_Time,
  });
}

/** What of one record is otherwise than its occurrence is wanted. */
function difference(
  client: ZohoCrmClient,
  { meeting, people }: SeriesWish,
  held: CrmEvent,
  { start, end, changes }: Occurrence,
): Record<string, unknown> {
  const said = {
    title: changes?.title === undefined ? meeting.title : changes.title,
    location: changes?.location === undefined ? meeting.location : changes.location,
    description: changes?.description === undefined ? meeting.description : changes.description,
  };
  const invited = changes?.participants ?? participantAddresses(meeting.participants);
  const times = timesValues(start, end, client.timeZone);
  const isElsewhere =
    momentText(times.Start_DateTime) !== momentText(held.Start_DateTime) ||
    momentText(times.End_DateTime) !== momentText(held.End_DateTime) ||
    isDay(start) !== (held.All_day === true);
  const sameInvited = JSON.stringify(invited) === JSON.stringify(addressesOf(held));
  return {
    ...(comparedTitle(said.title) === comparedTitle(held.Event_Title)
      ? {}
      : textsValues({ title: said.title }, client.locale)),
    ...(said.location === (held.Venue || null)
      ? {}
      : textsValues({ location: said.location }, client.locale)),
    ...(said.description === (held.Description || null)
      ? {}
      : textsValues({ description: said.description }, client.locale)),
    ...(isElsewhere ? times : {}),
    ...(sameInvited ? {} : { Participants: participantsValue(invited, people, held.Participants) }),
  };
}

const momentText = (value: unknown): number => Date.parse(String(value));
const byStart = (left: CrmEvent, right: CrmEvent): number =>
  momentText(left.Start_DateTime) - momentText(right.Start_DateTime);

function outcome(client: ZohoCrmClient, events: readonly CrmEvent[]): WriteOutcome {
  if (events.length === 0) return { ok: false, error: gone() };
  const { id, version, values } = seriesRecord(events, client.timeZone);
  return { ok: true, id, version, values };
}

const gone = (): LiaisonError => failure('gone', VENDOR);
const conflict = (): LiaisonError => failure('conflict', VENDOR);

const needsMore = (): LiaisonError =>
  refusal(
    {
      en: 'Zoho CRM cannot add occurrences to a series that it has, nor bring deleted ones back. Delete the series there, and it comes back whole.',
      fr: 'Zoho CRM ne peut ni ajouter des occurrences à une série existante, ni en rétablir. Supprimez la série là-bas\u00a0: elle reviendra entière.',
    },
    'schedule',
  );

const endsRepeating = (): LiaisonError =>
  refusal(
    {
      en: 'This series is a single meeting now, and Zoho CRM makes no single one of a series. Delete the series there, and the meeting comes back.',
      fr: 'Cette série est désormais une réunion unique, ce que Zoho CRM ne sait pas faire d’une série. Supprimez la série là-bas\u00a0: la réunion reviendra.',
    },
    'schedule',
  );

const repeatsOtherwise = (): LiaisonError =>
  refusal(
    {
      en: 'Zoho CRM repeats this series otherwise than it is meant, so it was taken back. Make it several meetings, or leave it out.',
      fr: 'Zoho CRM répète cette série autrement que prévu, elle en a donc été retirée. Faites-en plusieurs réunions, ou laissez-la hors de la synchro.',
    },
    'schedule',
  );
