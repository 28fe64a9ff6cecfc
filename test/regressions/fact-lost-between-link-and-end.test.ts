import { LiaisonError } from '../../server/core/errors.ts';
import { loggedDispatches } from '../../server/store/dispatch-log.ts';
import { ok, testFlow } from '../engine/rig.ts';
import { openReceiverRig, type ReceiverRig, won } from '../receivers/rig.ts';

/**
 * What a run made was told of at its end, by a run that found no link. Killed between the link and its end, it found the
 * link when it was taken up again, and told nothing.
 */

let rig: ReceiverRig;
beforeEach(async () => {
  rig = await openReceiverRig();
});
afterEach(() => rig.close());

it('what a write made is told of with its result, however often the run is taken up, and once', async () => {
  const { id } = await rig.receiver();
  let attempts = 0;
  const engine = await rig.engine([
    testFlow(async ({ write, linked, link }) => {
      attempts += 1;
      if ((await linked('d1')) !== null) return ok;
      await write('make', {
        find: async () => null,
        send: async () => ({ id: 'd1' }),
        tells: (made) => won(made.id),
      });
      await link('d1', 'made');
      throw new LiaisonError('rejected', { sentence: { en: 'Killed.', fr: 'Tué.' } });
    }),
  ]);
  await rig.send(engine, 'd1');
  await rig.settled();
  await rig.send(engine, 'd1');
  await rig.settled();
  expect(attempts).toBeGreaterThan(1);
  expect(
    (await loggedDispatches(rig.database, id, { limit: 10 })).filter(({ fact }) => fact === 'deal.won'),
  ).toMatchObject([{ fact: 'deal.won', data: won('d1').data }]);
});
