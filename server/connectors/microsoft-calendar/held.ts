import { Temporal } from 'temporal-polyfill';
import { isDay, type Meeting } from '../../core/calendar/meeting.ts';
import { isEndless, originalStarts } from '../../core/calendar/occurrences.ts';
import { dayOf } from '../../core/calendar/zone-time.ts';
import { failure } from '../../kit/failures.ts';
import { type Exclusion, exclusionOfMeeting } from '../../kit/meeting-exclusions.ts';
import type { Bounds, MicrosoftCalendarClient } from './client.ts';
import { endless, exclusionOfEvent, exclusionOfFailure } from './exclusions.ts';
import { VENDOR } from './failures.ts';
import type { EventOptions } from './options.ts';
import { type GraphEvent, isPart, isSeries } from './shapes.ts';
import { standing } from './standing.ts';
import { type Place, placesOf, readingsOf, withPlaces } from './to-meeting.ts';

/** An event as it is now, and what became of its dates where it is a series. */
export interface HeldEvent {
  readonly event: GraphEvent;
  /** The meeting that it is; null where it takes no part, or cannot be read. */
  readonly meeting: Meeting | null;
  /** Of a series: the events that stand for its dates. */
  readonly places: readonly Place[];
  readonly left: Exclusion | null;
}

/** The dates of a series that were changed, as events. */
export const partsOf = ({ places }: Pick<HeldEvent, 'places'>): GraphEvent[] =>
  places.flatMap(({ exception }) => (exception === null ? [] : [exception]));

/** How far from the dates of a series its occurrences are looked for: one may have been moved far away. */
const MARGIN_DAYS = 366;
/** Graph shows no longer time at once. */
const MOST_DAYS = 1_800;

/**
 * Events by their ids, those that are gone left out, and what lies in the bin. An occurrence is no event of its own: its series is read instead.
 */
export async function readHeld(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  ids: readonly string[],
): Promise<HeldEvent[]> {
  return heldOf(client, options, await standing(client, options, await client.getEvents(ids)));
}

/** The same of events that were read already. */
export async function heldOf(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  events: readonly GraphEvent[],
): Promise<HeldEvent[]> {
  const begun = events.filter((event) => !isPart(event)).map((event) => begin(event, options));
  const open = begun.filter((one): one is Begun & { readings: Meeting[] } => one.readings !== null);
  const wishes = open.flatMap(({ event, readings }) =>
    windowsOf(readings).map((bounds) => ({ id: event.id, ...bounds })),
  );
  const answers = await client.instances(wishes);
  const instances = Map.groupBy(
    wishes.flatMap(({ id }, index) => (answers[index] ?? []).map((instance) => ({ id, instance }))),
    ({ id }) => id,
  );
  const changed = [...instances.values()].flat().filter(({ instance }) => instance.type === 'exception');
  const whole = await client.getEvents([...new Set(changed.map(({ instance }) => instance.id))]);
  const exceptions = new Map(whole.map((one) => [one.id, one]));
  // Changed again between the two calls: what it says now is not known.
  if (changed.some(({ instance }) => !exceptions.has(instance.id))) throw failure('retry-later', VENDOR);
  return begun.map(({ readings, ...held }) => {
    if (readings === null) return held;
    const own = new Map((instances.get(held.event.id) ?? []).map(({ instance }) => [instance.id, instance]));
    return finish(held, readings, { instances: [...own.values()], exceptions, options });
  });
}

interface Begun extends HeldEvent {
  /** Ways to read a series whose occurrences have to be asked for. */
  readonly readings: Meeting[] | null;
}

/** What can be said of an event before its occurrences are read, which those that are left out do not need. */
function begin(event: GraphEvent, options: EventOptions): Begun {
  const about = { event, meeting: null, places: [], readings: null };
  try {
    const readings = readingsOf(event);
    const [first] = readings as [Meeting];
    if (!isSeries(event)) return { ...about, meeting: first, left: null };
    if (exclusionOfEvent(event, [], { ...options, declinedMeetings: true }) !== null)
      return { ...about, meeting: first, left: null };
    const left = exclusionOfMeeting(first, options) ?? (isEndless(first) ? endless : null);
    return left === null ? { ...about, left, readings } : { ...about, left };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return { ...about, left: exclusionOfFailure(thrown) };
  }
}

function finish(
  held: HeldEvent,
  readings: readonly Meeting[],
  {
    instances,
    exceptions,
    options,
  }: { instances: GraphEvent[]; exceptions: ReadonlyMap<string, GraphEvent>; options: EventOptions },
): HeldEvent {
  let failed = new RangeError('A series cannot be read.');
  for (const reading of readings) {
    try {
      const places = placesOf(reading, instances, exceptions);
      return { ...held, places, meeting: withPlaces(reading, places, options) };
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      failed = thrown;
    }
  }
  return { ...held, left: exclusionOfFailure(failed) };
}

/** Where the occurrences of a series are looked for, in pieces that Graph takes. */
function windowsOf(readings: readonly Meeting[]): Bounds[] {
  const [meeting] = readings as [Meeting];
  const starts = originalStarts(meeting);
  const days = Math.max(1, lengthInDays(meeting));
  const first = Temporal.PlainDate.from(dayOf(starts[0] ?? meeting.start)).subtract({ days: MARGIN_DAYS });
  const last = Temporal.PlainDate.from(dayOf(starts.at(-1) ?? meeting.start)).add({
    days: MARGIN_DAYS + days,
  });
  const found: Bounds[] = [];
  for (let from = first; Temporal.PlainDate.compare(from, last) < 0; ) {
    const next = from.add({ days: MOST_DAYS });
    const to = Temporal.PlainDate.compare(next, last) < 0 ? next : last;
    found.push({ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` });
    from = to;
  }
  return found;
}

const lengthInDays = ({ start, end }: Meeting): number => {
  const [from, to] = [Temporal.PlainDate.from(dayOf(start)), Temporal.PlainDate.from(dayOf(end))];
  return from.until(to).days + (isDay(start) ? 0 : 1);
};
