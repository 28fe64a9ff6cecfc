import { LiaisonError } from '../../server/core/errors.ts';
import { loggedDispatches } from '../../server/store/dispatch-log.ts';
import { ok, testFlow, words } from '../engine/rig.ts';
import { openReceiverRig, type ReceiverRig, won } from '../receivers/rig.ts';

/**
 * A write that the vendor recognises by itself says of the second attempt that the record was there: what the first one
 * made, whose answer was lost, was told of to nobody.
 */

let rig: ReceiverRig;
beforeEach(async () => {
  rig = await openReceiverRig();
});
afterEach(() => rig.close());

const away = (mayHaveHappened: boolean) =>
  new LiaisonError('retry-later', { mayHaveHappened, sentence: { en: 'Away.', fr: 'Absent.' } });
const steps = { put: { titles: words('put'), connector: 'vendor', effect: 'keyed' } } as const;

it.each([
  ['by this run, whose answer was lost, is told of once', away(true), 1],
  ['by others, while the first attempt never left, is told of by nobody', away(false), 0],
])('what was made %s', async (_, failure, times) => {
  const { id } = await rig.receiver();
  let attempts = 0;
  const engine = await rig.engine([
    testFlow(
      async ({ write }) => {
        await write('put', {
          async send() {
            attempts += 1;
            if (attempts === 1) throw failure;
            return { id: 'd1', action: 'update' };
          },
          tells: (made, isInDoubt) => (made.action === 'insert' || isInDoubt ? won(made.id) : null),
        });
        return ok;
      },
      { steps },
    ),
  ]);
  await rig.send(engine, 'd1');
  await rig.settled();
  await rig.database.query(`update runs set due_at = now()`);
  await rig.settled();
  expect(attempts).toBe(2);
  expect((await loggedDispatches(rig.database, id, { limit: 10 })).map(({ fact }) => fact)).toEqual(
    Array(times).fill('deal.won'),
  );
});
