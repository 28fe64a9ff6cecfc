import { MEETING_FIELDS, seriesInSteps } from '../../core/calendar/fields.ts';
import { isWithinWindow } from '../../core/calendar/window.ts';
import type { SyncObject } from '../../core/sync-object.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { MOST_IN_BATCH } from '../families/microsoft/graph.ts';
import { type MicrosoftCalendarClient, MOST_LISTED } from './client.ts';
import { microsoftCalendar } from './connector.ts';
import { eventChanges, readEvents, windowAt } from './event-changes.ts';
import { eventChoices } from './event-choices.ts';
import { createEvent, removeEvent, updateEvent } from './event-writes.ts';
import { readOptions } from './options.ts';
import { EVENTS_CHANGED } from './webhooks.ts';

/** Outlook does not say how soon its lists show what was written; by its id it is shown at once. */
const LAG_MS = 60_000;

/**
 * Events of one calendar; a series is one record with its exceptions. Options: `calendar`, `mailParticipants` (nobody is
 * mailed unless chosen), `pastDays`, `privateMeetings`, `declinedMeetings`, and `counterpart` with `counterpartZone`: what
 * the other side can hold.
 */
export const event: SyncObject<MicrosoftCalendarClient> = {
  id: 'microsoftCalendar.event',
  connector: microsoftCalendar,
  titles: { en: 'Outlook meetings', fr: 'Réunions Outlook' },
  inSteps: seriesInSteps,
  // What a series is takes several calls: they are written one by one.
  batch: { list: MOST_LISTED, read: MOST_IN_BATCH, create: 1, update: 1, remove: 1 },
  lagMs: LAG_MS,
  topics: [EVENTS_CHANGED],
  options: eventChoices,
  fields: async () => MEETING_FIELDS,
  usualFields: MEETING_FIELDS,
  isListed({ schedule }, options, now) {
    const { from, to } = windowAt(now, readOptions(options).pastDays);
    return isWithinWindow(schedule, Date.parse(from), Date.parse(to));
  },
  changes: (client, { cursor, options }) => eventChanges(client, readOptions(options), cursor),
  read: (client, { ids, options }) => readEvents(client, readOptions(options), ids),
  create(client, drafts, options) {
    const chosen = readOptions(options);
    return oneByOne(drafts, (draft) => createEvent(client, chosen, draft));
  },
  update(client, patches, options) {
    const chosen = readOptions(options);
    return oneByOne(patches, (patch) => updateEvent(client, chosen, patch));
  },
  remove(client, ids, options) {
    const chosen = readOptions(options);
    return oneByOne(ids, (id) => removeEvent(client, chosen, id));
  },
};
