import { flowSettings } from '../api/flows/flow-settings.ts';
import { settingSource } from '../api/flows/setting-source.ts';
import type { Automation } from '../core/flow.ts';
import { integrationTitle } from '../core/integration-title.ts';
import type { Log } from '../core/log.ts';
import type { Sentence } from '../core/sentence.ts';
import { type AskedSetting, askSettings, knownOf } from '../engine/ask-settings.ts';
import { announce } from '../engine/notify.ts';
import type { World } from '../engine/ports.ts';
import { closeAlert, raiseAlert } from '../store/alerts.ts';
import type { Database } from '../store/database.ts';
import {
  enabledIntegrations,
  followSetting,
  type IntegrationRow,
  rememberKnown,
} from '../store/integrations.ts';
import { organisationById } from '../store/organisations.ts';

export interface WatchSettingsParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly world: Pick<World, 'open' | 'connectors'>;
  readonly log: Log;
  /** After a setting followed a new name: what the flow needs at the vendors is set up. */
  readonly onFlowChange: (organisationId: string) => Promise<void>;
}

/**
 * Looks now and then whether what the settings of running flows name at their vendors is still there: a new
 * name is followed, and what is gone is told of for as long as it is.
 *
 * @returns what does a look where one is due.
 */
export function settingsWatch(
  parts: WatchSettingsParts,
  everyMs: number,
  now: () => number,
): () => Promise<void> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (now() - lookedAt < everyMs) return;
    lookedAt = now();
    for (const row of await enabledIntegrations(parts.database)) {
      const flow = parts.flows.get(row.flow);
      if (flow?.vendorSettings !== undefined) await look(parts, flow, row);
    }
  };
}

async function look(parts: WatchSettingsParts, flow: Automation, row: IntegrationRow): Promise<void> {
  const { database } = parts;
  const organisation = await organisationById(database, row.organisationId);
  if (organisation === null) return;
  const { read } = flowSettings(flow, row);
  const source = await settingSource(parts.world, { organisation, integration: row, flow, settings: read });
  const asked = await askSettings(flow, source, row.known ?? {});
  let followed = false;
  for (const one of asked) followed = (await settle(parts, flow, row, read, one)) || followed;
  await rememberKnown(database, row, knownOf(asked));
  if (!followed) return;
  await announce(database, 'directory');
  await parts.onFlowChange(row.organisationId);
}

/** @returns whether the setting was written anew. */
async function settle(
  { database, log }: WatchSettingsParts,
  flow: Automation,
  row: IntegrationRow,
  read: unknown,
  one: AskedSetting,
): Promise<boolean> {
  // A vendor that does not answer says nothing of what it has.
  if ('error' in one) return false;
  const { organisationId } = row;
  const cause = `setting ${row.id} ${one.setting}`;
  if ('refused' in one) {
    const sentence = stuck(integrationTitle(row, new Map([[flow.id, flow]])), one.refused);
    await raiseAlert(database, { organisationId, cause, integration: row.id, sentence, count: 1 });
    return false;
  }
  await closeAlert(database, organisationId, cause);
  const from = (read as Readonly<Record<string, unknown>>)[one.setting];
  if (from === one.value) return false;
  log.info({ integration: row.id, setting: one.setting }, 'a setting follows a new name at its vendor');
  return followSetting(database, row, { setting: one.setting, from, to: one.value });
}

const stuck = (titles: Sentence, why: Sentence): Sentence => ({
  en: `${titles.en} cannot work as it is set. ${why.en}`,
  fr: `${titles.fr}\u00a0: ses réglages ne peuvent plus fonctionner. ${why.fr}`,
});
