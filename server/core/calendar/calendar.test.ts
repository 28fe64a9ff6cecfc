import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { meetingOf, meetingValues } from './fields.ts';
import { exclusionOf, findings, type MeetingAbility } from './findings.ts';
import { fold, type OccurrenceRecord } from './fold.ts';
import type { Meeting, MeetingException } from './meeting.ts';
import { occurrencesOf, originalStarts } from './occurrences.ts';
import { sameSchedule, scheduleValue } from './schedule.ts';
import { dayAfter, momentOf, spelled, timeOf, wallTime, withOffset } from './zone-time.ts';

const ZONES = ['Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'America/Sao_Paulo', 'Pacific/Apia'];

const series = (zone: string, rule: string, exceptions: readonly MeetingException[] = []): Meeting => ({
  title: 'Point',
  description: null,
  location: 'Lyon',
  start: { dateTime: '2026-10-05T10:00:00', zone },
  end: { dateTime: '2026-10-05T11:00:00', zone },
  participants: [],
  recurrence: { lines: [rule], exceptions },
});

const days = (rule: string, exceptions: readonly MeetingException[] = []): Meeting => ({
  ...series('UTC', rule, exceptions),
  start: { date: '2026-12-24' },
  end: { date: '2026-12-26' },
});

const moments = (meeting: Meeting): string[] =>
  occurrencesOf(meeting)
    .filter(({ changes }) => changes !== null)
    .map(({ start }) => ('date' in start ? start.date : momentOf(start)));

describe('wall times', () => {
  it.each(ZONES)('of %s are kept by every occurrence over a year of clock changes', (zone) => {
    const starts = originalStarts(series(zone, 'RRULE:FREQ=WEEKLY;COUNT=60'));
    expect(starts).toHaveLength(60);
    expect(starts.every((start) => spelled(start).endsWith('T10:00:00'))).toBe(true);
    // Mondays all: the 12 days between two of them would show elsewhere.
    const dates = starts.map((start) => spelled(start).slice(0, 10));
    expect(dates.every((date, index) => index === 0 || date === dayAfter(dates[index - 1] ?? '', 7))).toBe(
      true,
    );
  });

  it('become other moments when the clocks change', () => {
    const at = (day: string, zone: string): string => momentOf({ dateTime: `${day}T10:00:00`, zone });
    expect(at('2026-10-19', 'Europe/Paris')).toBe('2026-10-19T08:00:00Z');
    expect(at('2026-10-26', 'Europe/Paris')).toBe('2026-10-26T09:00:00Z');
    // Between the two changes New York is an hour nearer.
    expect(at('2026-10-26', 'America/New_York')).toBe('2026-10-26T14:00:00Z');
    expect(at('2026-11-02', 'America/New_York')).toBe('2026-11-02T15:00:00Z');
    expect(at('2026-10-26', 'Asia/Kolkata')).toBe('2026-10-26T04:30:00Z');
    expect(at('2026-10-26', 'Pacific/Apia')).toBe('2026-10-25T21:00:00Z');
    expect(withOffset({ dateTime: '2027-03-29T10:00:00', zone: 'Europe/Paris' })).toBe(
      '2027-03-29T10:00:00+02:00',
    );
  });

  it('and moments are each other’s inverse wherever clocks do not repeat an hour', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
        (zone, date) => {
          const moment = `${date.toISOString().slice(0, 19)}Z`;
          const wall = wallTime(moment, zone);
          const again = momentOf(wall);
          // In the hour that comes twice, the first of the two is meant.
          expect(again === moment || wallTime(again, zone).dateTime === wall.dateTime).toBe(true);
        },
      ),
    );
  });

  it('do not depend on where the server stands', () => {
    const script = `
      const { originalStarts } = await import(${JSON.stringify(join(import.meta.dirname, 'occurrences.ts'))});
      const { scheduleValue } = await import(${JSON.stringify(join(import.meta.dirname, 'schedule.ts'))});
      const made = [${JSON.stringify(series('Europe/Paris', 'RRULE:FREQ=WEEKLY;COUNT=30'))}, ${JSON.stringify(days('RRULE:FREQ=DAILY;COUNT=9'))}];
      process.stdout.write(JSON.stringify(made.map((one) => [originalStarts(one), scheduleValue(one)])));`;
    const told = ['Asia/Tokyo', 'Pacific/Apia', 'America/Sao_Paulo', 'UTC'].map((TZ) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      }),
    );
    expect(new Set(told).size).toBe(1);
    const [[starts]] = JSON.parse(told[0] ?? '') as [[{ dateTime: string }[]]];
    expect(starts.map(({ dateTime }) => dateTime.slice(11))).toEqual(Array(30).fill('10:00:00'));
  });
});

