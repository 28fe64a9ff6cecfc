import { isDay, type Meeting, type MeetingTime } from '../../core/calendar/meeting.ts';
import { originalStarts } from '../../core/calendar/occurrences.ts';
import { partsOf } from '../../core/calendar/rule.ts';
import { comparedTitle, neededTitle } from '../../core/calendar/untitled.ts';
import { dayAfter, dayOf, inZone, withOffset } from '../../core/calendar/zone-time.ts';
import { LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { FieldValues } from '../../core/sync-object.ts';
import { VENDOR } from './failures.ts';

/** No rule of the CRM answers our own writes. */
export const QUIETLY: [] = [];

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** Start and end as the CRM takes them, with the offset of the organisation's zone. */
export function timesValues(start: MeetingTime, end: MeetingTime, zone: string): Record<string, unknown> {
  if (isDay(start)) {
    const at = (date: string, clock: string): string => withOffset({ dateTime: `${date}T${clock}`, zone });
    return {
      All_day: true,
      Start_DateTime: at(start.date, '00:00:00'),
      End_DateTime: at(dayAfter(dayOf(end), -1), '23:59:59'),
    };
  }
  return { All_day: false, Start_DateTime: inOwnZone(start, zone), End_DateTime: inOwnZone(end, zone) };
}

const inOwnZone = (time: MeetingTime, zone: string): string =>
  isDay(time) ? withOffset({ dateTime: `${time.date}T00:00:00`, zone }) : withOffset(inZone(time, zone));

/**
 * A series' rule as the CRM takes it: days with dashes, the first one among them. The CRM repeats on its own
 * clocks, so that where a meeting falls on another day there, the days of the week move with it.
 *
 * @throws LiaisonError `rejected` where that cannot be said by a rule.
 */
export function ruleValue(meeting: Meeting, zone: string): string {
  const starts = originalStarts(meeting);
  const [first, last] = [starts[0] ?? meeting.start, starts.at(-1) ?? meeting.start];
  const shifts = new Set(starts.map((start) => shiftOf(start, zone)));
  const [shift = 0] = shifts;
  const {
    FREQ: frequency = '',
    INTERVAL: interval = '1',
    COUNT: _count,
    UNTIL: _until,
    DTSTART: _dtstart,
    ...others
  } = partsOf(meeting.recurrence?.lines[0] ?? '');
  const rest: Record<string, string> = { ...others };
  const isMovable = frequency === 'DAILY' || (frequency === 'WEEKLY' && !/\d/.test(rest.BYDAY ?? ''));
  if (shifts.size > 1 || (shift !== 0 && !isMovable)) throw refusal(OTHER_DAYS, 'schedule');
  if (rest.BYDAY !== undefined && shift !== 0) rest.BYDAY = shiftedDays(rest.BYDAY, shift);
  const parts = { FREQ: frequency, INTERVAL: interval, ...rest };
  const said = Object.entries(parts).map(([name, value]) => `${name}=${value}`);
  return [...said, `DTSTART=${ownDay(first, zone)}`, `UNTIL=${ownDay(last, zone)}`].join(';');
}

const ownDay = (time: MeetingTime, zone: string): string => dayOf(isDay(time) ? time : inZone(time, zone));

/** By how many days a time is another day on the organisation's clocks. */
function shiftOf(time: MeetingTime, zone: string): number {
  const [there, here] = [dayOf(time), ownDay(time, zone)];
  if (there === here) return 0;
  return there < here ? 1 : -1;
}

const shiftedDays = (days: string, shift: number): string =>
  days
    .split(',')
    .map((day) => WEEKDAYS[(WEEKDAYS.indexOf(day) + shift + 7) % 7])
    .join(',');

const OTHER_DAYS: Sentence = {
  en: 'On the CRM’s clocks this series falls on other days, which its way of repeating cannot say. It is left out.',
  fr: 'À l’heure du CRM cette série tombe d’autres jours, ce que sa répétition ne sait pas dire. Elle est écartée de la synchro.',
};

export function refusal(sentence: Sentence, field: string): LiaisonError {
  return new LiaisonError('rejected', { sentence, field });
}

/** Texts that are named; blank ones as null, which clears. @param locale of a title that stands in for none. */
export function textsValues(values: FieldValues, locale: string): Record<string, unknown> {
  const names = { title: 'Event_Title', location: 'Venue', description: 'Description' } as const;
  return Object.fromEntries(
    Object.entries(names).flatMap(([id, name]) => {
      const value = values[id];
      if (value === undefined) return [];
      const text = typeof value === 'string' && value !== '' ? value : null;
      return [[name, id === 'title' ? neededTitle(comparedTitle(text), locale) : text]];
    }),
  );
}

export const miscounted = (): LiaisonError =>
  new LiaisonError('unknown', {
    sentence: failureSentence('unknown', VENDOR),
    vendorMessage: 'The CRM answered for another number of meetings than it was sent.',
    mayHaveHappened: true,
  });
