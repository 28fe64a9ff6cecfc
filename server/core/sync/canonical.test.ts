import fc from 'fast-check';
import type { FieldKind, FieldValue } from '../sync-object.ts';
import { canonical, sameValue } from './canonical.ts';

const KINDS: readonly FieldKind[] = [
  'text',
  'long-text',
  'email',
  'phone',
  'name',
  'company',
  'number',
  'boolean',
  'date',
  'birthday',
  'consent',
  'choice',
  'labels',
  'json',
];

const phones = fc.oneof(
  fc.stringMatching(/^[+0-9 ./()-]{0,20}$/),
  fc.constantFrom('06 12 34 56 78 poste 4', '+33 6 12 34 56 78;ext=4', '--', '1-800-FLOWERS'),
);
const values = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<FieldValue>,
  fc.record({ given: fc.string(), family: fc.string() }),
  fc.string({ unit: 'grapheme' }),
  phones,
);

describe('canonical', () => {
  it.each(KINDS)('is null for everything blank, as %s', (kind) => {
    for (const blank of ['', null, undefined, []]) expect(canonical(kind, blank, 'FR')).toBeNull();
    for (const blank of [' \r\n ', { given: '', family: ' ' }])
      expect(canonical(kind, blank, 'FR')).toBeNull();
  });

  it.each<[FieldKind, FieldValue, FieldValue]>([
    ['birthday', '1985-03-12', '03/12'],
    ['birthday', '1985-03-12T00:00:00Z', '03/12'],
    ['birthday', '3/9', '03/09'],
    ['birthday', ' 02/29 ', '02/29'],
    ['birthday', 'mars', 'mars'],
    ['email', ' Sophie.PETIT@Exemple.FR ', 'sophie.petit@exemple.fr'],
    ['phone', '06 12 34 56 78', '+33612345678'],
    ['phone', '+33 (0)6.12.34.56.78', '+33612345678'],
    ['phone', '+33 6 12 34 56 78;ext=12', '+33612345678;ext=12'],
    ['phone', '39 49', '3949'],
    ['phone', '06 12 poste 3', '0612poste3'],
    ['phone', '--', '--'],
    ['text', 'e\u0301te\u0301\r\nbis ', 'été\nbis'],
    [
      'name',
      { given: ' Marie  Claire ', family: 'Pe\u0301lissier' },
      { given: 'Marie Claire', family: 'Pélissier' },
    ],
    ['name', { given: 'Sophie', family: '' }, { given: '', family: 'Sophie' }],
    ['name', 'Marie Claire Pélissier', { given: 'Marie Claire', family: 'Pélissier' }],
    ['company', ' Boulangerie  Pélissier', 'Boulangerie Pélissier'],
    ['phone', 'İ', 'i'],
    ['number', '12.50', 12.5],
    ['number', -0, 0],
    ['number', '12345678901234567891', '12345678901234567891'],
    ['boolean', false, false],
    ['boolean', 'FALSE', false],
    ['consent', true, true],
    ['consent', false, null],
    ['date', '2026-11-24T10:00:00Z', '2026-11-24'],
    ['labels', ['b', ' a', 'b', ''], ['a', 'b']],
    ['json', { b: 1, a: [null, { d: null, c: 'e\u0301' }] }, { a: [null, { c: 'é' }], b: 1 }],
  ])('spells %s %j as %j', (kind, value, expected) => {
    expect(canonical(kind, value, 'FR')).toEqual(expected);
  });

  it('is its own canonical value, whatever the value and the kind', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        values,
        fc.constantFrom('FR', 'US', '', 'XX'),
        (kind, value, country) => {
          const once = canonical(kind, value, country);
          expect(canonical(kind, once, country)).toEqual(once);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('compares deeply, without regard to the order of members or to null ones', () => {
    expect(sameValue({ a: 1, b: [{ c: null }] }, { b: [{}], a: 1 })).toBe(true);
    expect(sameValue(['a', 'b'], ['b', 'a'])).toBe(false);
    expect(sameValue(null, undefined)).toBe(true);
    expect(sameValue(false, null)).toBe(false);
    expect(sameValue({}, [])).toBe(false);
  });
});

it('a code is the same in either case, a price in either number of decimals', () => {
  expect(canonical('code', ' Aff-A2', 'FR')).toBe(canonical('code', 'AFF-a2 ', 'FR'));
  expect(canonical('price', '23.90 EUR', 'FR')).toBe(canonical('price', '23.9 EUR', 'FR'));
  expect(canonical('price', '23.90 EUR', 'FR')).not.toBe(canonical('price', '23.90 USD', 'FR'));
  expect(canonical('price', 'on request', 'FR')).toBe('on request');
  expect(canonical('stock', '12.50', 'FR')).toBe(12.5);
});
