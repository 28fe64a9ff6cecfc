import type { VendorDesk } from '../core/simulator.ts';
import { type ChangeType, notifySubscriptions } from '../microsoft/notify.ts';
import { badRequest, notFound } from '../microsoft/refusal.ts';
import { daysOf, firstDayOf } from './pattern.ts';
import { BIN, calendarTables, type EventRow } from './rows.ts';
import { etagOf, shownId } from './shown-event.ts';
import { dateOf, daysBetween, millisecondsOf, moved, onDate } from './times.ts';

/** What somebody says of an event. */
export type EventChange = Partial<
  Pick<EventRow, 'start' | 'end' | 'isAllDay' | 'recurrence' | 'attendees' | 'isCancelled'>
> & { readonly fields?: Partial<EventRow['fields']> };

/** How far a series without an end is looked at. */
const FAR = 1_826 * 86_400_000;

const counters = new WeakMap<object, number>();

/** Number of the newest change. In memory it only goes up; after a restart it is found in the rows. */
export function newestSeq(desk: VendorDesk): number {
  const { events, removals } = calendarTables(desk);
  const known = counters.get(events);
  if (known !== undefined) return known;
  let seq = 0;
  for (const row of [...events.all(), ...removals.all()]) seq = Math.max(seq, row.seq);
  counters.set(events, seq);
  return seq;
}

function nextSeq(desk: VendorDesk): number {
  const seq = newestSeq(desk) + 1;
  counters.set(calendarTables(desk).events, seq);
  return seq;
}

function tell(desk: VendorDesk, changeType: ChangeType, row: EventRow): void {
  notifySubscriptions(desk, changeType, {
    collection: 'Events',
    type: '#Microsoft.Graph.Event',
    etag: etagOf(row),
    id: (immutable) => shownId(row, immutable),
  });
}

/** The newest state of an event; nobody is told yet. */
function put(desk: VendorDesk, row: EventRow): EventRow {
  const changed = { ...row, seq: nextSeq(desk), at: desk.clock().getTime() };
  return calendarTables(desk).events.put(row.id, changed);
}

export type NewEvent = Omit<EventRow, 'id' | 'folderId' | 'seq' | 'createdAt' | 'at' | 'removed'>;

export function makeEvent(desk: VendorDesk, given: NewEvent): EventRow {
  const row = put(
    desk,
    onPattern({
      ...given,
      id: `${desk.id('AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A', 20)}AA=`,
      folderId: `${desk.id('AAMkAGI2THk0', 30)}AAA=`,
      seq: 0,
      createdAt: desk.clock().getTime(),
      at: 0,
      removed: [],
    }),
  );
  tell(desk, 'created', row);
  return row;
}

/** A series begins with the first day that its pattern gives. */
function onPattern(row: EventRow): EventRow {
  if (row.recurrence === null) return row;
  const first = firstDayOf(row.recurrence);
  if (first === undefined || first === dateOf(row.start)) return row;
  const start = onDate(row.start, first);
  return { ...row, start, end: moved(row.end, daysBetween(row.start, start)) };
}

export const exceptionsOf = (desk: VendorDesk, { id }: EventRow): EventRow[] =>
  calendarTables(desk)
    .events.all()
    .filter(({ masterId }) => masterId === id);

/**
 * Changes an event; of an occurrence that makes an exception of its series. A series that moves or repeats otherwise
 * loses what was said of single occurrences, as in Exchange.
 */
