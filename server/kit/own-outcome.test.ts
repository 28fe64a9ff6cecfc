import { LiaisonError } from '../core/errors.ts';
import type { WriteOutcome } from '../core/sync-object.ts';
import { oneByOne } from './one-by-one.ts';
import { inSteps, inTurn } from './own-outcome.ts';

const sentence = { en: 'no', fr: 'non' };
const error = (kind: ConstructorParameters<typeof LiaisonError>[0], mayHaveHappened?: boolean) =>
  new LiaisonError(kind, { sentence, ...(mayHaveHappened === undefined ? {} : { mayHaveHappened }) });
const done = (id: string): WriteOutcome => ({ ok: true, id, version: null });
/** Each item is what becomes of it: a failure, or done. */
const write = async (item: string | LiaisonError): Promise<WriteOutcome> => {
  if (typeof item !== 'string') throw item;
  return done(item);
};

it.each(['rejected', 'gone', 'conflict'] as const)('what one is %s for stops no other', async (kind) => {
  const no = error(kind);
  expect(await oneByOne(['a', no, 'b'], write)).toEqual([done('a'), { ok: false, error: no }, done('b')]);
});

it.each([error('rate-limited'), error('reconnect'), error('retry-later', true), error('rejected', true)])(
  '$kind ends the batch: what was done stays done, and what follows is not sent',
  async (no) => {
    const sent: unknown[] = [];
    const outcomes = await oneByOne(['a', no, 'b'], (item) => {
      sent.push(item);
      return write(item);
    });
    expect(sent).toEqual(['a', no]);
    expect(outcomes).toMatchObject([
      done('a'),
      { ok: false, ofCall: true, error: no },
      { ok: false, ofCall: true, error: { kind: no.kind, details: { mayHaveHappened: false } } },
    ]);
  },
);

it('a call that is refused for several records is no one’s own failure, and does not keep others from being sent', async () => {
  const no = error('rejected');
  const outcomes = await inTurn([
    { of: ['a', 'b'], write: () => Promise.reject(no) },
    { of: ['c'], write: async () => [done('c')] },
  ]);
  expect([...outcomes]).toEqual([
    ['a', { ok: false, error: no, ofCall: true }],
    ['b', { ok: false, error: no, ofCall: true }],
    ['c', done('c')],
  ]);
});

it('a call that answers for too few leaves the others in doubt', async () => {
  const outcomes = await inTurn([{ of: ['a', 'b'], write: async () => [done('a')] }]);
  expect(outcomes.get('b')).toMatchObject({ ofCall: true, error: { details: { mayHaveHappened: true } } });
});

it('steps of one change: what the first is refused for is the change’s; later ones leave what was done before', async () => {
  const step = (fields: string[], no?: LiaisonError) => ({
    fields,
    write: () => (no === undefined ? Promise.resolve() : Promise.reject(no)),
  });
  const no = error('conflict');
  expect(await inSteps([step(['price']), step(['stock'])])).toBeNull();
  await expect(inSteps([step(['price'], no), step(['stock'])])).rejects.toBe(no);
  expect(await inSteps([step(['price']), step(['title'], no), step(['stock'])])).toEqual({
    fields: ['title', 'stock'],
    error: no,
  });
  const lost = error('retry-later', true);
  expect(await inSteps([step(['price']), step(['title'], lost), step(['stock'])])).toEqual({
    fields: ['title', 'stock'],
    error: lost,
    inDoubt: ['title'],
  });
});

it('a change that was cut short by a call’s failure ends the batch as well', async () => {
  const limit = error('rate-limited');
  const [first, second] = await oneByOne(
    ['a', 'b'],
    async (id): Promise<WriteOutcome> => ({
      ok: true,
      id,
      version: null,
      unwritten: { fields: ['stock'], error: limit },
    }),
  );
  expect(first).toMatchObject({ ok: true, id: 'a' });
  expect(second).toMatchObject({ ok: false, ofCall: true, error: { kind: 'rate-limited' } });
});