describe('a series', () => {
  it('of whole days never moves from its days', () => {
    const meeting = days('RRULE:FREQ=YEARLY;COUNT=3');
    expect(moments(meeting)).toEqual(['2026-12-24', '2027-12-24', '2028-12-24']);
    expect(occurrencesOf(meeting).map(({ end }) => spelled(end))).toEqual([
      '2026-12-26',
      '2027-12-26',
      '2028-12-26',
    ]);
  });

  it.each([
    ['a count', 'RRULE:FREQ=WEEKLY;COUNT=4', 4],
    ['a last day', 'RRULE:FREQ=WEEKLY;UNTIL=20261026', 4],
    ['a last moment', 'RRULE:FREQ=WEEKLY;UNTIL=20261026T090000Z', 4],
    ['a last moment just before an occurrence', 'RRULE:FREQ=WEEKLY;UNTIL=20261026T085959Z', 3],
    ['the last second of a day', 'RRULE:FREQ=WEEKLY;UNTIL=20261025T225959Z', 3],
    ['a day with dashes', 'RRULE:FREQ=WEEKLY;INTERVAL=1;DTSTART=2026-10-05;UNTIL=2026-10-26', 4],
  ])('ends by %s', (_name, rule, length) => {
    expect(originalStarts(series('Europe/Paris', rule))).toHaveLength(length);
  });

  it.each([
    ['WEEKLY', 'WEEKLY;BYDAY=MO;INTERVAL=1;WKST=SU'],
    ['WEEKLY;COUNT=4', 'WEEKLY;UNTIL=20261026T225959Z'],
    ['WEEKLY;BYDAY=WE,MO;COUNT=4', 'WEEKLY;UNTIL=20261014;BYDAY=MO,WE'],
    ['MONTHLY;COUNT=3', 'MONTHLY;BYMONTHDAY=5;UNTIL=20261205'],
    ['YEARLY;COUNT=2', 'YEARLY;BYMONTH=10;BYMONTHDAY=5;COUNT=2'],
  ])('that repeats %s is the one that repeats %s', (left, right) => {
    const of = (rule: string) => series('Europe/Paris', `RRULE:FREQ=${rule}`);
    expect(sameSchedule(of(left), of(right))).toBe(true);
  });

  it('has a fifth Monday only in months that have one', () => {
    expect(moments(series('Europe/Paris', 'RRULE:FREQ=MONTHLY;BYDAY=5MO;COUNT=3')).slice(1)).toEqual([
      '2026-11-30T09:00:00Z',
      '2027-03-29T08:00:00Z',
      '2027-05-31T08:00:00Z',
    ]);
  });

  it('keeps one moved and one cancelled occurrence as exceptions, and their value says so', () => {
    const zone = 'Europe/Paris';
    const at = (dateTime: string) => ({ dateTime, zone });
    const meeting = series(zone, 'RRULE:FREQ=WEEKLY;COUNT=5', [
      { originalStart: at('2026-10-26T10:00:00'), changes: null },
      {
        originalStart: at('2026-10-12T10:00:00'),
        changes: { start: at('2026-10-13T15:00:00'), end: at('2026-10-13T16:00:00') },
      },
      // Says nothing new.
      { originalStart: at('2026-10-19T10:00:00'), changes: { start: at('2026-10-19T10:00:00') } },
    ]);
    expect(moments(meeting)).toEqual([
      '2026-10-05T08:00:00Z',
      '2026-10-13T13:00:00Z',
      '2026-10-19T08:00:00Z',
      '2026-11-02T09:00:00Z',
    ]);
    expect(scheduleValue(meeting)).toEqual({
      start: '2026-10-05T10:00:00',
      end: '2026-10-05T11:00:00',
      zone,
      rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261102',
      exceptions: [
        { at: '2026-10-12T10:00:00', start: '2026-10-13T15:00:00', end: '2026-10-13T16:00:00' },
        { at: '2026-10-26T10:00:00', cancelled: true },
      ],
    });
  });
});