export function changeEvent(desk: VendorDesk, row: EventRow, change: EventChange): EventRow {
  const { fields, ...rest } = change;
  if (row.masterId !== null) checkNeighbours(desk, { ...row, ...rest });
  const wanted = onPattern({ ...row, ...rest, fields: { ...row.fields, ...fields } });
  const isAsBefore = (['start', 'end', 'isAllDay', 'recurrence'] as const).every(
    (name) => JSON.stringify(row[name]) === JSON.stringify(wanted[name]),
  );
  const isSeries = row.recurrence !== null && row.masterId === null;
  if (isSeries && !isAsBefore) {
    for (const { id } of exceptionsOf(desk, row)) calendarTables(desk).events.delete(id);
    const changed = put(desk, { ...wanted, removed: [] });
    tell(desk, 'updated', changed);
    return changed;
  }
  const changed = put(desk, wanted);
  if (isSeries) for (const one of exceptionsOf(desk, row)) inherit(desk, one, row, changed);
  tell(desk, 'updated', changed);
  return changed;
}

/** A date of a series stays between the one before and the one behind it. */
function checkNeighbours(desk: VendorDesk, row: EventRow): void {
  const series = calendarTables(desk).events.get(row.masterId ?? '');
  if (series === undefined) return;
  const day = dateOf(row.originalStart ?? row.start);
  const all = instancesOf(desk, series, { from: 0, to: millisecondsOf(row.end) + FAR }).map((one) => ({
    ...one,
    day: dateOf(one.originalStart ?? one.start),
  }));
  const [start, end] = [millisecondsOf(row.start), millisecondsOf(row.end)];
  const isCrossing = all.some((one) =>
    one.day < day ? millisecondsOf(one.end) > start : one.day > day && millisecondsOf(one.start) < end,
  );
  if (isCrossing)
    throw badRequest(
      'Modified occurrence is crossing or overlapping adjacent occurrence.',
      'ErrorOccurrenceCrossingBoundary',
    );
}

/** What an exception did not say otherwise than its series did, it says as the series does now. */
function inherit(desk: VendorDesk, exception: EventRow, before: EventRow, after: EventRow): void {
  const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  const names = Object.keys(after.fields) as (keyof EventRow['fields'])[];
  const inherited = names.filter((name) => isSame(exception.fields[name], before.fields[name]));
  const fields = {
    ...exception.fields,
    ...Object.fromEntries(inherited.map((name) => [name, after.fields[name]])),
  } as EventRow['fields'];
  const attendees = isSame(exception.attendees, before.attendees) ? after.attendees : exception.attendees;
  if (!isSame([fields, attendees], [exception.fields, exception.attendees]))
    put(desk, { ...exception, fields, attendees });
}

/**
 * Into the deleted items, where its id finds it still, and out of them for good. Of an occurrence nothing but its series
 * tells. https://learn.microsoft.com/graph/api/event-delete, https://learn.microsoft.com/graph/api/event-permanentdelete
 */
export function removeEvent(desk: VendorDesk, row: EventRow): void {
  const { events } = calendarTables(desk);
  const series = row.masterId === null ? undefined : events.get(row.masterId);
  if (series !== undefined) {
    events.delete(row.id);
    const day = dateOf(row.originalStart ?? row.start);
    const changed = put(desk, { ...series, removed: [...series.removed, day] });
    tell(desk, 'updated', changed);
    return;
  }
  for (const one of [row, ...exceptionsOf(desk, row)]) {
    if (one.calendarId === BIN) events.delete(one.id);
    else into(desk, one, BIN);
  }
  tell(desk, 'deleted', row);
}

/** To another calendar of the mailbox: gone from the one before, for whoever follows that. */
export function moveEvent(desk: VendorDesk, row: EventRow, calendarId: string): EventRow {
  for (const one of exceptionsOf(desk, row)) into(desk, one, calendarId);
  const changed = into(desk, row, calendarId);
  tell(desk, 'updated', changed);
  return changed;
}

function into(desk: VendorDesk, row: EventRow, calendarId: string): EventRow {
  leave(desk, row);
  calendarTables(desk).removals.delete(removalKey(row.id, calendarId));
  return put(desk, { ...row, calendarId, folderId: `${desk.id('AAMkAGI2THk0', 30)}AAA=` });
}

const removalKey = (id: string, calendarId: string): string => `${id} ${calendarId}`;

