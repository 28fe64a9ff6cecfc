import { loggedDispatches } from '../../server/store/dispatch-log.ts';
import { endAttempt, setAsideWaiting, takeDispatches } from '../../server/store/dispatches.ts';
import { eraseToldOf } from '../../server/store/erase-records.ts';
import { ORGANISATION } from '../engine/rig.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { openReceiverRig, type ReceiverRig, won } from '../receivers/rig.ts';

/** What was erased, or set aside, while an attempt of it was under way waited again after the attempt: it was sent, empty. */

let rig: ReceiverRig;
beforeEach(async () => {
  rig = await openReceiverRig();
});
afterEach(() => rig.close());

const SHARES = { most: 16, ofReceiver: 3, ofOrganisation: 6, ofFailing: 4, leaseSeconds: 40 };
const NOT_TAKEN = {
  ...({ state: 'waiting', inMs: 0, status: 500, answer: 'Sorry, Café Müller' } as const),
  error: { kind: 'retry-later' as const, sentence: { en: 'No.', fr: 'Non.' } },
};

async function inHand(): Promise<string> {
  await rig.tell(won('d1'));
  const [taken] = await takeDispatches(rig.database, [], SHARES);
  if (taken === undefined) throw new Error('nothing was due');
  return taken.id;
}

it('what was erased meanwhile is not sent again, and nothing that was answered is kept of it', async () => {
  await rig.receiver();
  await insertConnection(rig.database, { organisationId: ORGANISATION.id, connector: 'shop' });
  await rig.database.query(
    `insert into integration_roles (organisation_id, integration, role, connector, account_id) values ($1, 'won', 'source', 'shop', 'account')`,
    [ORGANISATION.id],
  );
  const id = await inHand();
  const sought = { organisationId: ORGANISATION.id, connector: 'shop', account: 'account', records: [] };
  await eraseToldOf(rig.database, sought, null);
  await endAttempt(rig.database, { id, ...NOT_TAKEN });
  expect(await takeDispatches(rig.database, [], SHARES)).toEqual([]);
  expect(await rig.database.query('select state, answer, error from dispatches')).toEqual([
    { state: 'failed', answer: null, error: null },
  ]);
});

it('what was set aside meanwhile stays aside, unless the attempt was taken', async () => {
  const { id: receiver } = await rig.receiver();
  const id = await inHand();
  await setAsideWaiting(rig.database, receiver);
  await endAttempt(rig.database, { id, ...NOT_TAKEN });
  const stands = async () => (await loggedDispatches(rig.database, receiver, { limit: 1 }))[0];
  expect(await stands()).toMatchObject({ state: 'failed', status: 500, answer: 'Sorry, Café Müller' });
  await endAttempt(rig.database, { id, ...NOT_TAKEN, state: 'done', status: 200, error: null });
  expect(await stands()).toMatchObject({ state: 'done', status: 200, error: null });
});
