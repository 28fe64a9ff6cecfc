import fc from 'fast-check';
import { fitText, type TextUnit } from './fit-text.ts';

const graphemesOf = (text: string) =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);

const measures: Record<TextUnit, (text: string) => number> = {
  'utf-16': (text) => text.length,
  'code-point': (text) => [...text].length,
  byte: (text) => Buffer.byteLength(text),
};

describe('a text fitted to a field', () => {
  it('stands as it is where it fits, to the last character', () => {
    expect(fitText('Maintenance', 11)).toBe('Maintenance');
    expect(fitText('', 0)).toBe('');
  });

  it('is cut visibly, without a space before the mark', () => {
    expect(fitText('Abonnement annuel', 12)).toBe('Abonnement…');
    expect(fitText('Abonnement annuel', 13)).toBe('Abonnement a…');
    expect(fitText('Abonnement', 1)).toBe('…');
    expect(fitText('Abonnement', 0)).toBe('');
  });

  it.each([
    ['an emoji of two units', 'ab😀cd', 4, 'ab…'],
    ['a family of four', 'a👨‍👩‍👧‍👦b', 6, 'a…'],
    ['a flag', 'a🇫🇷b', 4, 'a…'],
    ['a letter with its accent apart', 'Ele\u0301onore', 4, 'El…'],
  ])('never splits %s', (_name, text, limit, fitted) => {
    expect(fitText(text, limit)).toBe(fitted);
  });

  it('counts what the vendor counts', () => {
    expect(fitText('😀😀😀', 3, { unit: 'code-point' })).toBe('😀😀😀');
    expect(fitText('😀😀😀', 3)).toBe('😀…'.slice(0, 3));
    expect(fitText('été été', 8, { unit: 'byte' })).toBe('été…');
  });

  it('has no half of a surrogate pair', () => {
    expect(fitText('a\ud83d', 5)).toBe('a\ufffd');
  });

  it('is refused a limit that is none', () => {
    for (const limit of [-1, 1.5, Number.NaN]) expect(() => fitText('a', limit)).toThrow(RangeError);
  });

  it('is never too long, never half a letter, and marked exactly where it was cut', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc
        .array(fc.constantFrom('👨‍👩‍👧‍👦', '🇫🇷', 'e\u0301', '\ud83d', 'é', ' ', 'a'), { maxLength: 200 })
        .map((all) => all.join('')),
    );
    const units = fc.constantFrom<TextUnit>('utf-16', 'code-point', 'byte');
    fc.assert(
      fc.property(texts, fc.nat(250), units, (text, limit, unit) => {
        const fitted = fitText(text, limit, { unit });
        expect(measures[unit](fitted)).toBeLessThanOrEqual(limit);
        expect(fitted.isWellFormed()).toBe(true);
        const whole = text.toWellFormed();
        if (measures[unit](whole) <= limit) return expect(fitted).toBe(whole);
        if (fitted === '') return expect(limit).toBeLessThan(measures[unit]('…'));
        expect(fitted.endsWith('…')).toBe(true);
        const kept = fitted.slice(0, -1);
        const letters = graphemesOf(whole);
        const starts = letters.map((_, index) => letters.slice(0, index).join('').trimEnd());
        expect(starts).toContain(kept);
      }),
    );
  });
});
