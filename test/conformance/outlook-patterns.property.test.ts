import fc from 'fast-check';
import { daysOf, type Recurrence } from '../../sandbox/microsoft-calendar/pattern.ts';
import {
  type PatternedRecurrence,
  patternedRecurrence,
  recurrenceSchema,
  ruleLine,
} from '../../server/connectors/families/microsoft/recurrence-pattern.ts';
import { originalStarts, startsOf } from '../../server/core/calendar/occurrences.ts';
import { dayOf } from '../../server/core/calendar/zone-time.ts';

/** The days of a pattern as its documentation gives them, which the simulator counts by itself, and those of the rule. */

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const day = fc.constantFrom(...DAYS);
const daysOfWeek = fc.uniqueArray(day, { minLength: 1, maxLength: 5 });
const index = fc.constantFrom('first', 'second', 'third', 'fourth', 'last');
const interval = fc.integer({ min: 1, max: 4 });
const month = fc.integer({ min: 1, max: 12 });
const dayOfMonth = fc.integer({ min: 1, max: 28 });
const pattern = fc.oneof(
  fc.record({ type: fc.constant('daily'), interval }),
  fc.record({ type: fc.constant('weekly'), interval, daysOfWeek, firstDayOfWeek: day }),
  fc.record({ type: fc.constant('absoluteMonthly'), interval, dayOfMonth }),
  fc.record({ type: fc.constant('relativeMonthly'), interval, daysOfWeek, index }),
  fc.record({ type: fc.constant('absoluteYearly'), interval, dayOfMonth, month }),
  fc.record({ type: fc.constant('relativeYearly'), interval, daysOfWeek, index, month }),
);
const from = fc
  .integer({ min: 0, max: 800 })
  .map((days) => new Date(Date.UTC(2027, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const count = fc.integer({ min: 1, max: 12 });

it('are the same, and the rule is the pattern again', () => {
  fc.assert(
    fc.property(pattern, from, count, (given, startDate, numberOfOccurrences) => {
      const range = { type: 'numbered', startDate, numberOfOccurrences } as const;
      const recurrence = recurrenceSchema.parse({ pattern: given, range });
      const unused = { daysOfWeek: [], firstDayOfWeek: 'sunday', dayOfMonth: 0, month: 0, index: 'first' };
      const told = {
        pattern: { ...unused, ...given },
        range: { ...range, endDate: '0001-01-01', recurrenceTimeZone: '' },
      } as unknown as Recurrence;
      const days = daysOf(told, '9999-12-31');
      const begun = { date: startDate };
      const line = ruleLine(recurrence as PatternedRecurrence, begun);
      if (line === null) throw new Error('The pattern has no rule.');
      const [start = begun] = startsOf(line, begun, 1);
      const series = { start, end: start, recurrence: { lines: [line], exceptions: [] } };
      expect(originalStarts(series).map(dayOf)).toEqual(days);
      const again = patternedRecurrence(line, start);
      expect(
        again &&
          daysOf(
            {
              ...told,
              pattern: { ...unused, ...again.pattern },
              range: { ...told.range, startDate: dayOf(start) },
            } as Recurrence,
            '9999-12-31',
          ),
      ).toEqual(days);
    }),
    { numRuns: process.env.LIAISON_TEST_SIZE === 'full' ? 5_000 : 60 },
  );
});