/** Any series that ends, with some occurrences moved, renamed or cancelled. */
const anySeries = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    whole: fc.boolean(),
    rule: fc.constantFrom(
      'FREQ=WEEKLY',
      'FREQ=WEEKLY;INTERVAL=2',
      'FREQ=WEEKLY;BYDAY=MO,TH',
      'FREQ=DAILY',
      'FREQ=MONTHLY',
      'FREQ=YEARLY',
    ),
    count: fc.integer({ min: 6, max: 40 }),
    changed: fc.uniqueArray(
      fc.record({ place: fc.nat(39), kind: fc.constantFrom('moved', 'named', 'gone') }),
      {
        selector: ({ place }) => place,
        maxLength: 2,
      },
    ),
  })
  .map(({ zone, whole, rule, count, changed }): Meeting => {
    const plain = whole ? days(`RRULE:${rule};COUNT=${count}`) : series(zone, `RRULE:${rule};COUNT=${count}`);
    const starts = originalStarts(plain);
    const exceptions = changed.flatMap(({ place, kind }): MeetingException[] => {
      // The first one anchors the series where nothing else says its first day.
      const originalStart = starts[place % starts.length];
      if (originalStart === undefined || place % starts.length === 0) return [];
      if (kind === 'gone') return [{ originalStart, changes: null }];
      if (kind === 'named') return [{ originalStart, changes: { title: 'Autre', location: null } }];
      const text = spelled(originalStart);
      const moved = (clock: string) =>
        timeOf(
          whole ? dayAfter(text, clock === '15' ? 1 : 2) : `${text.slice(0, 11)}${clock}:30:00`,
          whole ? null : zone,
        );
      return [{ originalStart, changes: { start: moved('15'), end: moved('17') } }];
    });
    return { ...plain, recurrence: { lines: plain.recurrence?.lines ?? [], exceptions } };
  });

const recordsOf = (meeting: Meeting): OccurrenceRecord[] =>
  occurrencesOf(meeting).flatMap(({ start, end, changes }, index) =>
    changes === null
      ? []
      : [
          {
            id: String(index),
            start,
            end,
            title: changes.title === undefined ? meeting.title : changes.title,
            description: meeting.description,
            location: changes.location === undefined ? meeting.location : changes.location,
            participants: [],
          },
        ],
  );

