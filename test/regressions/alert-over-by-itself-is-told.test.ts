import { closeEndedLoops, closeEndedRules } from '../../server/store/alert-causes.ts';
import {
  closeAlertEverywhere,
  closeOldAlert,
  closeOldAlerts,
  raiseAlert,
} from '../../server/store/alerts.ts';
import { loggedDispatches } from '../../server/store/dispatch-log.ts';
import { ORGANISATION } from '../engine/rig.ts';
import { openReceiverRig, type ReceiverRig } from '../receivers/rig.ts';

/** Alerts that closed by their age, everywhere at once or with their integration were never told to be over. */

let rig: ReceiverRig;
beforeEach(async () => {
  rig = await openReceiverRig();
});
afterEach(() => rig.close());

it.each([
  ['rule 1', () => closeOldAlert(rig.database, ORGANISATION.id, 'rule 1', -1)],
  ['clock 1', () => closeOldAlerts(rig.database, 'clock', -1)],
  ['database', () => closeAlertEverywhere(rig.database, 'database')],
  ['sync-loop won 7', () => closeEndedLoops(rig.database)],
  ['rule 2', () => closeEndedRules(rig.database)],
])('an alert of the cause “%s” that closes is told as closed', async (cause, close) => {
  const { id } = await rig.receiver({ facts: ['alert.opened', 'alert.closed'] });
  const sentence = { en: 'Look.', fr: 'Regardez.' };
  await raiseAlert(rig.database, { organisationId: ORGANISATION.id, cause, integration: null, sentence });
  await close();
  const told = await loggedDispatches(rig.database, id, { limit: 10 });
  expect(told.map(({ fact }) => fact)).toEqual(['alert.closed', 'alert.opened']);
  await close();
  expect(await loggedDispatches(rig.database, id, { limit: 10 })).toHaveLength(2);
});
