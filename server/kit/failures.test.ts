import { z } from 'zod';
import type { VendorAnswer } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import { failure, failures } from './failures.ts';
import { ifFailed, ifGone } from './if-gone.ts';
import { storedCursor } from './stored-cursor.ts';

const words = { en: 'Do this.', fr: 'Faites ceci.' };
const table = failures({
  vendor: 'Acme',
  said(body) {
    const code = (body as { code?: string } | undefined)?.code;
    return code === undefined ? null : { codes: [code], details: { vendorMessage: code } };
  },
  codes: { LOST: 'gone', NAME_TAKEN: { kind: 'rejected', sentence: words }, WORDED: { sentence: words } },
  otherwise: { kind: 'unknown', mayHaveHappened: false },
  sentences: { 403: words },
});

const answer = (status: number, body: unknown, method = 'POST'): VendorAnswer => ({
  method,
  status,
  url: new URL('https://api.acme.example/x'),
  headers: new Headers(),
  text: typeof body === 'string' ? body : JSON.stringify(body),
  now: 0,
});
const told = (status: number, body: unknown) => {
  const error = table.classify(answer(status, body));
  return error && [error.kind, error.details.sentence === words, error.details.mayHaveHappened ?? false];
};

it.each([
  ['a success', 200, {}, null],
  ['a code in a success', 200, { code: 'LOST' }, ['gone', false, false]],
  ['a code with a sentence', 400, { code: 'NAME_TAKEN' }, ['rejected', true, false]],
  ['a code that only words what the status means', 401, { code: 'WORDED' }, ['reconnect', true, false]],
  ['an unknown code in a success', 200, { code: 'ODD' }, ['unknown', false, false]],
  ['an unknown code with a status', 404, { code: 'ODD' }, ['gone', false, false]],
  ['a code that is a key of every object', 404, { code: 'constructor' }, ['gone', false, false]],
  ['a status with a sentence', 403, { code: 'ODD' }, ['rejected', true, false]],
  ['an outage, whatever it says', 502, { code: 'ODD' }, ['retry-later', false, true]],
  ['a success that nobody can read', 200, '<html>', ['retry-later', false, true]],
])('%s', (_what, status, body, expected) => {
  expect(told(status, body)).toEqual(expected);
});

it('one record of a batch fails by the same table', () => {
  const said = (code: string) => table.ofOne({ codes: [code], details: { field: 'name' } });
  expect(said('NAME_TAKEN')).toMatchObject({ kind: 'rejected', details: { sentence: words, field: 'name' } });
  expect(said('ODD').kind).toBe('unknown');
});

describe('what is gone', () => {
  const gone = async () => Promise.reject(failure('gone', 'Acme'));

  it('is the value in its place, also inside what an SDK threw; every other failure is thrown', async () => {
    expect(await ifGone(gone, null)).toBeNull();
    expect(await ifGone(async () => 7, null)).toBe(7);
    const wrapped = async () =>
      Promise.reject(Object.assign(new Error('sdk'), { cause: failure('gone', 'Acme') }));
    expect(await ifGone(wrapped, 'nothing')).toBe('nothing');
    const later = async () => Promise.reject(failure('retry-later', 'Acme'));
    await expect(ifGone(later, null)).rejects.toMatchObject({ kind: 'retry-later' });
    expect(await ifFailed(['gone', 'retry-later'], later, null)).toBeNull();
  });
});

it('a stored cursor of another shape is lost, never guessed from', () => {
  const schema = z.object({ from: z.string() });
  expect(storedCursor(schema, null, 'Acme')).toBeNull();
  expect(storedCursor(schema, { from: 'x' }, 'Acme')).toEqual({ from: 'x' });
  for (const odd of ['x', 7, [], {}, { from: 7 }]) {
    expect(() => storedCursor(schema, odd, 'Acme')).toThrow(LiaisonError);
  }
});
