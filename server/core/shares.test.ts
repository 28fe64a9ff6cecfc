import { sharesOf } from './shares.ts';

describe('a whole number in shares', () => {
  it('adds up to itself, whatever is lost by rounding', () => {
    expect(sharesOf(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(sharesOf(17_925, [120, 105.5])).toEqual([9_539, 8_386]);
    expect(sharesOf(1, [5, 5])).toEqual([1, 0]);
    for (let whole = 0; whole < 200; whole += 7) {
      const parts = sharesOf(whole, [3, 20, 5.5, 0.1]);
      expect(parts.reduce((all, part) => all + part, 0)).toBe(whole);
      expect(parts.every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true);
    }
  });

  it('goes to the first one where nothing weighs anything', () => {
    expect(sharesOf(50, [0, 0])).toEqual([50, 0]);
    expect(sharesOf(50, [])).toEqual([]);
  });
});
