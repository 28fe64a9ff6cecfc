import { MEETING_FIELDS, seriesInSteps } from '../../core/calendar/fields.ts';
import { hasLeftWindow } from '../../core/calendar/window.ts';
import type { ObjectOptions, SyncObject, WriteOutcome } from '../../core/sync-object.ts';
import { callOf, inTurn } from '../../kit/own-outcome.ts';
import type { ZohoCrmClient } from './client.ts';
import { zohoCrm } from './connector.ts';
import { eventChanges, readEvents, readGroup } from './event-changes.ts';
import { eventFilterFields } from './event-facts.ts';
import { createEvents, updateEvents } from './event-writes.ts';
import { EVENTS, seriesTime } from './events.ts';
import { inTab } from './objects.ts';
import { MOST_IDS, MOST_PER_WRITE } from './records.ts';
import { MOST_REMOVED } from './removals.ts';
import { meetingOptions } from './side-options.ts';
import { owned } from './users.ts';

const PAST_DAYS = 30;
/** Most characters of the CRM's large text fields, which a description is. */
const LONGEST_DESCRIPTION = 32_000;
const FIELDS = MEETING_FIELDS.map((field) =>
  field.id === 'description' ? { ...field, maxLength: LONGEST_DESCRIPTION } : field,
);

/**
 * Meetings of the CRM; the records of a series are one. Options: `notify` (the CRM mails participants: not
 * unless chosen), `pastDays`.
 */
export const events: SyncObject<ZohoCrmClient> = {
  id: 'zohoCrm.events',
  connector: zohoCrm,
  titles: { en: 'CRM meetings', fr: 'Réunions du CRM' },
  options: meetingOptions,
  inSteps: seriesInSteps,
  batch: {
    list: 200,
    read: MOST_IDS,
    create: MOST_PER_WRITE,
    update: MOST_PER_WRITE,
    remove: MOST_REMOVED,
  },
  lagMs: 0,
  topics: [`${EVENTS}.insert`, `${EVENTS}.update`, `${EVENTS}.delete`],
  cost: {
    unit: { en: 'CRM credits', fr: 'crédits CRM' },
    // https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html
    credits: ({ list, read, records }) => list * 3 + read + Math.ceil(records / 10),
  },
  fields: async () => FIELDS,
  usualFields: FIELDS,
  isListed: ({ schedule }, options, now) => !hasLeftWindow(schedule, now, pastDaysOf(options)),
  filterFields: eventFilterFields,
  changes: (client, wish) => eventChanges(client, wish.cursor, pastDaysOf(wish.options), wish),
  read: (client, wish) => readEvents(client, wish.ids, wish),
  create: (client, drafts, options) =>
    createEvents(client, drafts, { notify: options.notify === true, owner: owned(options) }),
  update: (client, patches, options) => updateEvents(client, patches, { notify: options.notify === true }),
  remove,
  url: (id, account) => inTab('Activities')(seriesTime(id) === null ? id : '', account),
};

const pastDaysOf = ({ pastDays }: ObjectOptions): number =>
  typeof pastDays === 'number' && pastDays >= 0 ? pastDays : PAST_DAYS;

/** A series goes with all its records. */
async function remove(client: ZohoCrmClient, ids: readonly string[]): Promise<WriteOutcome[]> {
  const singles = ids.filter((id) => seriesTime(id) === null);
  const outcomes = await inTurn([
    {
      of: singles,
      write: async () => {
        const removals = await client.remove(EVENTS, singles);
        return singles.map((id, index) => removalOf(id, removals.slice(index, index + 1)));
      },
    },
    ...ids.flatMap((id) => (seriesTime(id) === null ? [] : [callOf(id, () => removeSeries(client, id))])),
  ]);
  return ids.map((id) => outcomes.get(id) as WriteOutcome);
}

async function removeSeries(client: ZohoCrmClient, id: string): Promise<WriteOutcome> {
  const own = (await readGroup(client, id)).map((event) => event.id);
  return removalOf(id, own.length === 0 ? [] : await client.remove(EVENTS, own));
}

function removalOf(id: string, removals: Awaited<ReturnType<ZohoCrmClient['remove']>>): WriteOutcome {
  const failed = removals.find(({ ok }) => !ok);
  return failed && !failed.ok ? failed : { ok: true, id, version: null };
}
