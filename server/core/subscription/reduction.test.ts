import { endsBetween, holdsAt, reduced } from './reduction.ts';

const stays = { off: { percent: 25 }, endsAt: null, isOnce: false };
const MARCH = '2026-03-01T00:00:00.000Z';
const APRIL = '2026-04-01T00:00:00.000Z';

it('per cent are of each amount, and rounded by itself', () => {
  expect(reduced([2_490, 999, 0], stays)).toEqual([1_867, 749, 0]);
  expect(reduced([1_000], { off: { percent: 33.33 } })).toEqual([667]);
  expect(reduced([4_321], { off: { percent: 100 } })).toEqual([0]);
});

it('an amount is taken off in proportion, all of it and no more than there is', () => {
  const left = reduced([1_000, 2_000, 333], { off: { minor: 500 } });
  expect(left.reduce((sum, one) => sum + one, 0)).toBe(3_333 - 500);
  expect(left.every((one) => one >= 0)).toBe(true);
  expect(reduced([1_000, 200], { off: { minor: 5_000 } })).toEqual([0, 0]);
  expect(reduced([0, 0], { off: { minor: 500 } })).toEqual([0, 0]);
});

it('one that ends is not in a period that begins at its end; one for a single charge that stands is in the next', () => {
  const ends = { ...stays, endsAt: APRIL };
  expect([holdsAt(ends, MARCH), holdsAt(ends, APRIL)]).toEqual([true, false]);
  expect(endsBetween(ends, MARCH, APRIL)).toBe(true);
  expect(endsBetween(stays, MARCH, APRIL)).toBe(false);
  const once = { ...stays, isOnce: true };
  expect([holdsAt(once, APRIL), endsBetween(once, MARCH, APRIL)]).toEqual([true, false]);
});
