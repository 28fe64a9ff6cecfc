import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { invalid } from './refusal.ts';
import type { EventRow, EventTime } from './rows.ts';
import { isDay, isZone } from './time.ts';

const LINE = /^(RRULE|EXRULE|RDATE|EXDATE)[:;]/;
/** Series without an end are shown for so long when nobody bounds what is asked for. */
const SHOWN_YEARS = 2;
const MOST = 5_000;

/** Reads `recurrence[]`: RFC 5545 lines without DTSTART and DTEND. */
export function readRecurrence(sent: unknown, start: EventTime): string[] {
  if (sent === null || sent === undefined) return [];
  if (!Array.isArray(sent) || !sent.every((line) => typeof line === 'string'))
    throw invalid('Invalid recurrence rule.');
  for (const line of sent) if (!LINE.test(line)) throw invalid('Invalid recurrence rule.');
  if (sent.length > 0 && !sent.some((line) => line.startsWith('RRULE') || line.startsWith('RDATE')))
    throw invalid('Invalid recurrence rule.');
  try {
    for (const line of sent) if (/^(RRULE|EXRULE)/.test(line)) ruleOf(line, start);
  } catch {
    throw invalid('Invalid recurrence rule.');
  }
  return sent;
}

/** First moment of the series, in the zone that it is expanded in; days are moments of UTC. */
function anchorOf(start: EventTime): Temporal.ZonedDateTime {
  return isDay(start)
    ? Temporal.PlainDate.from(start.date).toZonedDateTime('UTC')
    : Temporal.Instant.from(start.at).toZonedDateTimeISO(isZone(start.timeZone) ? start.timeZone : 'UTC');
}

function ruleOf(line: string, start: EventTime): RRuleTemporal<Temporal.ZonedDateTime> {
  return new RRuleTemporal({
    rruleString: withUntil(line.replace(/^EXRULE/, 'RRULE'), start),
    dtstart: anchorOf(start),
    temporal: Temporal,
  });
}

/** A day that UNTIL names is the last one, a time without a zone is of the event's own clocks. */
function withUntil(line: string, start: EventTime): string {
  return line.replace(/UNTIL=(\d{8})(?:T(\d{6}))?(?=;|$)/i, (_, day: string, clock?: string) => {
    const [date, time] = [
      day.replace(/(....)(..)(..)/, '$1-$2-$3'),
      clock?.replace(/(..)(..)(..)/, '$1:$2:$3'),
    ];
    const at = Temporal.PlainDateTime.from(`${date}T${time ?? '23:59:59'}`).toZonedDateTime(
      anchorOf(start).timeZoneId,
    );
    return `UNTIL=${at.toInstant().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`;
  });
}

/** Original starts of a recurring event, in order; `until` bounds those of a series without an end. */
export function originalStarts(master: EventRow, until?: Temporal.Instant): EventTime[] {
  const anchor = anchorOf(master.start);
  const last = (until ?? anchor.add({ years: SHOWN_YEARS }).toInstant()).epochMilliseconds;
  const found = new Map<number, Temporal.ZonedDateTime>();
  const add = (at: Temporal.ZonedDateTime): void => void found.set(at.epochMilliseconds, at);
  // DTSTART counts as the first instance whether the rule names its day or not.
  add(anchor);
  for (const line of master.recurrence) {
    if (line.startsWith('RRULE')) for (const at of starts(line, master.start, last)) add(at);
    if (line.startsWith('RDATE')) for (const at of dates(line, anchor)) add(at);
  }
  for (const line of master.recurrence) {
    if (line.startsWith('EXRULE'))
      for (const at of starts(line, master.start, last)) found.delete(at.epochMilliseconds);
    if (line.startsWith('EXDATE')) for (const at of dates(line, anchor)) found.delete(at.epochMilliseconds);
  }
  return [...found.values()]
    .filter((at) => at.epochMilliseconds <= last)
    .sort((a, b) => a.epochMilliseconds - b.epochMilliseconds)
    .slice(0, MOST)
    .map((at) => timeOf(at, master.start));
}

function starts(line: string, start: EventTime, last: number): Temporal.ZonedDateTime[] {
  const all: Temporal.ZonedDateTime[] = [];
  ruleOf(line, start).all((at) => {
    if (at.epochMilliseconds > last || all.length >= MOST) return false;
    all.push(at);
    return true;
  });
  return all;
}

/** `EXDATE;TZID=Europe/Paris:20261012T100000`, `EXDATE:20261012T080000Z`, `EXDATE;VALUE=DATE:20261012`. */
function dates(line: string, anchor: Temporal.ZonedDateTime): Temporal.ZonedDateTime[] {
  const [head = '', values = ''] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)];
  const named = /TZID=(?:"([^"]+)"|([^;:]+))/.exec(head);
  const written = named?.[1] ?? named?.[2] ?? anchor.timeZoneId;
  // A zone that Google does not know is taken for UTC: https://github.com/derekantrican/GAS-ICS-Sync/issues/398
  const zone = isZone(written) ? written : 'UTC';
  return values.split(',').flatMap((value) => {
    const [, year, month, day, time, utc] = /^(\d{4})(\d{2})(\d{2})(?:T(\d{6})(Z)?)?$/.exec(value) ?? [];
    if (year === undefined) return [];
    const [hour, minute, second] = time === undefined ? [] : (time.match(/../g) ?? []);
    const clock = time === undefined ? anchor.toPlainTime().toString() : `${hour}:${minute}:${second}`;
    const wall = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${clock}`);
    return [wall.toZonedDateTime(utc ? 'UTC' : zone).withTimeZone(anchor.timeZoneId)];
  });
}

function timeOf(at: Temporal.ZonedDateTime, like: EventTime): EventTime {
  if (isDay(like)) return { date: at.toPlainDate().toString() };
  return { at: at.toInstant().toString({ smallestUnit: 'second' }), timeZone: like.timeZone };
}

/** `<id>_20261005T080000Z`, or `<id>_20261005` of an all-day series. */
export function instanceId(masterId: string, original: EventTime): string {
  const text = isDay(original) ? original.date : original.at;
  return `${masterId}_${text.replace(/[-:]/g, '')}`;
}
