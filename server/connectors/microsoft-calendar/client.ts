import type { ConnectorHttp } from '../../core/connector.ts';
import type { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { type DeltaPage, deltaPage } from '../families/microsoft/delta.ts';
import { graphApi, MOST_IN_BATCH } from '../families/microsoft/graph.ts';
import { subscriptionCalls } from '../families/microsoft/subscriptions.ts';
import { microsoftUser } from '../families/microsoft/user.ts';
import { classify, VENDOR } from './failures.ts';
import { calendarsSchema, eventSchema, eventsSchema, type GraphEvent, idsSchema } from './shapes.ts';

export type MicrosoftCalendarClient = ReturnType<typeof microsoftCalendarClient>;

/** Things that a page of what changed shows, occurrences of series among them. */
export const MOST_LISTED = 200;
const MOST_INSTANCES = 400;
const MOST_PAGES = 50;
const MOST_FOUND = 250;

/** Times in UTC: a zone that an invitation brought may be one that nobody knows. */
const PREFER = 'outlook.timezone="UTC"';
/** The calendar that goes without a name. */
export const OWN_CALENDAR = 'primary';

export interface OutlookCalendar {
  readonly id: string;
  readonly title: string;
  readonly writable: boolean;
  readonly isOwn: boolean;
}

/** Bounds of what is asked for, ISO 8601 in UTC: what ends after `from` and begins before `to`. */
export interface Bounds {
  readonly from: string;
  readonly to: string;
}

export interface ViewPage extends Omit<DeltaPage<GraphEvent>, 'rows' | 'at'> {
  readonly events: readonly GraphEvent[];
  /** Ids of what is no longer in the calendar, or outside of the window: which of the two, Graph does not say. */
  readonly removed: readonly string[];
  /** Graph's own clock, epoch milliseconds. */
  readonly at: number;
}

/** What is sent of an event. */
export type EventBody = Readonly<Record<string, unknown>>;

const pathOf = (id: string): string => `/me/events/${encodeURIComponent(id)}`;
const within = (calendar: string): string =>
  calendar === OWN_CALENDAR ? '/me' : `/me/calendars/${encodeURIComponent(calendar)}`;
/** https://learn.microsoft.com/graph/api/user-list-events */
const listOf = (calendar: string): string =>
  calendar === OWN_CALENDAR ? '/me/calendar/events' : `${within(calendar)}/events`;
/** What is read of an occurrence: what it says may be long, and is its series' own mostly. */
const OF_INSTANCE = 'id,type,start,end,originalStart,isAllDay';

/** Outlook's calendars, Graph version 1.0. Rejects with LiaisonErrors only. */
export function microsoftCalendarClient(http: ConnectorHttp) {
  const graph = graphApi(http, { vendor: VENDOR, classify });
  const written = (body: unknown): GraphEvent => readAnswer(eventSchema, body, VENDOR, true);

  /** The rest of a list whose first page is known. */
  async function rest(first: unknown): Promise<GraphEvent[]> {
    const found: GraphEvent[] = [];
    let page = readAnswer(eventsSchema, first, VENDOR);
    for (let pages = 0; ; pages += 1) {
      found.push(...page.value);
      const next = page['@odata.nextLink'];
      if (next === undefined) return found;
      if (pages >= MOST_PAGES) throw failure('unknown', VENDOR, 'A list has no end.');
      page = readAnswer(eventsSchema, (await graph.follow(next, PREFER)).body, VENDOR);
    }
  }

  return {
    /** Calendars of the account, its own first; and Graph's clock. */
    async calendars(): Promise<{ calendars: readonly OutlookCalendar[]; at: number }> {
      const found: OutlookCalendar[] = [];
      let link: string | undefined;
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const select = 'id,name,isDefaultCalendar,canEdit';
        const { body, at } = await (link === undefined
          ? graph.call({ path: '/me/calendars', query: { $top: 100, $select: select } })
          : graph.follow(link));
        const page = readAnswer(calendarsSchema, body, VENDOR);
        for (const { id, name, isDefaultCalendar, canEdit } of page.value)
          found.push({
            id,
            title: name ?? id,
            writable: canEdit !== false,
            isOwn: isDefaultCalendar === true,
          });
        link = page['@odata.nextLink'];
        if (link === undefined) {
          if (at === null) throw noClock();
          return { calendars: found.sort((a, b) => Number(b.isOwn) - Number(a.isOwn)), at };
        }
      }
      throw failure('unknown', VENDOR, 'The list of calendars has no end.');
    },

    /**
     * One page of everything in a window of a calendar, or, from a link that a page gave, of what is next or changed
     * since. A link is bound to its window. https://learn.microsoft.com/graph/api/event-delta
     *
     * @throws LiaisonError `cursor-lost` when a link is of no use any more, for whatever reason.
     */
    async view(
      wish: { readonly link: string } | ({ readonly calendar: string } & Bounds),
    ): Promise<ViewPage> {
      const prefer = `${PREFER}, odata.maxpagesize=${MOST_LISTED}`;
      const asked =
        'link' in wish
          ? graph.follow(wish.link, prefer)
          : graph.call({
              path: `${within(wish.calendar)}/calendarView/delta`,
              query: { startDateTime: wish.from, endDateTime: wish.to },
              prefer,
            });
      const page = await deltaPage(asked, { row: eventSchema, vendor: VENDOR, isLink: 'link' in wish });
      const { rows, at, ...rest } = page;
      if (at === null) throw noClock();
      return { ...rest, events: rows, at };
    },

    /** Events as they are now, by their ids, twenty in a call; those that are gone are left out. */
    async getEvents(ids: readonly string[]): Promise<GraphEvent[]> {
      const found: GraphEvent[] = [];
      for (let from = 0; from < ids.length; from += MOST_IN_BATCH) {
        const some = ids.slice(from, from + MOST_IN_BATCH);
        const batched = await graph.batch(
          some.map((id) => ({ method: 'GET', path: pathOf(id), prefer: PREFER })),
        );
        for (const one of batched) {
          if (one.ok) found.push(readAnswer(eventSchema, one.body, VENDOR));
          else if (one.error.kind !== 'gone') throw one.error;
        }
      }
      return found;
    },

    /**
     * Which events calendars show, by what identifies them across calendars: ids of those that are there, twenty wishes in a
     * call. @param mayBeClosed a calendar that does not open (somebody else's, or deleted just now) shows none; else that
     * fails. https://github.com/microsoftgraph/microsoft-graph-docs/issues/6247
     */
    async findListed(
      wishes: readonly { readonly calendar: string; readonly uid: string }[],
      mayBeClosed: boolean,
    ): Promise<string[]> {
      const found: string[] = [];
      for (let at = 0; at < wishes.length; at += MOST_IN_BATCH) {
        const batched = await graph.batch(
          wishes.slice(at, at + MOST_IN_BATCH).map(({ calendar, uid }) => {
            const filter = encodeURIComponent(`iCalUId eq '${uid.replaceAll("'", "''")}'`);
            return {
              method: 'GET',
              path: `${listOf(calendar)}?$filter=${filter}&$select=id&$top=${MOST_LISTED}`,
            };
          }),
        );
        for (const one of batched) {
          if (one.ok) found.push(...readAnswer(idsSchema, one.body, VENDOR).value.map(({ id }) => id));
          else if (!mayBeClosed || !(one.error.kind === 'gone' || one.error.kind === 'rejected'))
            throw one.error;
        }
      }
      return found;
    },

    /** The occurrences of series within bounds, without those that were deleted; null for a series that is gone. */
    async instances(wishes: readonly ({ readonly id: string } & Bounds)[]): Promise<(GraphEvent[] | null)[]> {
      const found: (GraphEvent[] | null)[] = [];
      for (let at = 0; at < wishes.length; at += MOST_IN_BATCH) {
        const batched = await graph.batch(
          wishes.slice(at, at + MOST_IN_BATCH).map(({ id, from, to }) => {
            const query = new URLSearchParams({
              startDateTime: from,
              endDateTime: to,
              $top: String(MOST_INSTANCES),
              $select: OF_INSTANCE,
            });
            return { method: 'GET', path: `${pathOf(id)}/instances?${query}`, prefer: PREFER };
          }),
        );
        for (const one of batched) {
          if (one.ok) found.push(await rest(one.body));
          else if (one.error.kind === 'gone') found.push(null);
          else throw one.error;
        }
      }
      return found;
    },

    /** Makes an event, once for each `transactionId`: a repeat is answered with what was made. */
    async createEvent(calendar: string, json: EventBody): Promise<GraphEvent> {
      const path = `${within(calendar)}/events`;
      const { body } = await graph.call({ method: 'POST', path, json, prefer: PREFER });
      return written(body);
    },

    /** Changes the members that are named. @param etag the state that it was computed from; null: whatever it is. */
    async changeEvent(id: string, etag: string | null, json: EventBody): Promise<GraphEvent> {
      const { body } = await graph.call({
        method: 'PATCH',
        path: pathOf(id),
        json,
        prefer: PREFER,
        ...matching(etag),
      });
      return written(body);
    },

    /** Deletes an event, a series or one occurrence. One that is gone already is no failure. */
    async deleteEvent(id: string, etag: string | null): Promise<void> {
      await ifGone(() => graph.call({ method: 'DELETE', path: pathOf(id), ...matching(etag) }), undefined);
    },

    /** What stands in the account's own calendar, each occurrence by itself, in the order of their beginnings. */
    async findEvents({ from, to }: Bounds): Promise<GraphEvent[]> {
      const { body } = await graph.call({
        path: '/me/calendarView',
        query: {
          startDateTime: from,
          endDateTime: to,
          $top: MOST_FOUND,
          $orderby: 'start/dateTime',
          $select:
            'id,type,subject,sensitivity,start,end,isAllDay,isCancelled,location,attendees,organizer,webLink',
        },
        prefer: PREFER,
      });
      // The latest of a full calendar stand on its last page.
      return rest(body);
    },

    ...subscriptionCalls(graph, VENDOR),

    /** The Microsoft account that consented. */
    user: () => microsoftUser(http),
  };
}

const matching = (etag: string | null): object => (etag === null ? {} : { headers: { 'if-match': etag } });

/** What lies in the past is told by Graph's clock: ours may be wrong. */
const noClock = (): LiaisonError => failure('retry-later', VENDOR, 'An answer came without a date.');
