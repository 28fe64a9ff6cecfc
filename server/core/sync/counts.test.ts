import { countOperations, sampleOf } from './counts.ts';
import type { Operation } from './plan.ts';
import { record } from './testing/rules.ts';

const pair = (rest: Partial<Extract<Operation, { kind: 'pair' }>>): Operation => ({
  kind: 'pair',
  linkId: 'l',
  matchedBy: null,
  leftId: 'a',
  rightId: 'x',
  toLeft: {},
  toRight: {},
  base: {},
  conflicts: [],
  ...rest,
});
const REASON = { en: 'why', fr: 'pourquoi' };
const conflict = (winner: 'left' | null) => ({ field: 'f', left: 1, right: 2, winner });

describe('a plan in numbers', () => {
  it('counts records, each under what would be done to it', () => {
    const operations: Operation[] = [
      pair({ toLeft: { f: 1, g: 2 }, toRight: { F: 1 }, conflicts: [conflict('left'), conflict('left')] }),
      pair({ linkId: null, matchedBy: ['f'] }),
      pair({ conflicts: [conflict(null)] }),
      { kind: 'create', side: 'right', from: 'b', values: {}, base: {} },
      { kind: 'remove', side: 'left', id: 'c', linkId: 'm' },
      { kind: 'unlink', linkId: 'n', stays: { side: 'left', id: 'd', excluded: REASON } },
      { kind: 'unlink', linkId: 'o', stays: null },
      { kind: 'exclude', code: 'ambiguous', side: 'right', id: 'z', reason: REASON },
    ];
    expect(countOperations(operations)).toEqual({
      left: { create: 0, update: 1, remove: 1 },
      right: { create: 1, update: 1, remove: 0 },
      matched: 1,
      conflicts: 1,
      asks: 1,
      excluded: 2,
      unlinked: 2,
    });
  });
});

describe('a sample', () => {
  const known = {
    left: record('left', 'a', { f: 'old', g: null }),
    right: record('right', 'x', { F: 'old' }),
  };
  const sample = (operation: Operation) => sampleOf(operation, (side) => known[side]);

  it('shows each field before and after, on the side that is written to', () => {
    expect(sample(pair({ toLeft: { f: 'new' }, toRight: { G: 'more' } }))).toEqual([
      { field: 'f', side: 'left', before: 'old', after: 'new' },
      { field: 'G', side: 'right', before: null, after: 'more' },
    ]);
    expect(sample({ kind: 'create', side: 'right', from: 'a', values: { F: 'v' }, base: {} })).toEqual([
      { field: 'F', side: 'right', before: null, after: 'v' },
    ]);
    expect(sample({ kind: 'remove', side: 'left', id: 'a', linkId: 'l' })).toEqual([
      { field: 'f', side: 'left', before: 'old', after: null },
    ]);
    expect(sample({ kind: 'exclude', code: 'ambiguous', side: 'left', id: 'a', reason: REASON })).toEqual([]);
  });
});
