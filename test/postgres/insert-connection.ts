import { randomUUID } from 'node:crypto';
import type { ConnectionRow } from '../../server/store/connections.ts';
import { saveConnection } from '../../server/store/connections.ts';
import type { Sql } from '../../server/store/database.ts';
import { saveGrant } from '../../server/store/grants.ts';

type Wish = Pick<ConnectionRow, 'organisationId' | 'connector'> &
  Partial<Pick<ConnectionRow, 'id' | 'hookKey' | 'account' | 'dataCentre' | 'owner'>>;

/** A connection with a grant of its own, for tests that connect nothing. */
export async function insertConnection(sql: Sql, wish: Wish): Promise<ConnectionRow> {
  const account = wish.account ?? { id: 'account', name: 'Atelier Lumen' };
  const { organisationId, connector, owner = null } = wish;
  const grant = await saveGrant(sql, {
    id: randomUUID(),
    organisationId,
    family: connector,
    registration: connector,
    site: null,
    dataCentre: wish.dataCentre ?? null,
    account,
    scopes: [],
    owner,
  });
  return saveConnection(sql, {
    id: wish.id ?? randomUUID(),
    organisationId,
    connector,
    grantId: grant.id,
    owner,
    hookKey: wish.hookKey ?? randomUUID(),
    account,
  });
}
