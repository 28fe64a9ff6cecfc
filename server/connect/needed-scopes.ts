import type { Connector, Scope } from '../core/connector.ts';
import { connectionsOfGrant } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import type { GrantRow } from '../store/grants.ts';
import { familyOf } from '../vault/registration.ts';

function scopesOf({ authorisation }: Connector): readonly Scope[] {
  return authorisation.kind === 'oauth' ? authorisation.scopes : [];
}

/** What a connector needs of an account that nothing else stands on. */
export function ownScopes(connector: Connector): Scope[] {
  return distinct([...(familyOf(connector)?.scopes ?? []), ...scopesOf(connector)]);
}

/** What a grant must open once this connector, too, stands on it: the union of what its connectors need. */
export async function neededScopes(
  sql: Sql,
  connectors: ReadonlyMap<string, Connector>,
  connector: Connector,
  grant: Pick<GrantRow, 'id'> | null,
): Promise<Scope[]> {
  const standing = grant === null ? [] : await connectionsOfGrant(sql, grant.id);
  const others = standing.flatMap((row) => connectors.get(row.connector) ?? []);
  return distinct([...ownScopes(connector), ...others.flatMap(scopesOf)]);
}

/** Those that a grant does not open. Vendors spell scopes in any case. */
export function missingScopes(needed: readonly Scope[], granted: readonly string[]): Scope[] {
  const held = new Set(granted.map((scope) => scope.toLowerCase()));
  return needed.filter(({ scope }) => !held.has(scope.toLowerCase()));
}

function distinct(scopes: readonly Scope[]): Scope[] {
  return [...new Map(scopes.map((one) => [one.scope, one])).values()];
}
