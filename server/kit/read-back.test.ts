import { LiaisonError } from '../core/errors.ts';
import type { WriteOutcome } from '../core/sync-object.ts';
import { readBack } from './read-back.ts';

const sentence = { en: 'no', fr: 'non' };
const error = (kind: ConstructorParameters<typeof LiaisonError>[0]) => new LiaisonError(kind, { sentence });
const open: WriteOutcome = { ok: true, id: 'open', version: null };
const inPart: WriteOutcome = {
  ok: true,
  id: 'part',
  version: null,
  unwritten: { fields: ['stock'], error: error('rate-limited') },
};
const told: WriteOutcome = { ok: true, id: 'told', version: 'v1', values: { price: '1' } };
const toldInPart: WriteOutcome = { ...inPart, id: 'both', values: { price: '1' } };
const failed: WriteOutcome = { ok: false, error: error('rejected') };
const unsent: WriteOutcome = { ok: false, error: error('rate-limited'), ofCall: true };
const ALL = [open, inPart, told, toldInPart, failed, unsent];

/** Where the reading fails for a limit. */
const unread = (outcomes: readonly WriteOutcome[], isNew: boolean): Promise<WriteOutcome[]> =>
  readBack(outcomes, {
    isNew,
    read: () =>
      Promise.reject(new LiaisonError('rate-limited', { sentence, retryAt: 1, vendorMessage: 'slow down' })),
    shown: () => {
      throw new Error('nothing was read');
    },
  });

/** Where these stand, by id, with their prices. */
async function readAs(held: Readonly<Record<string, string>>, outcomes: readonly WriteOutcome[]) {
  const asked: (readonly string[])[] = [];
  const after = await readBack(outcomes, {
    isNew: false,
    async read(ids) {
      asked.push(ids);
      return new Map(Object.entries(held));
    },
    shown: (price, at): WriteOutcome =>
      price === undefined
        ? { ok: false, error: error('gone') }
        : { ok: true, id: `at ${at}`, version: 'v2', values: { price } },
  });
  return { after, asked };
}

it('a change that cannot be read is in doubt; what was written in part, told of, or failed stays as it was', async () => {
  const [first, ...others] = await unread(ALL, false);
  expect(first).toEqual({
    ok: false,
    ofCall: true,
    error: new LiaisonError('rate-limited', { sentence }),
  });
  expect(first?.ok === false && first.error.details).toEqual({
    sentence,
    retryAt: 1,
    vendorMessage: 'slow down',
    mayHaveHappened: true,
  });
  expect(others).toEqual(ALL.slice(1));
});

it('what was made stays made where it cannot be read', async () => {
  expect(await unread(ALL, true)).toEqual(ALL);
});

it('what is read is told of, with what stays unwritten, and each at its place', async () => {
  const { after, asked } = await readAs({ open: '2', part: '3', told: '4' }, [told, open, failed, inPart]);
  expect(asked).toEqual([['open', 'part']]);
  const { unwritten } = inPart;
  expect(after).toEqual([
    told,
    { ok: true, id: 'at 1', version: 'v2', values: { price: '2' } },
    failed,
    { ok: true, id: 'at 3', version: 'v2', values: { price: '3' }, unwritten },
  ]);
});

it('what is there no more is told of as that, also where it was written in part', async () => {
  const { after } = await readAs({}, [open, inPart]);
  expect(after).toEqual([
    { ok: false, error: error('gone') },
    { ok: false, error: error('gone') },
  ]);
});

it('nothing is read where every answer shows what it came to', async () => {
  const { after, asked } = await readAs({}, [told, toldInPart, failed, unsent]);
  expect(after).toEqual([told, toldInPart, failed, unsent]);
  expect(asked).toEqual([]);
});
