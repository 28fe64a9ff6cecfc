import type { Connector, ConnectorHttp } from '../core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../core/errors.ts';
import type { Automation, ClientOf, Organisation, SettingSource } from '../core/flow.ts';
import type { World } from '../engine/ports.ts';

/** A person waits before the form: a vendor that takes longer is told of as one that does not answer. */
const PATIENCE_MS = 12_000;

/**
 * What a flow's settings are chosen from and checked against: a client for each connector of the flow. One
 * that cannot be reached fails when it is asked for, so that it spoils only what is asked of it.
 */
export async function settingSource(
  world: Pick<World, 'open'>,
  connectors: ReadonlyMap<string, Connector>,
  organisation: Organisation,
  flow: Automation,
  settings: unknown,
): Promise<SettingSource<unknown>> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const ways = new Map<string, ConnectorHttp | LiaisonError>(
    await Promise.all(
      flow.connectors.map(async (id): Promise<[string, ConnectorHttp | LiaisonError]> => {
        const connector = connectors.get(id);
        if (connector === undefined) throw new Error(`unknown connector ${id}`);
        try {
          return [id, await world.open(organisation.id, connector, { onExchange: () => {}, signal })];
        } catch (thrown) {
          return [id, asLiaisonError(thrown)];
        }
      }),
    ),
  );
  const client: ClientOf = <Client>(connector: Connector<Client>): Client => {
    const way = ways.get(connector.id);
    if (way === undefined) throw new Error(`${flow.id} does not declare that it needs ${connector.id}`);
    if (way instanceof Error) throw way;
    return connector.client(way);
  };
  return { client, settings, organisation };
}
