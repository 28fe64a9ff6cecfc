import { calendar, type calendar_v3 } from '@googleapis/calendar';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { vendorCall } from '../../core/vendor-call.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { channelCalls } from './channels.ts';
import { VENDOR } from './failures.ts';
import { calendarListSchema, calendarSchema, eventSchema, eventsSchema, type GoogleEvent } from './shapes.ts';

export type GoogleCalendarClient = ReturnType<typeof googleCalendarClient>;

/** Google's bound on one page of events. */
export const MOST_EVENTS = 2_500;

export interface GoogleCalendar {
  readonly id: string;
  readonly title: string;
  readonly timeZone: string;
  readonly writable: boolean;
  /** The account's own, which goes by `primary` too. */
  readonly primary: boolean;
}

export interface EventPage {
  readonly events: readonly GoogleEvent[];
  readonly nextPageToken: string | null;
  /** On the last page only. */
  readonly nextSyncToken: string | null;
}

/** Whom Google mails about a change. */
export type SendUpdates = 'none' | 'all' | 'externalOnly';

export interface EventWrite {
  readonly calendarId: string;
  readonly sendUpdates: SendUpdates;
}

/** What is sent of an event; members of Google's own are never. */
export type EventBody = calendar_v3.Schema$Event;

/** Google Calendar, API version 3. Rejects with LiaisonErrors only. */
export function googleCalendarClient(http: ConnectorHttp) {
  // No `auth`: the library would look for credentials on the machine, and the token is added on the way out.
  const api = calendar({ version: 'v3', fetchImplementation: http.fetch, retry: false });

  async function page(parameters: calendar_v3.Params$Resource$Events$List): Promise<EventPage> {
    const { data } = await vendorCall(() => api.events.list({ maxResults: MOST_EVENTS, ...parameters }));
    const { items, nextPageToken, nextSyncToken } = readAnswer(eventsSchema, data, VENDOR);
    return { events: items, nextPageToken: nextPageToken ?? null, nextSyncToken: nextSyncToken ?? null };
  }

  /** Every event of a list that is followed by nothing. */
  async function all(parameters: calendar_v3.Params$Resource$Events$List): Promise<GoogleEvent[]> {
    const events: GoogleEvent[] = [];
    let pageToken: string | null = null;
    do {
      const next: EventPage = await page({ ...parameters, ...(pageToken === null ? {} : { pageToken }) });
      events.push(...next.events);
      pageToken = next.nextPageToken;
    } while (pageToken !== null);
    return events;
  }

  const matching = (etag: string | null): object => (etag === null ? {} : { headers: { 'If-Match': etag } });
  const written = (data: unknown): GoogleEvent => readAnswer(eventSchema, data, VENDOR, true);

  const client = {
    ...channelCalls(api),

    /** Calendars that the account sees, its own first. */
    async calendars(): Promise<GoogleCalendar[]> {
      const found: GoogleCalendar[] = [];
      let pageToken: string | undefined;
      do {
        const wish = { maxResults: 250, ...(pageToken === undefined ? {} : { pageToken }) };
        const { data } = await vendorCall(() => api.calendarList.list(wish));
        const read = readAnswer(calendarListSchema, data, VENDOR);
        for (const one of read.items) {
          found.push({
            id: one.id,
            title: one.summaryOverride ?? one.summary,
            timeZone: one.timeZone,
            writable: one.accessRole === 'owner' || one.accessRole === 'writer',
            primary: one.primary,
          });
        }
        pageToken = read.nextPageToken ?? undefined;
      } while (pageToken !== undefined);
      return found;
    },

    /** Whose calendar this is: its primary calendar is called by the account's address. */
    async account(): Promise<VendorAccount> {
      const { data } = await vendorCall(() => api.calendarList.get({ calendarId: 'primary' }));
      const { id, timeZone } = readAnswer(calendarSchema, data, VENDOR);
      return { id, name: id, facts: { timeZone } };
    },

    /** A calendar's zone, and what time Google has. */
    async calendar(calendarId: string): Promise<{ timeZone: string; at: number }> {
      const { data, headers } = await vendorCall(() => api.calendarList.get({ calendarId }));
      const at = Date.parse(new Headers(headers as HeadersInit).get('date') ?? '');
      if (Number.isNaN(at)) throw noClock();
      return { timeZone: readAnswer(calendarSchema, data, VENDOR).timeZone, at };
    },

    /** Everything that ends later than `from`, series as series; the last page begins what can be followed. */
    listEvents(calendarId: string, from: string, pageToken: string | null): Promise<EventPage> {
      return page({ calendarId, timeMin: from, ...(pageToken === null ? {} : { pageToken }) });
    },

    /**
     * Meetings in which a text stands (an address among the invited), each occurrence by itself, in the order
     * of their beginnings. @param wish ISO 8601; what ends after `from` and begins before `to`.
     */
    async findEvents(
      calendarId: string,
      wish: { text: string; from: string; to: string; most: number },
    ): Promise<readonly GoogleEvent[]> {
      const { text: q, from: timeMin, to: timeMax, most: maxResults } = wish;
      const bounds = { singleEvents: true, orderBy: 'startTime', timeMin, timeMax, maxResults };
      return (await page({ calendarId, q, ...bounds })).events;
    },

    /** What changed since a sync token, deletions too. Fails with `cursor-lost` when Google forgot it. */
    changedEvents(calendarId: string, syncToken: string, pageToken: string | null): Promise<EventPage> {
      return page({ calendarId, syncToken, ...(pageToken === null ? {} : { pageToken }) });
    },

    /** A series and its exceptions, cancelled ones too: they share one iCalendar id. */
    eventsOfSeries: (calendarId: string, iCalUID: string): Promise<GoogleEvent[]> =>
      all({ calendarId, iCalUID, showDeleted: true }),

    /** Every occurrence of a series as Google counts them, those that were cancelled one by one too. */
    async instancesOf(calendarId: string, eventId: string): Promise<GoogleEvent[]> {
      const found: GoogleEvent[] = [];
      let pageToken: string | undefined;
      do {
        const more = pageToken === undefined ? {} : { pageToken };
        const wish = { calendarId, eventId, showDeleted: true, maxResults: MOST_EVENTS, ...more };
        const { data } = await vendorCall(() => api.events.instances(wish));
        const read = readAnswer(eventsSchema, data, VENDOR);
        found.push(...read.items);
        pageToken = read.nextPageToken ?? undefined;
      } while (pageToken !== undefined);
      return found;
    },

    /**
     * The series that an occurrence names; null when this calendar does not have it, or may not see it: who was
     * invited to one occurrence only has nothing but that.
     */
    async getSeries(calendarId: string, eventId: string): Promise<GoogleEvent | null> {
      try {
        return await client.getEvent(calendarId, eventId);
      } catch (thrown) {
        const error = asLiaisonError(thrown);
        if (error.kind === 'rejected') return null;
        throw error;
      }
    },

    /** The event, deleted ones too; null when there never was one. */
    getEvent: (calendarId: string, eventId: string): Promise<GoogleEvent | null> =>
      ifGone(async () => {
        const { data } = await api.events.get({ calendarId, eventId });
        return readAnswer(eventSchema, data, VENDOR);
      }, null),

    /**
     * Makes an event under an id of ours, so that a repeat finds what it made before: that is given then,
     * and nothing is made. Fails with `gone` when it was deleted since.
     */
    async insertEvent(write: EventWrite, id: string, body: EventBody): Promise<GoogleEvent> {
      try {
        const { data } = await vendorCall(() =>
          api.events.insert({ ...write, requestBody: { ...body, id } }),
        );
        return written(data);
      } catch (thrown) {
        const error = asLiaisonError(thrown);
        if (error.kind !== 'conflict') throw error;
        const made = await client.getEvent(write.calendarId, id);
        if (made === null) throw error;
        return present(made);
      }
    },

    /** Changes what the body names, if the event is still in the state that the etag is of. */
    async patchEvent(
      write: EventWrite,
      eventId: string,
      etag: string | null,
      body: EventBody,
    ): Promise<GoogleEvent> {
      const { data } = await vendorCall(() =>
        api.events.patch({ ...write, eventId, requestBody: body }, matching(etag)),
      );
      return present(written(data));
    },

    /** Replaces the event: members that the body lacks are cleared. */
    async updateEvent(
      write: EventWrite,
      eventId: string,
      etag: string | null,
      body: EventBody,
    ): Promise<GoogleEvent> {
      const { data } = await vendorCall(() =>
        api.events.update({ ...write, eventId, requestBody: body }, matching(etag)),
      );
      return present(written(data));
    },

    /** Deletes an event, a series, or one occurrence. One that is gone already is no failure. */
    async deleteEvent(write: EventWrite, eventId: string, etag: string | null): Promise<void> {
      await ifGone(() => api.events.delete({ ...write, eventId }, matching(etag)), undefined);
    },
  };
  return client;
}

/** @throws LiaisonError `gone` for an event that Google keeps as deleted only. */
function present(event: GoogleEvent): GoogleEvent {
  if (event.status !== 'cancelled') return event;
  throw failure('gone', VENDOR);
}

/** What lies in the past is told by Google's clock: ours may be wrong. */
const noClock = (): LiaisonError => failure('retry-later', VENDOR, 'An answer came without a date.');
