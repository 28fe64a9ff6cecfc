import { canonical } from '../sync/canonical.ts';
import { meetingValues } from './fields.ts';
import { findings, type MeetingAbility } from './findings.ts';
import type { Meeting } from './meeting.ts';
import { occurrencesOf } from './occurrences.ts';
import { datesOf } from './rule.ts';
import { meetingsOf } from './same-meetings.ts';
import { scheduleValue } from './schedule.ts';
import { momentOf } from './zone-time.ts';
import { zoneNamed } from './zones.ts';

const meeting = (zone: string, from: string, ...lines: string[]): Meeting => ({
  title: 'Standup',
  description: null,
  location: null,
  start: { dateTime: from, zone },
  end: {
    dateTime: from.replace(/T(\d\d)/, (_, hour) => `T${String(Number(hour) + 1).padStart(2, '0')}`),
    zone,
  },
  participants: [],
  recurrence: {
    lines: lines.filter((line) => !line.startsWith('EXDATE')),
    exceptions: lines
      .filter((line) => line.startsWith('EXDATE'))
      .flatMap((line) => datesOf(line, { dateTime: from, zone }))
      .map((originalStart) => ({ originalStart, changes: null })),
  },
});

const moments = (one: Meeting): string[] =>
  occurrencesOf(one).flatMap(({ start, changes }) =>
    changes === null || 'date' in start ? [] : [momentOf(start)],
  );

const compared = (one: Meeting) => canonical('json', scheduleValue(one), 'FR');

describe('a zone is the one that its name means', () => {
  it.each([
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['US/Eastern', 'America/New_York'],
    ['"Europe/London"', 'Europe/London'],
    ['europe/paris', 'Europe/Paris'],
    ['Pacific Standard Time', 'America/Los_Angeles'],
    ['"W. Europe Standard Time"', 'Europe/Berlin'],
    ['romance standard time', 'Europe/Paris'],
    ['/freeassociation.sourceforge.net/Europe/London', 'Europe/London'],
    ['/example.org/20260101_1/America/Indiana/Knox', 'America/Indiana/Knox'],
    ['UTC', 'UTC'],
  ])('%s', (written, zone) => {
    const found = zoneNamed(written) ?? '';
    const at = (name: string) =>
      [1, 7].map((month) => momentOf({ dateTime: `2026-0${month}-10T10:00:00`, zone: name }));
    expect(at(found)).toEqual(at(zone));
  });

  it.each(['Mitteleuropäische Zeit', '(UTC+01:00) Amsterdam, Berlin', '', 'Nowhere/Town'])(
    'nobody knows “%s”',
    (written) => {
      expect(zoneNamed(written)).toBeNull();
    },
  );
});

