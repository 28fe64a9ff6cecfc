import { MEETING_FIELDS, seriesInSteps } from '../../core/calendar/fields.ts';
import { hasLeftWindow } from '../../core/calendar/window.ts';
import type { SyncObject } from '../../core/sync-object.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { type GoogleCalendarClient, MOST_EVENTS } from './client.ts';
import { googleCalendar } from './connector.ts';
import { eventChanges, readEvents } from './event-changes.ts';
import { eventChoices } from './event-choices.ts';
import { createEvent, removeEvent, updateEvent } from './event-writes.ts';
import { readOptions } from './options.ts';
import { EVENTS_CHANGED } from './webhooks.ts';

/**
 * Events of one calendar; a series is one record with its exceptions. Options: `calendar`, `sendUpdates` (whom
 * Google mails: nobody unless chosen), `pastDays`, `privateMeetings`, `declinedMeetings`, and `counterpart` with
 * `counterpartZone`: what the other side can hold.
 */
export const event: SyncObject<GoogleCalendarClient> = {
  id: 'googleCalendar.event',
  connector: googleCalendar,
  titles: { en: 'Google Calendar meetings', fr: 'Réunions Google Agenda' },
  inSteps: seriesInSteps,
  // Google takes events one by one.
  batch: { list: MOST_EVENTS, read: 1, create: 1, update: 1, remove: 1 },
  lagMs: 0,
  topics: [EVENTS_CHANGED],
  options: eventChoices,
  fields: async () => MEETING_FIELDS,
  usualFields: MEETING_FIELDS,
  isListed: ({ schedule }, options, now) => !hasLeftWindow(schedule, now, readOptions(options).pastDays),
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
