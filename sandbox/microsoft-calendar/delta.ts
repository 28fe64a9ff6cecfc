import type { VendorDesk } from '../core/simulator.ts';
import type { Reply } from '../kit/refusal.ts';
import { type ListPlace, placeIn, writtenPlace } from '../microsoft/list-places.ts';
import { type Call, context, type Operation } from '../microsoft/operation.ts';
import { badRequest } from '../microsoft/refusal.ts';
import type { Preferences } from '../microsoft/requests.ts';
import { type Bounds, eventsIn, instancesOf, isBare, isWithin, newestSeq } from './book.ts';
import { boundsIn, calendarOf } from './events.ts';
import { type CalendarRow, calendarTables, type EventRow } from './rows.ts';
import { READ } from './scopes.ts';
import { bareOccurrence, shownEvent, shownId } from './shown-event.ts';

const PAGE = { usual: 10, most: 500 } as const;

/** https://learn.microsoft.com/graph/api/event-delta */
export const deltaOperations: readonly Operation[] = [
  '/me/calendarView/delta',
  '/me/calendarView/delta()',
  '/me/calendars/{calendar}/calendarView/delta',
  '/me/calendars/{calendar}/calendarView/delta()',
].map((path) => ({ method: 'GET', path, scopes: READ, run: delta }));

/** Where a list goes on: bound to its window for as long as it is followed. */
interface Place extends ListPlace {
  readonly calendar: string;
  readonly bounds: Bounds;
  /** Changes up to this one were shown. */
  readonly after: number;
  /** The change that the last page broke off in, and how much of it was shown; null: in none. */
  readonly within: { readonly seq: number; readonly shown: number } | null;
  readonly upTo: number;
  readonly changes: boolean;
}

/** One thing that a list shows, of the change with this number. */
interface Item {
  readonly seq: number;
  readonly body: object;
}

function delta(call: Call): Reply {
  const { desk, prefers } = call;
  const calendar = calendarOf(call);
  const address = `https://graph.microsoft.com/v1.0/me/${calendar.isDefault ? '' : `calendars/${encodeURIComponent(calendar.id)}/`}calendarView/delta`;
  const from = startOf(call, calendar, address);
  const rest = left(itemsOf(desk, calendar, from, prefers), from);
  const page = rest.slice(0, Math.min(prefers.pageSize ?? PAGE.usual, PAGE.most));
  const isMore = rest.length > page.length;
  const link = (name: string, place: Place) => `${address}?${name}=${writtenPlace(desk, place)}`;
  return {
    body: {
      ...context('Collection(event)'),
      ...(isMore
        ? {
            '@odata.nextLink': link('$skiptoken', { ...behind(page, rest[page.length], from), kind: 'page' }),
          }
        : {
            '@odata.deltaLink': link('$deltatoken', {
              ...from,
              kind: 'sync',
              after: from.upTo,
              within: null,
              upTo: 0,
              changes: true,
            }),
          }),
      value: page.map(({ body }) => body),
    },
  };
}

/** What was not shown yet, of the change that a page broke off in either. */
function left(items: readonly Item[], { within }: Place): readonly Item[] {
  if (within === null) return items;
  const first = items.findIndex(({ seq }) => seq === within.seq);
  return first < 0 ? items : items.toSpliced(first, within.shown);
}

/** Where the page behind this one begins. */
function behind(page: readonly Item[], next: Item | undefined, from: Place): Place {
  const seq = page.at(-1)?.seq ?? from.after;
  if (next?.seq !== seq) return { ...from, after: seq, within: null };
  const before = from.within?.seq === seq ? from.within.shown : 0;
  const shown = before + page.filter((one) => one.seq === seq).length;
  return { ...from, after: seq - 1, within: { seq, shown } };
}

function startOf(call: Call, calendar: CalendarRow, address: string): Place {
  const { desk, query } = call;
  const [page, sync] = [query.get('$skiptoken'), query.get('$deltatoken')];
  const strange = [...query.keys()].find(
    (name) => !['$skiptoken', '$deltatoken', 'startDateTime', 'endDateTime'].includes(name),
  );
  if (strange !== undefined)
    throw badRequest(
      `The following parameters are not supported with change tracking over the 'CalendarView' resource: '${strange}'.`,
      'ErrorInvalidUrlQuery',
    );
  const begun = (text: string, kind: Place['kind']): Place => {
    const place = placeIn<Place>(desk, text, kind, address);
    if (place.calendar !== calendar.id)
      throw badRequest('The token is of another list.', 'ErrorInvalidUrlQuery');
    return place;
  };
  if (page !== null) return begun(page, 'page');
  if (sync !== null) return { ...begun(sync, 'sync'), upTo: newestSeq(desk) };
  const bounds = boundsIn(query);
  const place = { calendar: calendar.id, bounds, after: 0, within: null, upTo: newestSeq(desk) };
  return { ...place, kind: 'page', changes: false };
}

function itemsOf(desk: VendorDesk, { id }: CalendarRow, place: Place, prefers: Preferences): Item[] {
  const rows = eventsIn(desk, id).filter(({ seq }) => seq > place.after);
  const found = rows.flatMap((row) => shownOf(desk, row, place, prefers));
  const gone = place.changes
    ? calendarTables(desk)
        .removals.all()
        .filter((row) => row.calendarId === id)
        .map((row) => ({ seq: row.seq, body: removed(row, prefers) }))
    : [];
  return [...found, ...gone.filter(({ seq }) => seq > place.after)].sort((a, b) => a.seq - b.seq);
}

const removed = (row: Pick<EventRow, 'id' | 'folderId'>, prefers: Preferences): object => ({
  '@odata.type': '#microsoft.graph.event',
  id: shownId(row, prefers.immutableIds),
  '@removed': { reason: 'deleted' },
});

/** What lies outside of the window comes as removed, whatever was done to it: it may never have been within. */
function shownOf(desk: VendorDesk, row: EventRow, { bounds, changes }: Place, prefers: Preferences): Item[] {
  const item = (body: object): Item => ({ seq: row.seq, body });
  const whole = item({ '@odata.type': '#microsoft.graph.event', ...shownEvent(row, prefers) });
  if (row.recurrence === null || row.masterId !== null) {
    if (isWithin(row, bounds)) return [whole];
    return changes ? [item(removed(row, prefers))] : [];
  }
  const instances = instancesOf(desk, row, bounds);
  if (instances.length === 0) return changes ? [item(removed(row, prefers))] : [];
  const bare = instances.filter((one) => isBare(desk, one));
  return [whole, ...bare.map((one) => item(bareOccurrence(one, prefers)))];
}
