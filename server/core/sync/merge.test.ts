import type { FieldMapping } from './mapping.ts';
import { baseWithStored, mergePair } from './merge.ts';
import { field, rulesOf } from './testing/rules.ts';

const merge = (mapping: FieldMapping, base: [unknown, unknown] | null, left: unknown, right: unknown) =>
  mergePair(
    rulesOf([mapping]),
    base === null ? null : { f: { left: base[0], right: base[1] } as never },
    { f: left as never },
    { F: right as never },
  );
const f = (rest: Partial<FieldMapping> = {}) => field('f', 'text', rest);
const NOTHING = { toLeft: {}, toRight: {}, conflicts: [] };

describe('a linked field', () => {
  it('does nothing while neither side changed, even where the sides differ', () => {
    expect(merge(f(), ['a', 'b'], 'a ', 'b')).toEqual({ ...NOTHING, base: { f: { left: 'a', right: 'b' } } });
  });

  it('takes the one change to the other side, as it was written, whoever is master', () => {
    expect(merge(f(), ['a', 'a'], 'a', ' B ')).toEqual({
      ...NOTHING,
      toLeft: { f: ' B ' },
      base: { f: { left: 'B', right: 'B' } },
    });
    expect(merge(f({ master: 'right' }), ['a', 'a'], 'L', 'a').toRight).toEqual({ F: 'L' });
  });

  it('agrees without a write when both sides were changed to the same', () => {
    expect(merge(f(), ['a', 'a'], 'b', 'b ')).toEqual({ ...NOTHING, base: { f: { left: 'b', right: 'b' } } });
  });

  it('follows the master when both changed, and says what was lost', () => {
    expect(merge(f({ master: 'right' }), ['a', 'a'], 'L', 'R')).toEqual({
      toLeft: { f: 'R' },
      toRight: {},
      base: { f: { left: 'R', right: 'R' } },
      conflicts: [{ field: 'f', left: 'L', right: 'R', winner: 'right' }],
    });
  });

  it('lets its source win over an edit of its target when it is one-way, and says so', () => {
    expect(merge(f({ direction: 'to-right', master: 'left' }), ['a', 'a'], 'a', 'R')).toEqual({
      toLeft: {},
      toRight: { F: 'a' },
      base: { f: { left: 'a', right: 'a' } },
      conflicts: [{ field: 'f', left: 'a', right: 'R', winner: 'left' }],
    });
  });

  it('writes null for a cleared field when blanks clear', () => {
    const cleared = merge(f({ blank: 'clear' }), ['a', 'a'], '  ', 'a');
    expect(cleared).toMatchObject({ toRight: { F: null }, base: { f: { left: null, right: null } } });
  });

  it('leaves the other side alone when blanks are left, and does not come back to it', () => {
    const left = merge(f({ blank: 'leave' }), ['a', 'a'], '', 'a');
    expect(left).toEqual({ ...NOTHING, base: { f: { left: null, right: 'a' } } });
    expect(mergePair(rulesOf([f({ blank: 'leave' })]), left.base, { f: '' }, { F: 'a' })).toEqual(left);
    expect(merge(f({ blank: 'leave' }), [null, 'a'], '', 'b').toLeft).toEqual({ f: 'b' });
  });

  it('asks about a cleared field when blanks are asked about, and writes nothing until answered', () => {
    expect(merge(f({ blank: 'ask' }), ['a', 'a'], null, 'a')).toEqual({
      toLeft: {},
      toRight: {},
      base: { f: { left: 'a', right: 'a' } },
      conflicts: [{ field: 'f', left: null, right: 'a', winner: null }],
    });
  });
});

describe('a first meeting', () => {
  it('fills the side that is blank and clears nothing, whatever the blank policy', () => {
    for (const blank of ['clear', 'leave', 'ask'] as const) {
      expect(merge(f({ blank }), null, '', 'R')).toMatchObject({
        toLeft: { f: 'R' },
        toRight: {},
        conflicts: [],
      });
      expect(merge(f({ blank, direction: 'to-right' }), null, '', 'R')).toEqual({
        ...NOTHING,
        base: { f: { left: null, right: 'R' } },
      });
    }
  });

  it('follows the master, or the source of a one-way field, where both are filled in', () => {
    expect(merge(f(), null, 'L', 'R')).toMatchObject({
      toRight: { F: 'L' },
      conflicts: [{ winner: 'left' }],
    });
    const oneWay = merge(f({ direction: 'to-left', master: 'left' }), null, 'L', 'R');
    expect(oneWay).toMatchObject({ toLeft: { f: 'R' }, toRight: {}, conflicts: [{ winner: 'right' }] });
  });

  it('is what a field has that was added to the mapping of linked records', () => {
    const rules = rulesOf([f(), field('g')]);
    const base = { f: { left: 'a', right: 'a' }, old: { left: 'x', right: 'x' } };
    const { toLeft, base: after } = mergePair(rules, base, { f: 'a' }, { F: 'a', G: 'new' });
    expect(toLeft).toEqual({ g: 'new' });
    expect(Object.keys(after)).toEqual(['f', 'g']);
  });
});

describe('consent', () => {
  const consent = (rest: Partial<FieldMapping> = {}) => field('f', 'consent', rest);

  it('carries an opt-out to the other side, from whichever side, master or not', () => {
    expect(merge(consent(), [null, null], true, false)).toMatchObject({ toRight: { F: true }, toLeft: {} });
    expect(merge(consent(), [null, null], null, true)).toMatchObject({ toLeft: { f: true }, conflicts: [] });
  });

  it('turns a withdrawn opt-out back on while the other side still has it', () => {
    expect(merge(consent(), [true, true], false, true)).toMatchObject({ toLeft: { f: true }, toRight: {} });
  });

  it('lets go only when both sides did', () => {
    const base = { f: { left: null, right: null } };
    expect(merge(consent(), [true, true], false, null)).toEqual({ ...NOTHING, base });
  });

  it('is not written against its direction, nor undone on the side that has it', () => {
    expect(merge(consent({ direction: 'to-right' }), null, false, true)).toEqual({
      ...NOTHING,
      base: { f: { left: null, right: true } },
    });
  });
});

describe('what a vendor stored', () => {
  it('enters the base of its side in its own spelling, so that it is no change', () => {
    const rules = rulesOf([f()]);
    const { base } = mergePair(rules, { f: { left: 'a', right: 'a' } }, { f: 'too long' }, { F: 'a' });
    const settled = baseWithStored(rules, base, 'right', { F: 'too', other: 'x' });
    expect(settled).toEqual({ f: { left: 'too long', right: 'too' } });
    expect(mergePair(rules, settled, { f: 'too long' }, { F: 'too' })).toEqual({ ...NOTHING, base: settled });
  });
});
