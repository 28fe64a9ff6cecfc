import type { Automation, Organisation, SettingSource } from '../../core/flow.ts';
import { openClients } from '../../engine/open-clients.ts';
import type { World } from '../../engine/ports.ts';
import type { IntegrationRow } from '../../store/integrations.ts';

/** A person waits before the form: a vendor that takes longer is told of as one that does not answer. */
const PATIENCE_MS = 12_000;

/**
 * What the settings of an integration are chosen from and checked against: a client for each of its accounts. One
 * that cannot be reached fails when it is asked for, so that it spoils only what is asked of it.
 */
export async function settingSource(
  world: Pick<World, 'open' | 'connectors'>,
  about: {
    readonly organisation: Organisation;
    readonly integration: Pick<IntegrationRow, 'organisationId' | 'roles'>;
    readonly flow: Automation;
    /** As they stand in the form: perhaps not saved yet. */
    readonly settings: unknown;
  },
): Promise<SettingSource<unknown>> {
  const { organisation, integration, flow, settings } = about;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const clients = await openClients(world, integration, flow, { onExchange: () => {}, signal });
  return { ...clients, settings, organisation };
}
