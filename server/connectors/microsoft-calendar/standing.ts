import { type MicrosoftCalendarClient, OWN_CALENDAR } from './client.ts';
import type { EventOptions } from './options.ts';
import { type GraphEvent, isPart } from './shapes.ts';

/**
 * Those of events, found by their ids, that lie in a calendar: what was deleted is found so while it lies in the bin. An
 * event says neither its folder nor that it is deleted, so it is looked for where calendars show what is in them: in the
 * one that is followed, then in the mailbox's others, for one that was moved is not deleted. Of a date of a series its
 * series says it.
 */
export async function standing(
  client: MicrosoftCalendarClient,
  { calendar }: Pick<EventOptions, 'calendar'>,
  events: readonly GraphEvent[],
): Promise<GraphEvent[]> {
  const own = await listed(client, events, [calendar], false);
  const missing = events.filter((event) => isSought(event) && !own.has(event.id));
  if (missing.length === 0) return [...events];
  const { calendars } = await client.calendars();
  const others = calendars
    .filter(({ id, isOwn }) => id !== calendar && !(isOwn && calendar === OWN_CALENDAR))
    .map(({ id }) => id);
  const elsewhere = await listed(client, missing, others, true);
  return events.filter(({ id }) => !missing.some((one) => one.id === id) || elsewhere.has(id));
}

/** What nothing can be said of stays what it was. */
const isSought = (event: GraphEvent): boolean => !isPart(event) && Boolean(event.iCalUId);

/** The ids of events that these calendars show. */
async function listed(
  client: MicrosoftCalendarClient,
  events: readonly GraphEvent[],
  calendars: readonly string[],
  mayBeClosed: boolean,
): Promise<ReadonlySet<string>> {
  const uids = [...new Set(events.filter(isSought).map(({ iCalUId }) => iCalUId as string))];
  const wishes = calendars.flatMap((calendar) => uids.map((uid) => ({ calendar, uid })));
  return new Set(await client.findListed(wishes, mayBeClosed));
}