describe('records of single occurrences', () => {
  it('fold into the series that they were unfolded from', () => {
    fc.assert(
      fc.property(anySeries, (meeting) => {
        const rule = meeting.recurrence?.lines[0] ?? '';
        const zone = 'date' in meeting.start ? null : meeting.start.zone;
        const first = spelled(meeting.start).slice(0, 10);
        const folded = fold(`${rule};DTSTART=${first}`, zone, recordsOf(meeting));
        expect(folded.strays).toEqual([]);
        expect(folded.texts).toEqual({
          title: 'Point',
          description: null,
          location: 'Lyon',
          participants: [],
        });
        // Which of two shifted ones was which may be undecidable; when meetings take place never is.
        const times = (one: Meeting): string[] => moments(one).sort();
        expect(times({ ...meeting, ...folded.series })).toEqual(times(meeting));
        if ((meeting.recurrence?.exceptions.length ?? 0) < 2)
          expect(scheduleValue(folded.series)).toEqual(scheduleValue(meeting));
      }),
      { numRuns: process.env.LIAISON_TEST_SIZE === 'full' ? 1_000 : 100 },
    );
  });

  it('of which one too many stands there leave that one over', () => {
    const meeting = series('Europe/Paris', 'RRULE:FREQ=WEEKLY;COUNT=3');
    const [one, ...others] = recordsOf(meeting) as [OccurrenceRecord, ...OccurrenceRecord[]];
    const extra = { ...one, id: 'x', start: timeOf('2027-01-01T10:00:00', 'Europe/Paris') };
    const folded = fold('FREQ=WEEKLY;COUNT=3;DTSTART=2026-10-05', 'Europe/Paris', [one, ...others, extra]);
    expect(folded.strays.map(({ id }) => id)).toEqual(['x']);
  });
});

it('fields read back as the meeting that they were made of', () => {
  fc.assert(
    fc.property(anySeries, (meeting) => {
      const values = meetingValues(meeting);
      expect(meetingValues(meetingOf(values, 'Asia/Tokyo'))).toEqual(values);
    }),
  );
  const single: Meeting = { ...series('America/New_York', ''), recurrence: null };
  expect(meetingValues(single).schedule).toEqual({
    start: '2026-10-05T14:00:00Z',
    end: '2026-10-05T15:00:00Z',
  });
  expect(meetingOf(meetingValues(single), 'Europe/Paris').start).toEqual({
    dateTime: '2026-10-05T16:00:00',
    zone: 'Europe/Paris',
  });
});

describe('what a side cannot hold is told', () => {
  const records: MeetingAbility = {
    vendor: 'Tiroir',
    endlessSeries: false,
    mostOccurrences: 100,
    frequencies: ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'],
    ruleParts: ['BYDAY', 'BYMONTH', 'BYMONTHDAY'],
    foreignZones: false,
    severalRules: false,
    mostParticipants: 2,
    answers: false,
  };
  const told = (meeting: Meeting) => exclusionOf(findings(meeting, records, 'Europe/Paris'))?.fr ?? null;
  const paris = (...lines: string[]): Meeting => ({
    ...series('Europe/Paris', ''),
    recurrence: { lines, exceptions: [] },
  });

  it.each([
    ['a series without an end', paris('RRULE:FREQ=WEEKLY'), 'pas de fin'],
    ['a series that is too long', paris('RRULE:FREQ=DAILY;COUNT=101'), 'plus de 100'],
    ['two rules', paris('RRULE:FREQ=DAILY;COUNT=2', 'RDATE:20270101T100000'), 'plusieurs règles'],
    ['an odd rule', paris('RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1;COUNT=2'), 'BYSETPOS'],
    ['an odd frequency', paris('RRULE:FREQ=HOURLY;COUNT=2'), 'HOURLY'],
    ['another zone', series('America/New_York', 'RRULE:FREQ=WEEKLY;COUNT=2'), 'America/New_York'],
  ])('%s', (_name, meeting, word) => {
    expect(told(meeting)).toContain(word);
  });

  it('too many participants exclude, answers only stay behind', () => {
    const invited = (count: number): Meeting => ({
      ...paris('RRULE:FREQ=DAILY;COUNT=2'),
      participants: Array.from({ length: count }, (_, n) => ({
        email: `${n}@x.example`,
        name: null,
        status: 'accepted',
        organiser: false,
      })),
    });
    expect(told(invited(3))).toContain('au plus 2');
    expect(told(invited(2))).toBeNull();
    expect(findings(invited(2), records, 'Europe/Paris')).toEqual([
      expect.objectContaining({ excludes: false }),
    ]);
  });
});
