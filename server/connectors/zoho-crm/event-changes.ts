import { z } from 'zod';
import { windowStart } from '../../core/calendar/window.ts';
import type { Changes, FieldValue, SideRecord } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { zohoTime } from './channels.ts';
import type { ZohoCrmClient } from './client.ts';
import { coqlText, MOST_ROWS } from './coql.ts';
import { type EventsWish, toldEvent } from './event-facts.ts';
import { seriesRecord, singleRecord } from './event-rows.ts';
import {
  type CrmEvent,
  crmEvent,
  EVENT_COLUMNS,
  EVENTS,
  isOccurrence,
  seriesId,
  seriesTime,
} from './events.ts';
import { VENDOR } from './failures.ts';
import { moduleChanges } from './module-changes.ts';

/** Beyond so many occurrences, deletions of single ones are found by the sweep. */
const MOST_PLACES = 20_000;

/**
 * Which records each series has: the CRM tells of a deleted record its id only, and not what it was one of.
 * Ids in base 36, to keep it short.
 */
const placesSchema = z.record(z.string(), z.array(z.string()));
type Places = Record<string, string[]>;
const cursorSchema = z.object({ module: z.json(), from: z.number(), places: placesSchema });
/** Of the module's cursor: when everything began to be listed, by Zoho's clock. */
const beganSchema = z.union([
  z.object({ since: z.string() }).transform(({ since }) => since),
  z.object({ from: z.string() }).transform(({ from }) => from),
]);

/**
 * What changed among the meetings, a page at a time; the records of a series come as one.
 *
 * @param pastDays meetings that ended longer ago are not taken up when everything is listed.
 * @param wish what a filter asks about them, and whose they are where only one person's are meant.
 */
export async function eventChanges(
  client: ZohoCrmClient,
  cursor: FieldValue,
  pastDays: number,
  wish: EventsWish,
): Promise<Changes> {
  const at = cursor === null ? null : readCursor(cursor);
  const page = await moduleChanges(client, EVENTS, ['Created_Time'], (at?.module ?? null) as FieldValue);
  const began = beganSchema.safeParse(page.cursor);
  const from = at?.from ?? (began.success ? windowStart(Date.parse(began.data), pastDays) : 0);
  const isListing = at === null || isPhase(at.module, 'all');

  const events = await eventsById(
    client,
    page.rows.map(({ id }) => id),
  );
  const singles = events.filter((event) => !isOccurrence(event));
  const places: Places = { ...at?.places };
  const { touched, deleted } = placesOf(events, page.deleted, places);
  const isWhole = at === null && !page.more;
  const groups = isWhole ? groupsOf(events) : await readGroups(client, [...touched]);

  const records: SideRecord[] = [];
  for (const event of singles) {
    if (!isListing || Date.parse(event.End_DateTime) > from)
      records.push(toldEvent(singleRecord(event, client.timeZone), event.Owner, wish));
  }
  for (const id of touched) {
    const group = groups.get(id) ?? [];
    if (group.length === 0) {
      deleted.push(id);
      delete places[id];
    } else {
      places[id] = group.map((event) => shortId(event.id));
      const isOver = group.every((event) => Date.parse(event.End_DateTime) <= from);
      if (!isListing || !isOver)
        records.push(toldEvent(seriesRecord(group, client.timeZone), group[0]?.Owner, wish));
    }
  }
  const next = { module: page.cursor, from, places: bounded(places) };
  return { records, deleted, cursor: next, more: page.more };
}

/** Meetings as they are now; `series-…` ids are answered by all records of that series. */
export async function readEvents(
  client: ZohoCrmClient,
  ids: readonly string[],
  wish: EventsWish,
): Promise<SideRecord[]> {
  const series = ids.filter((id) => seriesTime(id) !== null);
  const singles = await eventsById(
    client,
    ids.filter((id) => seriesTime(id) === null),
  );
  const groups = await readGroups(client, series);
  return [
    ...singles.map((event) => toldEvent(singleRecord(event, client.timeZone), event.Owner, wish)),
    ...[...groups.values()]
      .filter((group) => group.length > 0)
      .map((group) => toldEvent(seriesRecord(group, client.timeZone), group[0]?.Owner, wish)),
  ];
}

export async function eventsById(client: ZohoCrmClient, ids: readonly string[]): Promise<CrmEvent[]> {
  return (await client.records(EVENTS, ids, EVENT_COLUMNS)).map(crmEvent);
}

/** The records of a series as they are now; none when it is gone. */
export async function readGroup(client: ZohoCrmClient, id: string): Promise<CrmEvent[]> {
  const time = seriesTime(id);
  if (time === null) return [];
  const stamp = coqlText(zohoTime(time * 1_000));
  const { rows } = await client.query(
    `select id from ${EVENTS} where Created_Time = ${stamp} order by id asc limit ${MOST_ROWS}`,
  );
  const events = await eventsById(
    client,
    rows.map((row) => row.id),
  );
  return events.filter((event) => isOccurrence(event) && seriesId(event) === id);
}

async function readGroups(client: ZohoCrmClient, ids: readonly string[]): Promise<Map<string, CrmEvent[]>> {
  const groups = new Map<string, CrmEvent[]>();
  for (const id of new Set(ids)) groups.set(id, await readGroup(client, id));
  return groups;
}

function groupsOf(events: readonly CrmEvent[]): Map<string, CrmEvent[]> {
  const groups = new Map<string, CrmEvent[]>();
  for (const event of events.filter(isOccurrence)) {
    const id = seriesId(event);
    groups.set(id, [...(groups.get(id) ?? []), event]);
  }
  return groups;
}

/** Which series something happened to, and which deleted records were meetings of their own. */
function placesOf(
  events: readonly CrmEvent[],
  deletedIds: readonly string[],
  places: Readonly<Places>,
): { touched: Set<string>; deleted: string[] } {
  const touched = new Set(events.filter(isOccurrence).map(seriesId));
  if (deletedIds.length === 0) return { touched, deleted: [] };
  const seriesOf = new Map(
    Object.entries(places).flatMap(([id, own]) => own.map((one) => [one, id] as const)),
  );
  const deleted = deletedIds.filter((id) => {
    const series = seriesOf.get(shortId(id));
    if (series !== undefined) touched.add(series);
    return series === undefined;
  });
  return { touched, deleted };
}

function bounded(places: Places): Places {
  let count = 0;
  const kept = Object.entries(places).filter(([, own]) => {
    count += own.length;
    return count <= MOST_PLACES;
  });
  return Object.fromEntries(kept);
}

const shortId = (id: string): string => BigInt(id).toString(36);

const isPhase = (cursor: unknown, phase: string): boolean =>
  typeof cursor === 'object' && cursor !== null && (cursor as { phase?: unknown }).phase === phase;

function readCursor(cursor: FieldValue): z.infer<typeof cursorSchema> {
  const read = cursorSchema.safeParse(cursor);
  if (read.success) return read.data;
  throw failure('cursor-lost', VENDOR);
}
