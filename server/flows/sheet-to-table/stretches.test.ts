import fc from 'fast-check';
import { joinStretches, rowAt, rowsOutside, type Stretches, stretchesOf } from './stretches.ts';

const rows = fc.uniqueArray(fc.integer({ min: 2, max: 40 })).map((all) => all.toSorted((a, b) => a - b));
const rowsOf = (stretches: Stretches): number[] =>
  stretches.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));

it('stretches stand for their rows, and a line of a file is found again by them', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const stretches = stretchesOf(all);
      expect(rowsOf(stretches)).toEqual(all);
      expect([...all, null]).toEqual([...all, 0].map((_row, line) => rowAt(stretches, line)));
    }),
  );
});

it('are joined and taken from one another as their rows are, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(rows), fc.array(rows), (some, others) => {
      const all = some.flatMap(stretchesOf);
      const inside = others.flatMap(stretchesOf);
      const union = [...new Set(some.flat())].toSorted((a, b) => a - b);
      expect(rowsOf(joinStretches(all))).toEqual(union);
      expect(rowsOutside(all, inside)).toEqual(union.filter((row) => !others.flat().includes(row)));
    }),
  );
});
