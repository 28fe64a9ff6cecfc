import { deleteReceiver } from '../../server/store/receivers.ts';
import { ORGANISATION } from '../engine/rig.ts';
import { openReceiverRig, type ReceiverRig, telling, until, won } from '../receivers/rig.ts';

/** A run that made something while the receiver that it was to tell was being removed was set aside for it. */

let rig: ReceiverRig;
beforeEach(async () => {
  rig = await openReceiverRig();
});
afterEach(() => rig.close());

it('a receiver that is removed in the very moment in which a run tells fails no run', async () => {
  const { id } = await rig.receiver();
  const engine = await rig.engine([telling(() => won('d1'))]);
  await rig.database.transaction(async (sql) => {
    await deleteReceiver(sql, ORGANISATION.id, id);
    await rig.send(engine, 'd1');
    // The statement that stores what the run made waits for what becomes of the receiver.
    await until(async () => {
      const waiting = await rig.database.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'with stored as%'`,
      );
      return waiting.length > 0;
    });
  });
  await rig.settled();
  expect(await rig.states()).toEqual(['done']);
});
