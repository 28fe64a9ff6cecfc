import { addresses, meetingOf } from '../../core/calendar/fields.ts';
import { exclusionOf, findings } from '../../core/calendar/findings.ts';
import { isDay, type Meeting } from '../../core/calendar/meeting.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { callOf, inTurn, type WriteCall } from '../../kit/own-outcome.ts';
import type { ZohoCrmClient } from './client.ts';
import { CRM_MEETINGS } from './event-ability.ts';
import { eventsById } from './event-changes.ts';
import { findPeople, type People, participantsValue } from './event-people.ts';
import { createSeries, updateSeries } from './event-series.ts';
import { miscounted, QUIETLY, refusal, textsValues, timesValues } from './event-values.ts';
import { EVENTS, seriesTime } from './events.ts';
import type { CrmRecord } from './records.ts';
import type { WriteResult } from './results.ts';
import type { owned } from './users.ts';

export interface EventWriteOptions {
  /** The CRM mails participants of meetings that are made or changed. */
  readonly notify: boolean;
  /** Whom new meetings are to belong to; absent: whose token it is. */
  readonly owner?: ReturnType<typeof owned>;
}

/** Singles in one call; each series in calls of its own, because the CRM answers for each occurrence. */
export async function createEvents(
  client: ZohoCrmClient,
  drafts: readonly Draft[],
  options: EventWriteOptions,
): Promise<WriteOutcome[]> {
  const people = await peopleOf(client, drafts);
  const wishes = drafts.map(({ values }) => ({ values, meeting: readMeeting(values, client.timeZone) }));
  const singles = wishes.flatMap((wish) =>
    'title' in wish.meeting && wish.meeting.recurrence === null
      ? [{ wish, values: wish.values, meeting: wish.meeting }]
      : [],
  );
  const create = async (): Promise<WriteOutcome[]> => {
    const results = await client.create(
      EVENTS,
      singles.map(({ values, meeting }) => ({
        ...options.owner,
        ...textsValues(values, client.locale),
        ...timesValues(meeting.start, meeting.end, client.timeZone),
        Participants: participantsValue(addresses(values.participants), people),
        $send_notification: options.notify,
      })),
      QUIETLY,
    );
    if (results.length !== singles.length) throw miscounted();
    return singles.map(({ wish }, index) => outcomeOf(results[index], wish.values));
  };
  const outcomes = await inTurn([
    { of: singles.map(({ wish }) => wish), write: create },
    ...wishes.flatMap((wish) => {
      const { values, meeting } = wish;
      if ('title' in meeting && meeting.recurrence === null) return [];
      return [
        callOf(wish, async () =>
          meeting instanceof LiaisonError
            ? { ok: false, error: meeting }
            : createSeries(client, { values, meeting, people }, options),
        ),
      ];
    }),
  ]);
  return wishes.map((wish) => outcomes.get(wish) as WriteOutcome);
}

export async function updateEvents(
  client: ZohoCrmClient,
  patches: readonly Patch[],
  options: EventWriteOptions,
): Promise<WriteOutcome[]> {
  const people = await peopleOf(
    client,
    patches.map(({ whole }) => ({ values: whole })),
  );
  const calls: WriteCall<Patch>[] = [];
  const singles: { patch: Patch; record: CrmRecord }[] = [];
  const held = await heldParticipants(client, patches);
  for (const patch of patches) {
    const meeting = readMeeting(patch.whole, client.timeZone);
    const refused = (error: LiaisonError): void =>
      void calls.push(callOf(patch, async () => ({ ok: false, error })));
    if (meeting instanceof LiaisonError) refused(meeting);
    else if (seriesTime(patch.id) !== null) {
      const wish = { values: patch.whole, meeting, people };
      calls.push(callOf(patch, () => updateSeries(client, patch, wish, options)));
    } else if (meeting.recurrence !== null) refused(BECOMES_SERIES());
    else
      singles.push({ patch, record: recordOf(client, patch, meeting, people, held.get(patch.id), options) });
  }
  const update = async (): Promise<WriteOutcome[]> => {
    const results = await client.update(
      EVENTS,
      singles.map(({ record }) => record),
      QUIETLY,
    );
    if (results.length !== singles.length) throw miscounted();
    return singles.map(({ patch }, index) => outcomeOf(results[index], patch.whole));
  };
  const outcomes = await inTurn([{ of: singles.map(({ patch }) => patch), write: update }, ...calls]);
  return patches.map((patch) => outcomes.get(patch) as WriteOutcome);
}

function recordOf(
  client: ZohoCrmClient,
  { id, values }: Patch,
  meeting: Meeting,
  people: People,
  held: Parameters<typeof participantsValue>[2],
  { notify }: EventWriteOptions,
): CrmRecord {
  return {
    id,
    ...textsValues(values, client.locale),
    ...('schedule' in values ? timesValues(meeting.start, meeting.end, client.timeZone) : {}),
    ...('participants' in values
      ? { Participants: participantsValue(addresses(values.participants), people, held ?? []) }
      : {}),
    $send_notification: notify,
  };
}

/** Who takes part now, where that is to change: participants are replaced as a whole. */
async function heldParticipants(client: ZohoCrmClient, patches: readonly Patch[]) {
  const ids = patches
    .filter(({ id, values }) => 'participants' in values && seriesTime(id) === null)
    .map(({ id }) => id);
  const events = ids.length === 0 ? [] : await eventsById(client, ids);
  return new Map(events.map((event) => [event.id, event.Participants]));
}

const peopleOf = (
  client: ZohoCrmClient,
  writes: readonly { readonly values: FieldValues }[],
): Promise<People> =>
  findPeople(
    client,
    writes.flatMap(({ values }) => addresses(values.participants)),
  );

/** The meeting that is wanted, or why the CRM cannot have it. */
function readMeeting(values: FieldValues, zone: string): Meeting | LiaisonError {
  try {
    const meeting = meetingOf(values, zone);
    const sentence = exclusionOf(findings(meeting, CRM_MEETINGS, zone));
    if (sentence !== null) return refusal(sentence, 'schedule');
    if (isDay(meeting.start) !== isDay(meeting.end)) throw new RangeError('a day and a time');
    return meeting;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return new LiaisonError('rejected', {
      sentence: {
        en: 'The times of this meeting, or how it repeats, cannot be read. Correct them, then retry.',
        fr: 'Les horaires de cette réunion, ou sa répétition, ne peuvent pas être lus. Corrigez-les, puis relancez.',
      },
      field: 'schedule',
      vendorMessage: thrown.message,
    });
  }
}

/** What was sent is what the CRM stores of a single meeting. */
function outcomeOf(result: WriteResult | undefined, values: FieldValues): WriteOutcome {
  if (result === undefined) throw miscounted();
  if (!result.ok) return result;
  return { ok: true, id: result.id, version: result.modifiedTime, values };
}

const BECOMES_SERIES = (): LiaisonError =>
  refusal(
    {
      en: 'This meeting repeats now, and Zoho CRM makes no series of a meeting that it has. Delete it there, and it comes back as a series.',
      fr: 'Cette réunion se répète désormais, et Zoho CRM ne fait pas une série d’une réunion existante. Supprimez-la là-bas\u00a0: elle reviendra en série.',
    },
    'schedule',
  );
