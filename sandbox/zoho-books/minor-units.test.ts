import { decimalOf, fromMinor, percentageOf, product, toMinor, tooPrecise } from './minor-units.ts';

describe('amounts in smallest units', () => {
  it('reads a number by its digits, never through binary fractions', () => {
    expect(toMinor(1.005, 2)).toBe(101);
    expect(toMinor(0.1 + 0.2, 2)).toBe(30);
    expect(toMinor('12500.00', 2)).toBe(1_250_000);
    expect(toMinor(4.321, 3)).toBe(4321);
    expect(toMinor(1e21, 0)).toBe(1e21);
    expect(toMinor(1e-7, 2)).toBe(0);
  });

  it('knows no number in text that is none', () => {
    for (const text of ['', 'douze', '1,5', '0x10', '1e9999', null, Number.NaN, {}]) {
      expect(decimalOf(text)).toBeNull();
    }
  });

  it('goes there and back for every precision', () => {
    for (const [minor, precision] of [
      [49_900, 0],
      [1_250_001, 2],
      [4321, 3],
      [-5, 2],
    ] as const) {
      expect(toMinor(fromMinor(minor, precision), precision)).toBe(minor);
    }
  });

  it('rounds a product once, half away from zero', () => {
    expect(product(decimalOf(0.335)!, decimalOf(3)!, 2)).toBe(101);
    expect(product(decimalOf(-0.335)!, decimalOf(3)!, 2)).toBe(-101);
    expect(percentageOf(12_345, 5.5)).toBe(679);
    expect(percentageOf(-10, 5)).toBe(-1);
  });

  it('sees decimals that a currency does not have', () => {
    expect(tooPrecise(100.5, 0)).toBe(true);
    expect(tooPrecise('100.00', 0)).toBe(false);
    expect(tooPrecise(1.2345, 3)).toBe(true);
  });
});
