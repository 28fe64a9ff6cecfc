import type { Connector, ConnectorHttp } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import type { ClientOf, RoleAccount, RoleOf } from '../core/flow.ts';
import { nobodyChose } from '../core/nobody-chose.ts';
import { type RoleDeclaration, type Roles, roleOf } from '../core/roles.ts';
import type { IntegrationRow } from '../store/integrations.ts';
import { accountOf } from './integration-of.ts';
import type { OpenOptions, World } from './ports.ts';

interface Way {
  readonly connector: Connector;
  readonly http: ConnectorHttp;
}

/**
 * The accounts of an integration, by connector and by role, each client made when it is first asked for. An account
 * that is not connected fails then, so that it stops what needs it and nothing else.
 */
export async function openClients(
  world: Pick<World, 'connectors' | 'open'>,
  integration: Pick<IntegrationRow, 'organisationId' | 'roles'>,
  flow: { readonly id: string; readonly roles: Roles },
  options: OpenOptions,
): Promise<{ readonly client: ClientOf; readonly role: RoleOf }> {
  const ways = new Map<string, Way | LiaisonError>(
    await Promise.all(
      Object.entries(flow.roles).map(async ([role, declared]): Promise<[string, Way | LiaisonError]> => {
        const id = connectorOf(integration, role, declared);
        if (id === undefined) return [role, nobodyChose(declared)];
        const connector = world.connectors.get(id);
        if (connector === undefined) throw new Error(`flow ${flow.id} names the unknown connector ${id}`);
        try {
          const http = await world.open(accountOf(integration, role), connector, options);
          return [role, { connector, http }];
        } catch (thrown) {
          // What our own database refuses is nothing of the vendor's: it stops the whole run, to be tried again.
          if (!(thrown instanceof LiaisonError)) throw thrown;
          return [role, thrown];
        }
      }),
    ),
  );
  const accounts = new Map<string, RoleAccount>();
  const role: RoleOf = (name) => {
    const way = ways.get(name);
    if (way === undefined) throw new Error(`${flow.id} declares no role ${name}`);
    if (way instanceof Error) throw way;
    const { connector, http } = way;
    const account = accounts.get(name) ?? { connector, client: connector.client(http) };
    accounts.set(name, account);
    return account;
  };
  return {
    role,
    client<Client>(connector: Connector<Client>): Client {
      const name = roleOf(flow.roles, connector.id);
      if (name === undefined) throw new Error(`${flow.id} does not declare that it needs ${connector.id}`);
      return role(name).client as Client;
    },
  };
}

/** Whose account takes the role: undefined where accounts of several connectors can, and none was chosen. */
const connectorOf = (
  { roles }: Pick<IntegrationRow, 'roles'>,
  role: string,
  { connector }: RoleDeclaration,
): string | undefined => connector ?? roles.find((bound) => bound.role === role)?.connector;
