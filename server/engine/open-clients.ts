import type { Connector, ConnectorHttp } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import type { ClientOf } from '../core/flow.ts';
import { connectorsOf, type Roles, roleOf } from '../core/roles.ts';
import type { IntegrationRow } from '../store/integrations.ts';
import { accountOf } from './integration-of.ts';
import type { OpenOptions, World } from './ports.ts';

/**
 * The clients of an integration, each under the account of its role, made when it is first asked for. An account that
 * is not connected fails then, so that it stops what needs it and nothing else.
 */
export async function openClients(
  world: Pick<World, 'connectors' | 'open'>,
  integration: Pick<IntegrationRow, 'organisationId' | 'roles'>,
  flow: { readonly id: string; readonly roles: Roles },
  options: OpenOptions,
): Promise<ClientOf> {
  const ways = new Map<string, ConnectorHttp | LiaisonError>(
    await Promise.all(
      connectorsOf(flow.roles).map(async (id): Promise<[string, ConnectorHttp | LiaisonError]> => {
        const connector = world.connectors.get(id);
        if (connector === undefined) throw new Error(`flow ${flow.id} names the unknown connector ${id}`);
        const account = accountOf(integration, roleOf(flow.roles, id) ?? '');
        try {
          return [id, await world.open(account, connector, options)];
        } catch (thrown) {
          // What our own database refuses is nothing of the vendor's: it stops the whole run, to be tried again.
          if (!(thrown instanceof LiaisonError)) throw thrown;
          return [id, thrown];
        }
      }),
    ),
  );
  const clients = new Map<string, unknown>();
  return <Client>(connector: Connector<Client>): Client => {
    const way = ways.get(connector.id);
    if (way === undefined) throw new Error(`${flow.id} does not declare that it needs ${connector.id}`);
    if (way instanceof Error) throw way;
    const client = (clients.get(connector.id) as Client | undefined) ?? connector.client(way);
    clients.set(connector.id, client);
    return client;
  };
}
