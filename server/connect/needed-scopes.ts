import type { Connector, Scope } from '../core/connector.ts';
import { unionOfScopes } from '../core/registration.ts';
import { connectionsOfGrant } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import type { GrantRow } from '../store/grants.ts';

/** What a grant must open once this connector, too, stands on it: the union of what its connectors need. */
export async function neededScopes(
  sql: Sql,
  connectors: ReadonlyMap<string, Connector>,
  connector: Connector,
  grant: Pick<GrantRow, 'id'> | null,
): Promise<Scope[]> {
  const standing = grant === null ? [] : await connectionsOfGrant(sql, grant.id);
  return unionOfScopes(
    connector,
    standing.flatMap((row) => connectors.get(row.connector) ?? []),
  );
}
