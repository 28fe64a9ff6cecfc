import { Temporal } from 'temporal-polyfill';
import { isDay, type MeetingException, type MeetingTime } from './meeting.ts';
import { isEndless, originalStarts, type Series, startsOf } from './occurrences.ts';
import { lineOf, partsOf, type RuleParts, untilOf } from './rule.ts';
import { after, compareTimes, dayOf, lengthOf, sameTime, spelled } from './zone-time.ts';

const UNITS: Readonly<Record<string, 'days' | 'weeks' | 'months' | 'years'>> = {
  DAILY: 'days',
  WEEKLY: 'weeks',
  MONTHLY: 'months',
  YEARLY: 'years',
};
/** How many periods back a date of the rule is looked for: a 29 February is eight years away at the most. */
const MOST_PERIODS = 8;

/**
 * The same meetings, told so that the rule gives each of them. A series may begin on a day that its own rule
 * does not give (a Tuesday, then every Monday): its first occurrence then is the one of the rule's date before,
 * moved to where it takes place. Series without an end or of several rules stay as they are.
 */
export function aligned(series: Series): Series {
  const { start, end, recurrence } = series;
  const [line, ...more] = recurrence?.lines ?? [];
  if (recurrence === null || line === undefined || more.length > 0 || isEndless(series)) return series;
  const { COUNT: _count, UNTIL: _until, DTSTART: _dtstart, ...rule } = partsOf(line);
  if (!Object.keys(rule).some((name) => name.startsWith('BY'))) return series;
  const [first] = startsOf(lineOf(rule), start, 1);
  if (first === undefined || sameTime(first, start)) return series;

  const starts = originalStarts(series);
  const last = starts.at(-1) ?? start;
  const before = dateBefore(rule, start);
  if (before === null) return series;
  const length = lengthOf(start, end);
  const zone = isDay(start) ? null : start.zone;
  const moved: Series = {
    start: before,
    end: after(before, length),
    recurrence: {
      lines: [lineOf({ ...rule, UNTIL: untilOf(dayOf(last), zone) })],
      exceptions: [
        movedFirst(recurrence.exceptions, start, before, after(start, length)),
        ...recurrence.exceptions.filter(({ originalStart }) => !sameTime(originalStart, start)),
      ],
    },
  };
  const same = originalStarts(moved).slice(1).map(spelled).join() === starts.slice(1).map(spelled).join();
  return same ? moved : series;
}

/** What became of the first occurrence, told of the date that now stands for it. */
function movedFirst(
  exceptions: readonly MeetingException[],
  start: MeetingTime,
  before: MeetingTime,
  end: MeetingTime,
): MeetingException {
  const own = exceptions.find(({ originalStart }) => sameTime(originalStart, start));
  const changes = own === undefined ? {} : own.changes;
  return { originalStart: before, changes: changes === null ? null : { start, end, ...changes } };
}

/** The last date of a rule before a start, in the rule's own step; null when none is near. */
function dateBefore(rule: RuleParts, start: MeetingTime): MeetingTime | null {
  const unit = UNITS[rule.FREQ ?? ''];
  const step = Number(rule.INTERVAL ?? 1);
  if (unit === undefined || !Number.isInteger(step) || step < 1) return null;
  for (let periods = 1; periods <= MOST_PERIODS; periods += 1) {
    const from = earlier(start, { [unit]: periods * step });
    const bound = lineOf({ ...rule, UNTIL: untilOf(dayOf(start), isDay(start) ? null : start.zone) });
    const found = startsOf(bound, from, 400).filter((one) => compareTimes(one, start) < 0);
    if (found.length > 0) return found.at(-1) ?? null;
  }
  return null;
}

function earlier(time: MeetingTime, by: Temporal.DurationLike): MeetingTime {
  if (isDay(time)) return { date: Temporal.PlainDate.from(time.date).subtract(by).toString() };
  const at = Temporal.PlainDateTime.from(time.dateTime).subtract(by);
  return { dateTime: at.toString({ smallestUnit: 'second' }), zone: time.zone };
}
