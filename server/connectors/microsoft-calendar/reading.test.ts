import fc from 'fast-check';
import { scheduleValue } from '../../core/calendar/schedule.ts';
import { htmlOf, textOf } from './body-text.ts';
import type { GraphEvent } from './shapes.ts';
import { dayIn, dayOfMoment } from './times.ts';
import { placesOf, readingsOf, withPlaces } from './to-meeting.ts';

const utc = (dateTime: string) => ({ dateTime: `${dateTime}.0000000`, timeZone: 'UTC' });
const weekly = (range: object, day = 'tuesday') => ({
  pattern: {
    type: 'weekly',
    interval: 1,
    month: 0,
    dayOfMonth: 0,
    daysOfWeek: [day],
    firstDayOfWeek: 'sunday',
    index: 'first',
  },
  range: { endDate: '0001-01-01', numberOfOccurrences: 0, ...range },
});

describe('the day that a time of whole days means', () => {
  it.each([
    ['midnight of its own', '2026-07-06T00:00:00', 'UTC', 'Europe/Paris', '2026-07-06'],
    ['midnight of Paris, told in UTC', '2026-07-05T22:00:00', 'UTC', 'Europe/Paris', '2026-07-06'],
    ['midnight of Tokyo, told in UTC', '2026-07-05T15:00:00', 'UTC', 'Asia/Tokyo', '2026-07-06'],
    ['midnight of New York, told in UTC', '2026-07-06T04:00:00', 'UTC', 'America/New_York', '2026-07-06'],
    ['midnight by a clock that nobody names', '2026-07-05T22:00:00', 'UTC', 'UTC', '2026-07-06'],
    ['midnight by another one, to the west', '2026-07-06T05:00:00', 'UTC', 'UTC', '2026-07-06'],
  ])('%s', (_, dateTime, timeZone, entered, day) => {
    expect(dayIn({ dateTime, timeZone }, entered)).toBe(day);
  });

  it('is the same of a moment with its offset', () => {
    expect(dayOfMoment('2026-07-06T00:00:00+02:00', 'Europe/Paris')).toBe('2026-07-06');
  });
});

describe('a series', () => {
  const series = (more: Partial<GraphEvent>): GraphEvent => ({
    id: 'm',
    type: 'seriesMaster',
    subject: 'Point',
    start: utc('2026-03-24T19:00:00'),
    end: utc('2026-03-24T20:00:00'),
    originalStartTimeZone: 'Eastern Standard Time',
    recurrence: weekly({
      type: 'endDate',
      startDate: '2026-03-24',
      endDate: '2026-05-19',
      recurrenceTimeZone: '',
    }),
    ...more,
  });

  it('ends on the day that it says, in the zone in which it was entered', () => {
    const [reading] = readingsOf(series({}));
    expect(reading && scheduleValue(reading)).toEqual({
      start: '2026-03-24T15:00:00',
      end: '2026-03-24T16:00:00',
      zone: 'America/New_York',
      rule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20260519',
    });
  });

  it.each(['2026-04-07T19:00:00Z', '2026-04-07T15:00:00-04:00', '2026-04-07T19:00:00'])(
    'knows a moved date by its original, %s',
    (originalStart) => {
      const [reading] = readingsOf(series({}));
      if (reading === undefined) throw new Error('not read');
      const exception: GraphEvent = {
        id: 'e',
        type: 'exception',
        subject: 'Point',
        originalStart,
        start: utc('2026-04-08T13:00:00'),
        end: utc('2026-04-08T14:00:00'),
        recurrence: null,
      };
      const places = placesOf(reading, [exception], new Map([['e', exception]]));
      expect(places.map(({ originalStart: at }) => at)).toEqual([
        { dateTime: '2026-04-07T15:00:00', zone: 'America/New_York' },
      ]);
      // What no occurrence stands for was deleted.
      const told = withPlaces(reading, places, { declinedMeetings: false, privateMeetings: false }).recurrence
        ?.exceptions;
      expect(told?.filter(({ changes }) => changes === null)).toHaveLength(8);
    },
  );

  it('whose occurrences stand elsewhere than its pattern has them was not read rightly', () => {
    const [reading] = readingsOf(series({}));
    const stray = {
      id: 'o',
      type: 'occurrence',
      start: utc('2026-03-25T19:00:00'),
      end: utc('2026-03-25T20:00:00'),
    };
    expect(() => reading && placesOf(reading, [stray], new Map())).toThrow(RangeError);
    expect(() => reading && placesOf(reading, [], new Map())).toThrow(RangeError);
  });

  it('may be read in either zone that it names; one that nobody knows is not guessed', () => {
    const both = readingsOf(
      series({
        recurrence: weekly({
          type: 'noEnd',
          startDate: '2026-03-24',
          recurrenceTimeZone: 'Romance Standard Time',
        }),
      }),
    );
    expect(both.map(({ start }) => ('zone' in start ? start.zone : null))).toEqual([
      'Europe/Paris',
      'America/New_York',
    ]);
    const custom = series({
      originalStartTimeZone: 'tzone://Microsoft/Custom',
      recurrence: weekly({
        type: 'noEnd',
        startDate: '2018-06-25',
        recurrenceTimeZone: 'Customized Time Zone',
      }),
    });
    expect(() => readingsOf(custom)).toThrow('Customized Time Zone');
  });

  it('of whole days has the day of its pattern, whatever its times say', () => {
    const [reading] = readingsOf(
      series({
        isAllDay: true,
        start: utc('2026-03-22T23:00:00'),
        end: utc('2026-03-23T23:00:00'),
        originalStartTimeZone: 'Romance Standard Time',
        recurrence: weekly({ type: 'numbered', startDate: '2026-03-23', numberOfOccurrences: 2 }, 'monday'),
      }),
    );
    expect(reading && scheduleValue(reading)).toEqual({
      start: '2026-03-23',
      end: '2026-03-24',
      rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20260330',
    });
  });
});

describe('a description', () => {
  it('that was laid out here comes back as it was, whatever stands in it', () => {
    const line = fc.string({ maxLength: 12 }).map((text) => text.replace(/[\s\u00a0]+/g, ' ').trim());
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const text = lines.join('\n').replace(/^\n+/, '').trimEnd();
        expect(textOf({ contentType: 'html', content: htmlOf(text) })).toBe(text || null);
      }),
      { numRuns: 200 },
    );
  });

  it('is what people read of it', () => {
    const content =
      '<html><head><style>p{margin:0}</style></head><body><p>Un&nbsp;: <b>deux</b></p>\r\n<p>trois &amp; quatre</p><!-- x --></body></html>';
    expect(textOf({ contentType: 'html', content })).toBe('Un : deux\ntrois & quatre');
    expect(textOf({ contentType: 'html', content: '<html><body><div></div></body></html>' })).toBeNull();
  });
});