/** Gone from its calendar, for whoever follows that. */
function leave(desk: VendorDesk, { id, folderId, calendarId }: EventRow): void {
  const left = { id, folderId, calendarId, seq: nextSeq(desk) };
  calendarTables(desk).removals.put(removalKey(id, calendarId), left);
}

export const occurrenceId = (id: string, day: string): string => `${id}.${day.replaceAll('-', '')}`;

/** An occurrence as its series has it. */
function occurrence(series: EventRow, day: string): EventRow {
  const start = onDate(series.start, day);
  return {
    ...series,
    id: occurrenceId(series.id, day),
    folderId: occurrenceId(series.folderId, day),
    masterId: series.id,
    originalStart: start,
    start,
    end: moved(series.end, daysBetween(series.start, start)),
    recurrence: null,
    removed: [],
  };
}

/** Whether it is only what its series says: it is stored nowhere. */
export const isBare = (desk: VendorDesk, { id, masterId }: EventRow): boolean =>
  masterId !== null && calendarTables(desk).events.get(id) === undefined;

export interface Bounds {
  /** Milliseconds since 1970: what ends after `from` and begins before `to`. */
  readonly from: number;
  readonly to: number;
}

export const isWithin = ({ start, end }: EventRow, { from, to }: Bounds): boolean =>
  millisecondsOf(start) < to && Math.max(millisecondsOf(end), millisecondsOf(start) + 1) > from;

/** The occurrences of a series, changed ones in their places, without those that were deleted. */
export function instancesOf(desk: VendorDesk, series: EventRow, bounds: Bounds): EventRow[] {
  if (series.recurrence === null) return [];
  const until = new Date(Math.min(bounds.to, millisecondsOf(series.start) + FAR)).toISOString().slice(0, 10);
  const { events } = calendarTables(desk);
  return daysOf(series.recurrence, until)
    .filter((day) => !series.removed.includes(day))
    .map((day) => events.get(occurrenceId(series.id, day)) ?? occurrence(series, day))
    .filter((row) => isWithin(row, bounds))
    .sort((a, b) => millisecondsOf(a.start) - millisecondsOf(b.start));
}

/** An event, a series or an occurrence by either of its ids. */
export function findEvent(desk: VendorDesk, id: string): EventRow | undefined {
  const { events } = calendarTables(desk);
  const row = events.get(id) ?? events.all().find(({ folderId }) => folderId === id);
  if (row !== undefined) return row;
  const [, master = '', digits = ''] = /^(.+)\.(\d{8})$/.exec(id) ?? [];
  const series = events.get(master) ?? events.all().find(({ folderId }) => folderId === master);
  if (series?.recurrence == null) return undefined;
  const day = digits.replace(/(....)(..)(..)/, '$1-$2-$3');
  const held = events.get(occurrenceId(series.id, day));
  if (held !== undefined) return held;
  const isThere = !series.removed.includes(day) && daysOf(series.recurrence, day).includes(day);
  return isThere ? occurrence(series, day) : undefined;
}

export function standingEvent(desk: VendorDesk, id: string): EventRow {
  const row = findEvent(desk, id);
  if (row === undefined) throw notFound();
  return row;
}

export const eventsIn = (desk: VendorDesk, calendarId: string): EventRow[] =>
  calendarTables(desk)
    .events.all()
    .filter((row) => row.calendarId === calendarId);

/** What a calendar shows of a time, occurrences each by itself, in the order of their beginnings. */
export const viewOf = (desk: VendorDesk, calendarId: string, bounds: Bounds): EventRow[] =>
  eventsIn(desk, calendarId)
    .filter(({ masterId }) => masterId === null)
    .flatMap((row) =>
      row.recurrence !== null ? instancesOf(desk, row, bounds) : isWithin(row, bounds) ? [row] : [],
    )
    .sort((a, b) => millisecondsOf(a.start) - millisecondsOf(b.start));
