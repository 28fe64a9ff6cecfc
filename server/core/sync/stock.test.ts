import type { FieldDirection, SyncRules } from './mapping.ts';
import { mergePair } from './merge.ts';
import { stockAfter } from './stock.ts';

it.each([
  // now, there, there before: what is to be here.
  [9, 15, 10, 14],
  [8, 9, 10, 8],
  [9, 7, 10, 7],
  [-1, -3, 0, -3],
  [0.5, 1.3, 1, 0.8],
  [12, 11, 10, 11],
])('%d here, and %d there where there were %d, makes %d', (now, there, thereBefore, left) => {
  expect(stockAfter({ now, there, thereBefore })).toBe(left);
});

it('a number that is none decides nothing', () => {
  expect(stockAfter({ now: '9', there: 8, thereBefore: 9 })).toBeNull();
});

const rules = (direction: FieldDirection): SyncRules => ({
  fields: [{ left: 'count', right: 'stock', kind: 'stock', direction, master: 'right', blank: 'leave' }],
  matchBy: [],
  create: { left: false, right: false },
  remove: { left: 'keep', right: 'keep' },
  country: 'FR',
});
const base = (left: number, right: number) => ({ count: { left, right } });
const merge = (from: readonly [number, number] | null, left: number | null, right: number | null) => {
  const {
    toLeft,
    toRight,
    base: agreed,
  } = mergePair(rules('to-left'), from && base(...from), { count: left }, { stock: right });
  return { toLeft: toLeft.count, toRight: toRight.stock, agreed: agreed.count };
};

it('a first meeting takes the master’s number, and one that somebody does not count takes none', () => {
  expect(merge(null, 7, 5)).toEqual({ toLeft: 5, agreed: { left: 5, right: 5 } });
  expect(merge(null, null, 5)).toEqual({ agreed: { left: null, right: 5 } });
  expect(merge([7, 7], 7, null)).toEqual({ agreed: { left: 7, right: null } });
});

it('a sale of the shop is taken note of, and nothing is written for it before the master has it', () => {
  const sold = merge([10, 10], 9, 10);
  expect(sold).toEqual({ agreed: { left: 9, right: 10 } });
  expect(merge([9, 10], 9, 9)).toEqual({ agreed: { left: 9, right: 9 } });
});

it('what the master moved by is carried, and what was sold before and is not known there stays off sale', () => {
  expect(merge([10, 10], 10, 12).toLeft).toBe(12);
  expect(merge([8, 9], 8, 10)).toEqual({ toLeft: 9, agreed: { left: 9, right: 10 } });
  expect(merge([8, 10], 8, 9)).toEqual({ agreed: { left: 8, right: 9 } });
});

it('a shop that has more than the master is brought down to it when that moves', () => {
  expect(merge([12, 10], 12, 11).toLeft).toBe(11);
  expect(merge([12, 10], 12, 9).toLeft).toBe(9);
});

it('what begins to be counted begins with the master’s number', () => {
  const { toLeft } = mergePair(
    rules('to-left'),
    { count: { left: null, right: 5 } },
    { count: 0 },
    { stock: 6 },
  );
  expect(toLeft.count).toBe(6);
});

it('both at once: nothing that was sold is put back on sale', () => {
  expect(merge([10, 10], 8, 9)).toEqual({ agreed: { left: 8, right: 9 } });
  expect(merge([10, 10], 9, 15)).toEqual({ toLeft: 14, agreed: { left: 14, right: 15 } });
});