describe('two series of the same meetings are one', () => {
  it.each([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['US/Eastern', 'America/New_York'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Europe/Brussels', 'Europe/Paris'],
    ['Africa/Lagos', 'Africa/Algiers'],
  ])('in %s and in %s', (left, right) => {
    const of = (zone: string) => meeting(zone, '2026-10-05T10:00:00', 'RRULE:FREQ=WEEKLY;COUNT=40');
    expect(compared(of(left))).toEqual(compared(of(right)));
    expect(compared(of(left))).not.toEqual(
      compared(meeting('Asia/Tokyo', '2026-10-05T10:00:00', 'RRULE:FREQ=WEEKLY;COUNT=40')),
    );
  });

  it('and of zones whose clocks part within the series are two', () => {
    const of = (zone: string, count: number) =>
      meeting(zone, '2026-10-05T10:00:00', `RRULE:FREQ=WEEKLY;COUNT=${count}`);
    // Johannesburg and Paris agree until the clocks of Paris change, on 25 October.
    expect(compared(of('Europe/Paris', 3))).toEqual(compared(of('Africa/Johannesburg', 3)));
    expect(compared(of('Europe/Paris', 4))).not.toEqual(compared(of('Africa/Johannesburg', 4)));
  });

  it('but for what one of their occurrences says', () => {
    const plain = meeting('Europe/Paris', '2026-10-05T10:00:00', 'RRULE:FREQ=WEEKLY;COUNT=3');
    const named: Meeting = {
      ...plain,
      recurrence: {
        lines: plain.recurrence?.lines ?? [],
        exceptions: [{ originalStart: plain.start, changes: { title: 'Autre' } }],
      },
    };
    expect(compared(named)).not.toEqual(compared(plain));
  });

  it('while single meetings, and series without an end, are compared as they stand', () => {
    expect(meetingsOf({ start: '2026-10-05T08:00:00Z', end: '2026-10-05T09:00:00Z' })).toBeNull();
    expect(
      meetingsOf(scheduleValue(meeting('Europe/Paris', '2026-10-05T10:00:00', 'RRULE:FREQ=WEEKLY'))),
    ).toBeNull();
    expect(meetingsOf({ start: 'x', end: 'y', rule: 'z' })).toBeNull();
  });
});

describe('an excluded date hits its occurrence in every spelling', () => {
  it.each([
    'EXDATE:20260609T080000Z',
    'EXDATE;TZID=Europe/London:20260609T090000',
    'EXDATE;TZID=America/New_York:20260609T040000',
    'EXDATE:20260609T090000',
    'EXDATE;VALUE=DATE:20260609',
    'EXDATE;TZID="Europe/London":20260609T090000',
    'EXDATE;TZID=GMT Standard Time:20260609T090000',
    'EXDATE;TZID="Eastern Standard Time":20260609T040000',
    'EXDATE;VALUE=DATE-TIME;TZID=/example.org/Europe/London:20260609T090000',
    'EXDATE;TZID=Europe/London:20260401T090000,20260609T0900\r\n 00',
  ])('%s', (line) => {
    const weekly = meeting('Europe/London', '2026-06-02T09:00:00', 'RRULE:FREQ=WEEKLY;COUNT=3', line);
    expect(moments(weekly)).toEqual(['2026-06-02T08:00:00Z', '2026-06-16T08:00:00Z']);
  });

  it.each(['20260616', '20260616T090000', '20260616T080000Z', '2026-06-16', '20260622t235959z'])(
    'and its last one is in it, as UNTIL=%s',
    (until) => {
      const line = `RRULE:FREQ=WEEKLY;UNTIL=${until}`;
      const weekly = meeting('Europe/London', '2026-06-02T09:00:00', line, 'EXDATE:20260609T080000Z');
      expect(moments(weekly)).toEqual(['2026-06-02T08:00:00Z', '2026-06-16T08:00:00Z']);
    },
  );

  it('and one of another moment hits nothing, and says nothing', () => {
    const of = (...more: string[]) =>
      meeting(
        'America/Los_Angeles',
        '2026-11-05T07:00:00',
        'RRULE:FREQ=WEEKLY;UNTIL=20261203T150000Z;BYDAY=TH',
        ...more,
      );
    const shifted = of('EXDATE;TZID=America/Los_Angeles:20261111T230000');
    expect(moments(shifted)).toContain('2026-11-12T15:00:00Z');
    expect(scheduleValue(shifted)).toEqual(scheduleValue(of()));
    expect(moments(of('EXDATE;TZID=Pacific Standard Time:20261112T070000'))).not.toContain(
      '2026-11-12T15:00:00Z',
    );
  });

  it('and one in a zone that nobody knows is no guess', () => {
    const start = { dateTime: '2026-06-02T09:00:00', zone: 'Europe/London' };
    expect(() => datesOf('EXDATE;TZID=Mitteleuropäische Zeit:20260609T090000', start)).toThrow(RangeError);
  });
});

describe('a series that begins on a day that its rule does not give', () => {
  const odd = meeting('Europe/Paris', '2026-12-01T10:00:00', 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3');

  it('takes place then, and as often as its count says besides', () => {
    expect(moments(odd)).toEqual(['01', '07', '14', '21'].map((day) => `2026-12-${day}T09:00:00Z`));
  });

  it('is told as one whose first occurrence was moved, which every side can hold', () => {
    expect(scheduleValue(odd)).toEqual({
      start: '2026-11-30T10:00:00',
      end: '2026-11-30T11:00:00',
      zone: 'Europe/Paris',
      rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261221',
      exceptions: [{ at: '2026-11-30T10:00:00', start: '2026-12-01T10:00:00', end: '2026-12-01T11:00:00' }],
    });
  });

  it.each([
    'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=5',
    'RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=TH;UNTIL=20270401',
    'RRULE:FREQ=MONTHLY;BYDAY=5MO;COUNT=4',
    'RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4',
    'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2',
    'RRULE:FREQ=DAILY;BYDAY=MO,WE;COUNT=1',
    'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3\nEXDATE;VALUE=DATE:20261201',
  ])('comes to the same meetings: %s', (text) => {
    const plain = meeting('Europe/Paris', '2026-12-01T10:00:00', ...text.split('\n'));
    const value = meetingValues(plain).schedule ?? null;
    expect((value as { start: string }).start < '2026-12-01T10:00:00').toBe(true);
    expect((canonical('json', value, 'FR') as { occurrences: number }).occurrences).toBe(
      moments(plain).length,
    );
  });
});

it('a side that repeats on its own clocks only takes a series of other clocks that agree throughout', () => {
  const own = {
    vendor: 'Tiroir',
    endlessSeries: false,
    mostOccurrences: 100,
    frequencies: ['WEEKLY'],
    ruleParts: [],
    foreignZones: false,
    severalRules: false,
    mostParticipants: 9,
    answers: false,
  } satisfies MeetingAbility;
  const of = (zone: string) =>
    findings(meeting(zone, '2026-10-05T10:00:00', 'RRULE:FREQ=WEEKLY;COUNT=9'), own, 'Europe/Paris');
  expect(of('Europe/Brussels')).toEqual([]);
  expect(of('America/New_York')).toHaveLength(1);
});
