import { dayIn } from './day-in.ts';

it.each<readonly [string, string | number, string]>([
  ['Europe/Paris', '2026-11-23T23:30:00Z', '2026-11-24'],
  ['America/New_York', '2026-11-23T03:00:00Z', '2026-11-22'],
  ['UTC', 1_000.5, '1970-01-01'],
  ['UTC', -0.5, '1969-12-31'],
  ['UTC', '0900-06-01T12:00:00Z', '0900-06-01'],
  ['UTC', 253_402_300_800_000, '+010000-01-01'],
])('in %s %p is %s', (timeZone, moment, day) => {
  expect(dayIn(timeZone, moment)).toBe(day);
});

it.each([Number.NaN, 'tomorrow'])('%p is no moment', (moment) => {
  expect(() => dayIn('UTC', moment)).toThrow(RangeError);
});
