import { emptied } from './emptied.ts';

const answer = (body: string, status = 200) => ({ status, headers: {}, body: Buffer.from(body) });
const made = (body: object): unknown => JSON.parse(emptied(answer(JSON.stringify(body))).toString());

test('lists are empty, counts zero, and nothing more is to come', () => {
  expect(made({ connections: [{}, {}], totalItems: 2, nextPageToken: 'x', nextSyncToken: 'y' })).toEqual({
    connections: [],
    totalItems: 0,
    nextSyncToken: 'y',
  });
  expect(made({ data: [1], info: { more_records: true, count: 1, next_page_token: 't', page: 1 } })).toEqual({
    data: [],
    info: { more_records: false, count: 0, page: 1 },
  });
  expect(made({ members: [1], total_items: 1, list_id: 'a' })).toEqual({
    members: [],
    total_items: 0,
    list_id: 'a',
  });
});

test('an answer that is no object, or no success, stays as it is', () => {
  for (const body of ['[1]', 'x', '', '1']) expect(emptied(answer(body)).toString()).toBe(body);
  expect(emptied(answer('{"errors":[1]}', 403)).toString()).toBe('{"errors":[1]}');
});
