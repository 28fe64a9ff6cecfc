import type { MeetingTime } from '../../../core/calendar/meeting.ts';
import { type Pattern, patternedRecurrence, recurrenceSchema, ruleLine } from './recurrence-pattern.ts';

const START: MeetingTime = { dateTime: '2026-11-30T10:00:00', zone: 'Europe/Paris' };
const noEnd = { type: 'noEnd', startDate: '2026-11-30' } as const;

const HELD: readonly (readonly [string, Pattern])[] = [
  ['RRULE:FREQ=DAILY', { type: 'daily', interval: 1 }],
  ['RRULE:FREQ=DAILY;INTERVAL=3', { type: 'daily', interval: 3 }],
  [
    'RRULE:FREQ=WEEKLY;BYDAY=MO,FR',
    { type: 'weekly', interval: 1, daysOfWeek: ['monday', 'friday'], firstDayOfWeek: 'monday' },
  ],
  [
    'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU',
    { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'sunday'], firstDayOfWeek: 'sunday' },
  ],
  ['RRULE:FREQ=MONTHLY;BYMONTHDAY=28', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 28 }],
  [
    'RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR',
    { type: 'relativeMonthly', interval: 2, daysOfWeek: ['friday'], index: 'last' },
  ],
  [
    // The first working day, and not each first one.
    'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1',
    {
      type: 'relativeMonthly',
      interval: 1,
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      index: 'first',
    },
  ],
  [
    'RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31',
    { type: 'absoluteYearly', interval: 1, month: 12, dayOfMonth: 31 },
  ],
  [
    'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=3TH',
    { type: 'relativeYearly', interval: 1, month: 5, daysOfWeek: ['thursday'], index: 'third' },
  ],
];

it.each(HELD)('%s is Outlook’s pattern, and back', (line, pattern) => {
  expect(patternedRecurrence(line, START)).toEqual({ pattern, range: noEnd });
  expect(ruleLine({ pattern, range: noEnd }, START)).toBe(line);
});

it.each([
  'RRULE:FREQ=HOURLY',
  'RRULE:FREQ=MONTHLY;BYMONTHDAY=31',
  'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1',
  'RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15',
  'RRULE:FREQ=MONTHLY;BYDAY=MO',
  'RRULE:FREQ=MONTHLY;BYDAY=5MO',
  'RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO',
  'RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-2',
  'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
  'RRULE:FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=1',
  'RRULE:FREQ=YEARLY;BYWEEKNO=20',
  'RRULE:FREQ=DAILY;BYDAY=MO,TU',
  'RRULE:FREQ=WEEKLY;BYDAY=MO;BYMONTH=3',
  'RRULE:FREQ=DAILY;INTERVAL=0',
])('%s is none of Outlook’s, and is told so', (line) => {
  expect(patternedRecurrence(line, START)).toBeNull();
});

it('understands what a rule leaves to its start', () => {
  expect(patternedRecurrence('RRULE:FREQ=WEEKLY', START)?.pattern).toMatchObject({ daysOfWeek: ['monday'] });
  expect(patternedRecurrence('RRULE:FREQ=MONTHLY', START)).toBeNull();
  const first: MeetingTime = { date: '2026-11-15' };
  expect(patternedRecurrence('RRULE:FREQ=YEARLY', first)?.pattern).toEqual({
    type: 'absoluteYearly',
    interval: 1,
    month: 11,
    dayOfMonth: 15,
  });
});

it('ends with the day on which it may still take place, by the clocks of the series', () => {
  const tokyo: MeetingTime = { dateTime: '2026-05-19T08:00:00', zone: 'Asia/Tokyo' };
  const until = (line: string, start: MeetingTime) =>
    patternedRecurrence(`RRULE:FREQ=DAILY;${line}`, start)?.range;
  // Eight o’clock in Tokyo is the evening before by UTC.
  expect(until('UNTIL=20260530T230000Z', tokyo)).toMatchObject({ endDate: '2026-05-31' });
  expect(until('UNTIL=20260530T225959Z', tokyo)).toMatchObject({ endDate: '2026-05-30' });
  expect(until('UNTIL=20260531', { date: '2026-05-19' })).toMatchObject({ endDate: '2026-05-31' });
  expect(until('COUNT=5', tokyo)).toEqual({
    type: 'numbered',
    startDate: '2026-05-19',
    numberOfOccurrences: 5,
  });
  for (const start of [tokyo, START]) {
    const range = { type: 'endDate', startDate: start.dateTime.slice(0, 10), endDate: '2026-12-24' } as const;
    const line = ruleLine({ pattern: { type: 'daily', interval: 1 }, range }, start) ?? '';
    expect(patternedRecurrence(line, start)?.range).toEqual(range);
  }
});

it('reads what Outlook says beside, and believes nothing of it', () => {
  // https://github.com/MicrosoftDocs/azure-docs/issues/39454
  const read = recurrenceSchema.parse({
    pattern: {
      type: 'weekly',
      interval: 1,
      month: 0,
      dayOfMonth: 0,
      daysOfWeek: ['monday'],
      firstDayOfWeek: 'sunday',
      index: 'first',
    },
    range: {
      type: 'noEnd',
      startDate: '2018-06-25',
      endDate: '0001-01-01',
      recurrenceTimeZone: 'Customized Time Zone',
      numberOfOccurrences: 0,
    },
  });
  expect(ruleLine(read, START)).toBe('RRULE:FREQ=WEEKLY;BYDAY=MO');
  expect(Object.keys(read.pattern).sort()).toEqual(['daysOfWeek', 'firstDayOfWeek', 'interval', 'type']);
  for (const pattern of [
    { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
    { type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 },
  ] as const)
    expect(ruleLine({ pattern, range: noEnd }, START)).toBeNull();
});
