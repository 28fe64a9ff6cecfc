import { canonicalPhone } from './phone.ts';

/** One number in many spellings is one number, and two numbers are never one. */

describe('one number', () => {
  it.each([
    '+33 (0)6 12 34 56 78',
    '06.12.34.56.78',
    '06-12-34-56-78',
    '0033612345678',
    '00 33 6 12 34 56 78',
    '0033 (0)6 12 34 56 78',
    '0033 06 12 34 56 78',
    '+33 0 6 12 34 56 78',
    '+330612345678',
    '+33(0)612345678',
    '(+33) 6 12 34 56 78',
    'tel:+33612345678',
    'TEL: +33-6-12-34-56-78',
    '６１２３４５６７８',
    '０６ １２ ３４ ５６ ７８',
    '＋３３６１２３４５６７８',
    '٠٦١٢٣٤٥٦٧٨',
    '۰۶۱۲۳۴۵۶۷۸',
    '\u202a+33\u00a06\u00a012\u00a034\u00a056\u00a078\u202c',
    '612345678',
  ])('is the same in every spelling: %s', (text) => {
    expect(canonicalPhone(text, 'FR')).toBe('+33612345678');
  });

  it.each([
    ['+44 (0)20 7946 0018', '0044 20 7946 0018', 'GB'],
    ['+49 (0)30 123456', '030 123456', 'DE'],
    ['+1 (555) 555-5555', '555.555.5555', 'US'],
    ['+39 06 1234 5678', '06 1234 5678', 'IT'],
    // Two zeros lead abroad, as people write it everywhere.
    ['+33 6 12 34 56 78', '0033612345678', 'US'],
  ])('of another country too: %s is %s', (one, other, country) => {
    expect(canonicalPhone(one, country)).toBe(canonicalPhone(other, country));
  });

  it.each([
    ['+1 555-555-5555 ext. 5678', '+15555555555;5678'],
    ['+1 555-555-5555 x5678', '+15555555555,,5678#'],
    ['tel:+1-555-555-5555;ext=5678', '+1 (555) 555-5555 extension 5678'],
    ['01 23 45 67 89 poste 12', '+33 1 23 45 67 89 ext. 12'],
    ['01 23 45 67 89, poste 12', '01.23.45.67.89 (poste 12)'],
  ])('keeps its extension, however it is written: %s is %s', (one, other) => {
    expect(canonicalPhone(one, 'FR')).toBe(canonicalPhone(other, 'FR'));
    expect(canonicalPhone(one, 'FR')).toMatch(/;ext=\d+$/);
  });
});

it.each([
  ['01 23 45 67 89', '01 23 45 67 89 poste 12'],
  ['01 23 45 67 89 poste 12', '01 23 45 67 89 poste 13'],
  ['+15551234567', '+15551234567;5678'],
  ['801-520-4769', '801-520-4769 - noel cell'],
  ['+33 6 12 34 56 78', '+33 6 12 34 56 78 / 01 23 45 67 89'],
  ['3631', '3632'],
  ['+33 6 12 34 56 78', '+32 6 12 34 56 78'],
])('two are two: %s and %s', (one, other) => {
  expect(canonicalPhone(one, 'FR')).not.toBe(canonicalPhone(other, 'FR'));
});
