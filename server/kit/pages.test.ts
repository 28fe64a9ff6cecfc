import { byLink, byOffset, byToken, byTotalPages, eachOf, type Page } from './pages.ts';

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

it('every page is asked for once, a short or empty one between others too', async () => {
  const pages: Record<string, Page<number, string>> = {
    first: { items: [1, 2], next: 'b' },
    b: { items: [], next: 'c' },
    c: { items: [3], next: null },
  };
  const asked: (string | null)[] = [];
  const page = async (place: string | null) => {
    asked.push(place);
    return pages[place ?? 'first'] as Page<number, string>;
  };
  expect(await all(eachOf(page, { most: 10 }))).toEqual([1, 2, 3]);
  expect(asked).toEqual([null, 'b', 'c']);
});

it('a list that does not end is left at its bound, or told of', async () => {
  const endless = async () => ({ items: ['x'], next: 'again' });
  expect(await all(eachOf(endless, { most: 3 }))).toEqual(['x', 'x', 'x']);
  const told = eachOf(endless, { most: 3, beyond: () => new Error('too much') });
  await expect(all(told)).rejects.toThrow('too much');
});

it.each([
  [byToken('t'), 't'],
  [byToken(''), null],
  [byToken(undefined), null],
  [byOffset(0, 100, 250), 100],
  [byOffset(200, 50, 250), null],
  // A total that shrinks while the list is read ends nothing too early, and an empty page ends it.
  [byOffset(100, 0, 250), null],
  [byTotalPages(1, new Headers({ 'x-pages': '3' }), 'x-pages'), 2],
  [byTotalPages(3, new Headers({ 'x-pages': '3' }), 'x-pages'), null],
  [byTotalPages(1, new Headers(), 'x-pages'), null],
])('where the next page begins: %j', (place, expected) => {
  expect(place).toBe(expected);
});

it.each([
  ['<https://a.example/x?page=2>; rel="next"', 'https://a.example/x?page=2'],
  ['<https://a.example/1>; rel="previous", <https://a.example/3>; rel="next"', 'https://a.example/3'],
  ['<https://a.example/3>; title="n"; rel=next, <https://a.example/9>; rel="last"', 'https://a.example/3'],
  ['<https://a.example/1>; rel="previous"', null],
  ['<https://a.example/1>; rel="nextish"', null],
  ['', null],
])('a link header names the next page: %s', (link, expected) => {
  expect(byLink(new Headers(link === '' ? {} : { link }))).toBe(expected);
});
