import { LiaisonError } from '../../core/errors.ts';
import { withoutCulprits } from './batches.ts';
import { ContactErrors } from './failures.ts';
import type { Person } from './person.ts';

const sentence = { en: 'no', fr: 'non' };
const wrong = (key: string) => [key, new LiaisonError('rejected', { sentence })] as const;
const refused = (keys: readonly string[], more = {}) =>
  new LiaisonError('rejected', { sentence, cause: new ContactErrors(new Map(keys.map(wrong))), ...more });
const items = ['a', 'b', 'c', 'd'].map((key) => [key, key] as const);
const made = (key: string): Person => ({ resourceName: key });

/** Refuses these, each only after the one before is gone, and notes what was sent. */
function vendor(bad: readonly string[], keyOf: (key: string, index: number) => string) {
  const sent: string[][] = [];
  const send = async (some: readonly (readonly [string, string])[]) => {
    sent.push(some.map(([key]) => key));
    const found = some.flatMap(([key], index) => (bad.includes(key) ? [keyOf(key, index)] : []));
    if (found.length > 0) throw refused(found.slice(0, 2));
    return some.map(([key]) => made(key));
  };
  return { sent, send };
}

it('a batch without culprits is sent once', async () => {
  const { sent, send } = vendor([], (key) => key);
  expect(await withoutCulprits(items, send, (_, key) => key)).toEqual(
    items.map(([key]) => ({ ok: true, person: made(key) })),
  );
  expect(sent).toHaveLength(1);
});

it.each([
  ['names', (key: string) => key, (_: number, key: string) => key],
  ['places in what was sent', (_: string, index: number) => String(index), (index: number) => String(index)],
])('culprits are found by %s, and the rest is sent without them', async (_what, keyOf, keyAt) => {
  const { sent, send } = vendor(['b', 'c', 'd'], keyOf);
  const results = await withoutCulprits(items, send, keyAt);
  expect(results.map(({ ok }) => ok)).toEqual([true, false, false, false]);
  expect(sent).toEqual([['a', 'b', 'c', 'd'], ['a', 'd'], ['a']]);
});

it('a batch of culprits alone is not sent again', async () => {
  const { sent, send } = vendor(['a', 'b'], (key) => key);
  await withoutCulprits(items.slice(0, 2), send, (_, key) => key);
  expect(sent).toHaveLength(1);
});

it.each([
  ['names nobody', refused([])],
  ['names strangers', refused(['x'])],
  ['may have been done', refused(['a'], { mayHaveHappened: true })],
  ['is about no contact', new LiaisonError('rate-limited', { sentence })],
])('a failure that %s is that of the whole batch', async (_what, failure) => {
  const send = () => Promise.reject(failure);
  await expect(withoutCulprits(items, send, (_, key) => key)).rejects.toBe(failure);
});
