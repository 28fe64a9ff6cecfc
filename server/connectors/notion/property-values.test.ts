import type { NotionProperty } from './data-sources.ts';
import { type GivenValue, propertyValue } from './property-values.ts';

const property = (type: string, more: Partial<NotionProperty> = {}): NotionProperty => ({
  ...{ id: 'AbCd', name: 'Propriété', type, options: [], isPercent: false, relatesTo: null },
  ...more,
});
const given = (value: unknown, more: Partial<GivenValue> = {}): GivenValue => ({
  value,
  text: value === null ? null : Array.isArray(value) ? value.join(', ') : String(value),
  isPercent: false,
  ...more,
});
const set = (of: NotionProperty, value: GivenValue) => propertyValue(of, value).set;
const left = (of: NotionProperty, value: GivenValue) => propertyValue(of, value).left?.en ?? null;

it.each([
  ['title', { title: [] }],
  ['rich_text', { rich_text: [] }],
  ['number', { number: null }],
  ['select', { select: null }],
  ['multi_select', { multi_select: [] }],
  ['status', { status: null }],
  ['date', { date: null }],
  ['people', { people: [] }],
  ['relation', { relation: [] }],
  ['url', { url: null }],
  ['email', { email: null }],
  ['phone_number', { phone_number: null }],
  ['checkbox', { checkbox: false }],
  ['files', { files: [] }],
])('a blank field clears a property of type %s', (type, cleared) => {
  expect(set(property(type), given(null))).toEqual(cleared);
});

describe('a number', () => {
  it('is one as it is, and of a percentage the hundredth of it', () => {
    expect(set(property('number'), given(12_500.5))).toEqual({ number: 12_500.5 });
    expect(set(property('number'), given('-3.5'))).toEqual({ number: -3.5 });
    expect(set(property('number', { isPercent: true }), given(90, { isPercent: true }))).toEqual({
      number: 0.9,
    });
    expect(set(property('number'), given(90, { isPercent: true }))).toEqual({ number: 90 });
  });
  it.each(['12 500', '4,5', 'douze', '4876876000033316267', true])('is not %s', (value) => {
    expect(left(property('number'), given(value))).toContain('takes a number');
  });
});

describe('an option', () => {
  const options = ['Négociation', 'Web'];
  it('is the one that is there, whatever its letters’ case, or a new one', () => {
    expect(set(property('select', { options }), given('négociation '))).toEqual({
      select: { name: 'Négociation' },
    });
    expect(set(property('select', { options }), given('Print'))).toEqual({ select: { name: 'Print' } });
  });
  it('with a comma is refused with its reason; of several the others are kept, each once', () => {
    expect(left(property('select'), given('Gagné, 2026'))).toContain('no comma');
    const verdict = propertyValue(
      property('multi_select', { options }),
      given(['web', 'Web', 'A, B', 'Neuf']),
    );
    expect(verdict.set).toEqual({ multi_select: [{ name: 'Web' }, { name: 'Neuf' }] });
    expect(verdict.left?.fr).toContain('virgule');
  });
  it('that is refused alone leaves what stands there', () => {
    expect(propertyValue(property('multi_select'), given(['A, B'])).set).toBeUndefined();
    expect(left(property('select'), given('x'.repeat(101)))).toContain('100 characters');
  });
  it('of a status is one that is there, or none', () => {
    expect(set(property('status', { options }), given('web'))).toEqual({ status: { name: 'Web' } });
    expect(left(property('status', { options }), given('Neuf'))).toContain('no status “Neuf”');
  });
});

it('a date is a day or a moment with its offset, and nothing that is neither', () => {
  for (const start of ['2026-12-24', '2026-12-24T10:00:00+01:00'])
    expect(set(property('date'), given(start))).toEqual({ date: { start } });
  for (const wrong of ['24/12/2026', '2026-13-45', 'demain', 20_261_224])
    expect(left(property('date'), given(wrong))).toContain('takes a date');
});

it('people and pages are the ids that were found, or are told of', () => {
  expect(set(property('people'), given('a@b.example', { ids: ['1'] }))).toEqual({ people: [{ id: '1' }] });
  expect(left(property('people'), given('a@b.example', { ids: [] }))).toContain('nobody');
  expect(left(property('relation'), given('Pélissier', { ids: [] }))).toContain('“Pélissier”');
});

it('files are addresses on the web, all of them', () => {
  const url = 'https://exemple.example/devis/devis-12.pdf';
  expect(set(property('files'), given(url))).toEqual({
    files: [{ type: 'external', name: 'devis-12.pdf', external: { url } }],
  });
  expect(left(property('files'), given(`${url} javascript:alert(1)`))).toContain('addresses of files');
});

it('what is too long for its property is left out, and never cut', () => {
  expect(left(property('email'), given(`${'a'.repeat(200)}@b.example`))).toContain('200 characters');
  expect(left(property('url'), given(`https://${'a'.repeat(2_000)}`))).toContain('2,000 characters');
  expect(left(property('rich_text'), given('x'.repeat(200_001)))).toContain('200,000 characters');
});

it('a property that Notion fills by itself is never written', () => {
  for (const type of ['formula', 'rollup', 'created_time', 'unique_id', 'verification'])
    expect(propertyValue(property(type), given('x'))).toMatchObject({
      left: { en: expect.stringContaining('by itself') },
    });
});
