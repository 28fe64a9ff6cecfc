import type { Connector } from '../../core/connector.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import { canTake, type RoleDeclaration, type Roles } from '../../core/roles.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import { type IntegrationRow, isBoundTo } from '../../store/integrations.ts';
import type { IntegrationFacts } from '../contract.ts';
import { takerTitles } from '../flows/taker-titles.ts';

type RoleAccount = IntegrationFacts['connections'][string];

export interface IntegrationParts {
  readonly flow: { readonly id: string; readonly titles: Sentence };
  readonly roles: Roles;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Of the organisation. */
  readonly connections: readonly ConnectionRow[];
}

/** The connection of a role: the one that was chosen, or where nobody chose the only one there is. */
export function connectionOfRole(
  { roles }: Pick<IntegrationRow, 'roles'>,
  role: string,
  declared: RoleDeclaration,
  { connections, connectors }: Pick<IntegrationParts, 'connections' | 'connectors'>,
): ConnectionRow | undefined {
  const fitting = connections.filter((one) => {
    const connector = connectors.get(one.connector) ?? { id: one.connector };
    return canTake(declared, connector) && isBoundTo(roles, role, one.id);
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function roleAccount(
  row: Pick<IntegrationRow, 'roles'>,
  role: string,
  declared: RoleDeclaration,
  parts: IntegrationParts,
): RoleAccount {
  const { connectors } = parts;
  const connection = connectionOfRole(row, role, declared, parts);
  const bound = row.roles.find((one) => one.role === role);
  const id = declared.connector ?? bound?.connector ?? connection?.connector;
  const titles = takerTitles(declared, connectors);
  return {
    connector: id === undefined ? null : { id, titles: connectors.get(id)?.titles ?? { en: id, fr: id } },
    titles: declared.titles ?? titles,
    optional: declared.optional === true,
    connection: connection?.id ?? null,
    account: connection === undefined ? null : { id: connection.account.id, name: connection.account.name },
    state: connection?.state ?? 'absent',
  };
}

/** What is the same of every integration, whatever its flow does. */
export function integrationFactsView(row: IntegrationRow, parts: IntegrationParts): IntegrationFacts {
  const { id, titles } = parts.flow;
  return {
    id: row.id,
    flow: { id, titles },
    name: row.name,
    titles: integrationTitle(row, new Map([[id, parts.flow]])),
    owner: row.owner === null ? 'organisation' : 'person',
    enabled: row.enabled,
    ...(row.template != null && { followsTemplate: true as const }),
    connections: Object.fromEntries(
      Object.entries(parts.roles).map(([role, declared]) => [role, roleAccount(row, role, declared, parts)]),
    ),
  };
}
