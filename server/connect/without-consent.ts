import { LiaisonError } from '../core/errors.ts';
import { missingScopes, registrationFor } from '../core/registration.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { lockGrant } from '../store/grants.ts';
import type { ConnectWish } from './begin.ts';
import { grantToUse } from './consent-plan.ts';
import type { ConnectDeps } from './deps.ts';
import { draftConnection, keepAccount } from './keep-account.ts';
import { neededScopes } from './needed-scopes.ts';

/**
 * Connects a connector whose permissions a grant of its family has already: nobody need be asked.
 *
 * @returns null where a consent page must be visited.
 * @throws LiaisonError of the vendor.
 */
export async function connectWithoutConsent(
  deps: ConnectDeps,
  wish: ConnectWish,
): Promise<ConnectionRow | null> {
  const { connector, organisationId, connectionId } = wish;
  const registration = registrationFor(deps.oauthClient, deps.connectors, connector);
  // Who connects again does so because something does not work.
  if (registration === null || organisationId === null || connectionId !== undefined) return null;
  const grant = await grantToUse(deps, wish, registration.name);
  if (grant?.state !== 'active') return null;
  const needed = await neededScopes(deps.database, deps.connectors, connector, grant);
  if (missingScopes(needed, grant.scopes).length > 0) return null;
  const draft: ConnectionRow = {
    ...draftConnection(deps, { connector, organisationId, dataCentre: grant.dataCentre, site: grant.site }),
    grantId: grant.id,
    registration: grant.registration,
  };
  try {
    const account = await connector.identify(connector.client(deps.outbound.open(connector, draft)));
    return await deps.database.transaction(async (sql) => {
      // Ended meanwhile: there are no tokens any longer.
      if (!(await lockGrant(sql, grant.id))) return null;
      const { connection } = await keepAccount(deps, sql, {
        organisationId,
        connector,
        account,
        owner: grant.owner,
        connectionId: null,
        grant,
      });
      return connection;
    });
  } catch (thrown) {
    // Access was taken away at the vendor: only a consent brings it back.
    if (thrown instanceof LiaisonError && thrown.kind === 'reconnect') return null;
    throw thrown;
  }
}
