import { integrationTitle } from '../../core/integration-title.ts';
import { type SetBeside, syncFor } from '../../core/sync-flow.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import type { Pause } from '../../store/syncs.ts';
import type { World } from '../ports.ts';
import { settingsOf } from './open-sync.ts';
import type { SyncAtWork } from './work.ts';

/** Why a sync stands still until a person changed a setting, of it or of another integration; null: it may go on. */
export async function contradictionOf(world: World, work: SyncAtWork): Promise<Pause | null> {
  const { sync, key, row } = work;
  // A preview writes nothing, whatever contradicts what.
  if (sync.contradiction === undefined || row.phase === 'previewing') return null;
  const organisation = await world.organisation(key.organisationId);
  const all = await world.integrations(key.organisationId);
  const titled = new Map([...world.flows, ...world.syncs].map((flow) => [flow.id, flow]));
  const besides = (one: IntegrationRow): SetBeside => {
    const flow = world.syncs.find(({ id }) => id === one.flow);
    const settings =
      flow === undefined ? one.settings : settingsOf(syncFor(flow, one), organisation, one.settings);
    return {
      flow: one.flow,
      titles: integrationTitle(one, titled),
      roles: one.roles,
      settings: settings as SetBeside['settings'],
    };
  };
  const own = all.find(({ id }) => id === key.integration);
  if (own === undefined) return null;
  const others = all.filter((one) => one.enabled && one.id !== own.id).map(besides);
  const sentence = sync.contradiction(besides(own), others);
  if (sentence === null) return null;
  return {
    code: 'contradiction',
    phase: row.phase,
    en: `${sync.titles.en} is paused. ${sentence.en} Then continue.`,
    fr: `${sync.titles.fr} est en pause. ${sentence.fr} Puis continuez.`,
  };
}
