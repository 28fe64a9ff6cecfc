import type { MeetingException, MeetingTime, OccurrenceChanges } from './meeting.ts';
import { originalStarts, type Series } from './occurrences.ts';
import { exactUntil, lineOf, partsOf } from './rule.ts';
import {
  after,
  compareTimes,
  dayOf,
  lengthOf,
  sameTime,
  secondsBetween,
  spelled,
  timeOf,
} from './zone-time.ts';

/** One occurrence of a series, where a vendor keeps each as a record of its own. */
export interface OccurrenceRecord {
  readonly id: string;
  /** In the zone of the series. */
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  readonly title: string | null;
  readonly description: string | null;
  readonly location: string | null;
  /** E-mail addresses, sorted. */
  readonly participants: readonly string[];
  /** Where the vendor tells which occurrence it was before it moved. */
  readonly original?: MeetingTime;
}

export interface Folded {
  readonly series: Series;
  readonly texts: Pick<OccurrenceRecord, 'title' | 'description' | 'location' | 'participants'>;
  /** Which record stands for which occurrence of the series. */
  readonly places: readonly { readonly record: OccurrenceRecord; readonly originalStart: MeetingTime }[];
  /** Records for which the series has no occurrence. */
  readonly strays: readonly OccurrenceRecord[];
}

/**
 * Makes one series of the records of its occurrences: what most of them say is the series', the others are
 * its exceptions, and where one is missing it was cancelled. Which of two shifted records stands for which
 * occurrence may be undecidable; then the nearest in order are paired, which changes nothing about when the
 * meetings take place.
 *
 * @param rule the RRULE that they were made from; its DTSTART, where it has one, is the first day.
 * @param zone in which the series is expanded; null for whole days.
 * @throws RangeError for a rule that cannot be read.
 */
export function fold(rule: string, zone: string | null, records: readonly OccurrenceRecord[]): Folded {
  const sorted = [...records].sort((a, b) => compareTimes(a.start, b.start));
  const [first] = sorted;
  if (first === undefined) throw new RangeError('A series has at least one occurrence.');
  const { DTSTART: dtstart, ...parts } = partsOf(rule);
  const day = dtstart === undefined ? dayOf(first.start) : dashed(dtstart);
  const clock = zone === null ? '' : usual(sorted.map(({ start }) => spelled(start).slice(10)));
  const start = timeOf(`${day}${clock}`, zone);
  const length = usual(sorted.map((one) => lengthOf(one.start, one.end)));
  const until = parts.UNTIL === undefined ? {} : { UNTIL: exactUntil(parts.UNTIL, zone) };
  const lines = [lineOf({ ...parts, ...until })];
  const bare: Series = { start, end: after(start, length), recurrence: { lines, exceptions: [] } };

  const starts = originalStarts(bare);
  const texts = {
    title: usual(sorted.map(({ title }) => title)),
    description: usual(sorted.map(({ description }) => description)),
    location: usual(sorted.map(({ location }) => location)),
    participants: JSON.parse(
      usual(sorted.map(({ participants }) => JSON.stringify(participants))),
    ) as string[],
  };
  const { places, strays } = placed(sorted, starts, length);
  const exceptions = starts.flatMap((originalStart): MeetingException[] => {
    const place = places.find((one) => sameTime(one.originalStart, originalStart));
    if (place === undefined) return [{ originalStart, changes: null }];
    const changes = changesOf(place.record, originalStart, length, texts);
    return Object.keys(changes).length > 0 ? [{ originalStart, changes }] : [];
  });
  return { series: { ...bare, recurrence: { lines, exceptions } }, texts, places, strays };
}

function changesOf(
  record: OccurrenceRecord,
  originalStart: MeetingTime,
  length: string,
  texts: Folded['texts'],
): OccurrenceChanges {
  const moved = !sameTime(record.start, originalStart) || !sameTime(record.end, after(originalStart, length));
  const sameParticipants = JSON.stringify(record.participants) === JSON.stringify(texts.participants);
  return {
    ...(moved ? { start: record.start, end: record.end } : {}),
    ...(record.title === texts.title ? {} : { title: record.title }),
    ...(record.description === texts.description ? {} : { description: record.description }),
    ...(record.location === texts.location ? {} : { location: record.location }),
    ...(sameParticipants ? {} : { participants: record.participants }),
  };
}

function placed(
  records: readonly OccurrenceRecord[],
  starts: readonly MeetingTime[],
  length: string,
): Pick<Folded, 'places' | 'strays'> {
  const free = new Map(starts.map((start) => [spelled(start), start]));
  const places: { record: OccurrenceRecord; originalStart: MeetingTime }[] = [];
  const take = (record: OccurrenceRecord, time: MeetingTime): boolean => {
    const originalStart = free.get(spelled(time));
    if (originalStart === undefined) return false;
    free.delete(spelled(time));
    places.push({ record, originalStart });
    return true;
  };
  const untold = records.filter(({ original }, index) => {
    const record = records[index] as OccurrenceRecord;
    return original === undefined || !take(record, original);
  });
  // One that lasts as the others do comes first: another may have been moved onto its place.
  const unlike = untold.filter(
    (record) => lengthOf(record.start, record.end) !== length || !take(record, record.start),
  );
  const shifted = unlike.filter((record) => !take(record, record.start));
  const left = [...free.values()];
  const extra = Math.max(0, shifted.length - left.length);
  const matched = nearestInOrder(shifted.slice(0, shifted.length - extra), left);
  return { places: [...places, ...matched], strays: shifted.slice(shifted.length - extra) };
}

/** Pairs each record with a start, both in order, so that they lie as near to each other as can be. */
function nearestInOrder(
  records: readonly OccurrenceRecord[],
  starts: readonly MeetingTime[],
): Folded['places'] {
  // best[i][j]: seconds apart, all in all, of the first i records paired within the first j starts.
  const best = records.map(() => new Array<number>(starts.length + 1).fill(Number.POSITIVE_INFINITY));
  const apart = (i: number, j: number): number => (i < 0 ? 0 : (best[i]?.[j] ?? Number.POSITIVE_INFINITY));
  for (const [i, record] of records.entries()) {
    for (const [j, start] of starts.entries()) {
      const paired = apart(i - 1, j) + secondsBetween(record.start, start);
      (best[i] as number[])[j + 1] = Math.min(apart(i, j), paired);
    }
  }
  const places: { record: OccurrenceRecord; originalStart: MeetingTime }[] = [];
  let j = starts.length;
  for (let i = records.length - 1; i >= 0; i -= 1) {
    while (j > 1 && apart(i, j - 1) <= apart(i, j)) j -= 1;
    j -= 1;
    places.unshift({ record: records[i] as OccurrenceRecord, originalStart: starts[j] as MeetingTime });
  }
  return places;
}

/** What most say; of several that are said as often, what is said first. */
function usual<Said extends string | null>(said: readonly Said[]): Said {
  const counts = new Map<Said, number>();
  for (const one of said) counts.set(one, (counts.get(one) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] as Said;
}

const dashed = (day: string): string => day.replace(/^(\d{4})-?(\d{2})-?(\d{2}).*$/, '$1-$2-$3');
