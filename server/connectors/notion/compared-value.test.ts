import { compared } from './compared-value.ts';

const read = (content: string) => ({ type: 'text', text: { content, link: null }, plain_text: content });

it.each<readonly [string, object, object]>([
  [
    'a title in other pieces',
    { title: [{ text: { content: 'Refonte' } }] },
    { id: 'title', type: 'title', title: [read('Ref'), read('onte')] },
  ],
  ['a blank text', { rich_text: [] }, { type: 'rich_text', rich_text: [] }],
  [
    'an option with its colour',
    { select: { name: 'A' } },
    { type: 'select', select: { id: 'x', name: 'A', color: 'red' } },
  ],
  [
    'options in another order',
    { multi_select: [{ name: 'B' }, { name: 'A' }] },
    {
      multi_select: [
        { id: '1', name: 'A' },
        { id: '2', name: 'B' },
      ],
    },
  ],
  [
    'a moment in another zone',
    { date: { start: '2026-12-24T10:00:00+01:00' } },
    { date: { start: '2026-12-24T09:00:00.000Z', end: null, time_zone: null } },
  ],
  ['a day', { date: { start: '2026-12-24' } }, { date: { start: '2026-12-24', end: null } }],
  ['nobody', { people: [] }, { people: [] }],
  ['a person', { people: [{ id: '1' }] }, { people: [{ object: 'user', id: '1', name: 'X' }] }],
  ['a number', { number: 0.9 }, { type: 'number', number: 0.9 }],
  [
    'a file',
    { files: [{ type: 'external', name: 'a', external: { url: 'https://x.example/a' } }] },
    { files: [{ name: 'b', type: 'external', external: { url: 'https://x.example/a' } }] },
  ],
])('%s is the same, written and read', (_what, written, answered) => {
  expect(compared(written)).not.toBeNull();
  expect(compared(answered)).toBe(compared(written));
});

it.each<readonly [string, object, object]>([
  ['another day', { date: { start: '2026-12-24' } }, { date: { start: '2026-12-25' } }],
  ['a day and its midnight', { date: { start: '2026-12-24' } }, { date: { start: '2026-12-24T00:00:00Z' } }],
  ['nothing and 0', { number: null }, { number: 0 }],
  [
    'one option of two',
    { multi_select: [{ name: 'A, B' }] },
    { multi_select: [{ name: 'A' }, { name: 'B' }] },
  ],
  ['a text and an address', { rich_text: [{ text: { content: 'x' } }] }, { url: 'x' }],
])('%s is not', (_what, one, other) => {
  expect(compared(one)).not.toBe(compared(other));
});

it('what is not written is compared with nothing', () => {
  expect([compared({ formula: { number: 1 } }), compared(null)]).toEqual([null, null]);
});
