import { randomUUID } from 'node:crypto';
import { insertConnection } from '../../../test/postgres/insert-connection.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { Sql } from '../../store/database.ts';
import { saveOrganisation } from '../../store/organisations.ts';
import { type StoredTokens, TOKENS, writeTokens } from '../tokens-text.ts';
import { grantOf, type Vault } from '../vault.ts';

/** A new organisation with one connection, for tests. */
export async function storeConnection(sql: Sql, connector = 'acme'): Promise<ConnectionRow> {
  const organisation = await saveOrganisation(sql, {
    id: randomUUID(),
    externalId: randomUUID(),
    name: 'Atelier Lumen',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  });
  const account = { id: 'account-1', name: 'Account One' };
  return insertConnection(sql, { organisationId: organisation.id, connector, account });
}

/** Tokens whose access token has `remainingMs` left. */
export async function storeTokens(
  sql: Sql,
  vault: Vault,
  connection: ConnectionRow,
  tokens: Partial<StoredTokens> & { remainingMs?: number | null } = {},
): Promise<void> {
  const { remainingMs = -1, ...rest } = tokens;
  const text = writeTokens({
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    lifetimeMs: 3_600_000,
    ...rest,
  });
  await vault.put(sql, grantOf(connection), TOKENS, text, remainingMs);
}
