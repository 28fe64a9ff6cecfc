import { hostname } from 'node:os';
import { tellAlerts } from '../alerts/tell-alerts.ts';
import { watchCauses } from '../alerts/watch-causes.ts';
import { serverWatch } from '../alerts/watch-server.ts';
import { nameAccounts } from '../connect/name-accounts.ts';
import type { Connector } from '../core/connector.ts';
import { flows, syncs } from '../flows/index.ts';
import { CALM_MS } from '../store/alerts.ts';
import { heedPrivacy } from '../upkeep/heed-privacy.ts';
import { subscriptionInspector } from '../upkeep/inspect-subscriptions.ts';
import { ages } from '../upkeep/keep-ages.ts';
import { keepSubscriptions } from '../upkeep/keep-subscriptions.ts';
import { settingsWatch } from '../upkeep/watch-settings.ts';
import { staffWatch } from '../upkeep/watch-staff.ts';
import type { Beginning } from './beginning.ts';
import type { Ground } from './ground.ts';
import { startRounds } from './rounds.ts';
import type { Work } from './work.ts';

const ALERTS_GATHER_MS = 5_000;

/** What is done again and again for as long as the server lives. */
export function beginRounds(
  { config, log, stops }: Beginning,
  { database, clock, timing, publicUrl, onError }: Ground,
  connectors: ReadonlyMap<string, Connector>,
  { directory: world, mail, engine, upkeep, personal, money }: Work,
): void {
  const begin = (works: readonly (() => Promise<unknown>)[]): void =>
    stops.add(startRounds(timing, config.roundMs, works, onError).stop);
  const telling = {
    database,
    world,
    log,
    ifFree: engine.ifFree,
    mail,
    patience: { gatherMs: ALERTS_GATHER_MS, calmMs: CALM_MS },
    link: `${publicUrl}/#/alerts`,
  };
  begin([
    () => nameAccounts(upkeep.connect),
    () => keepSubscriptions(upkeep),
    () => personal.settle(),
    () => heedPrivacy({ database, connectors }),
    () => watchCauses({ database, flows, syncs, connectors }),
    () => tellAlerts(telling),
  ]);
  const { aheadMs, measure, now } = clock;
  // Rounds of their own: the others wait for vendors.
  begin([
    measure,
    serverWatch({ database, trouble: engine.trouble, aheadMs, host: hostname(), log }),
    ages(database, now),
  ]);
  // Rounds of their own: a long statement keeps nothing else back.
  begin([() => money.round()]);
  const onFlowChange = (organisationId: string) => keepSubscriptions(upkeep, organisationId);
  // Rounds of their own: a vendor that does not answer keeps no alert back.
  begin([
    settingsWatch({ database, flows, world, log, onFlowChange }, config.lookMs, Date.now),
    subscriptionInspector(upkeep, config.lookMs, Date.now),
    staffWatch({ ...personal.staff, log }, config.lookMs, Date.now),
  ]);
}
