import type { OAuthAuthorisation, Scope } from '../core/connector.ts';
import { familyOf, missingScopes, unionOfScopes } from '../core/registration.ts';
import { connectionById, connectionsOfGrant } from '../store/connections.ts';
import { type GrantRow, grantById, grantsOf } from '../store/grants.ts';
import type { ConnectWish } from './begin.ts';
import type { ConnectDeps } from './deps.ts';
import { neededScopes } from './needed-scopes.ts';

/** What a visit to a vendor's consent page asks for. */
export interface ConsentPlan {
  readonly scopes: readonly Scope[];
  /** Query parameters beside those that every consent has. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Nothing more can be asked for: what is missing at the end was not given. */
  readonly whole: boolean;
}

/** Roughly: what is no address is not passed on. */
const EMAIL_ADDRESS = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

/**
 * Only what the account has not granted yet, where the vendor adds the rest; otherwise the union of what all
 * that stands on the grant needs.
 */
export async function consentPlan(
  deps: ConnectDeps,
  wish: ConnectWish,
  authorisation: OAuthAuthorisation,
  registration: string,
): Promise<ConsentPlan> {
  const { connector } = wish;
  const family = familyOf(connector);
  if (family === null) return { scopes: authorisation.scopes, parameters: {}, whole: true };
  const alongside = (wish.alongside ?? []).filter((one) => familyOf(one)?.id === family.id);
  const grant = await grantToUse(deps, wish, registration);
  const renews = wish.connectionId !== undefined || wish.whole === true;
  if (grant === null) {
    const parameters = renews
      ? family.newRefreshToken
      : { ...family.newRefreshToken, ...family.chooseAccount };
    return { scopes: unionOfScopes(connector, alongside), parameters, whole: wish.whole ?? false };
  }
  const standing = await neededScopes(deps.database, deps.connectors, connector, grant);
  const further = alongside.length === 0 ? [] : unionOfScopes(connector, alongside);
  const needed = [...new Map([...standing, ...further].map((one) => [one.scope, one])).values()];
  const hint = EMAIL_ADDRESS.test(grant.account.name) ? { login_hint: grant.account.name } : {};
  if (renews || family.earlierScopes === 'asked-again') {
    return { scopes: needed, parameters: { ...family.newRefreshToken, ...hint }, whole: wish.whole ?? false };
  }
  return { scopes: missingScopes(needed, grant.scopes), parameters: hint, whole: false };
}

/**
 * The grant that the visit extends or renews: the one that is named, the one that a connection stands on, or
 * else the oldest of the family that the connector does not stand on yet. Null: another account is meant, or
 * the grant was given to another registration.
 */
export async function grantToUse(
  deps: ConnectDeps,
  wish: ConnectWish,
  registration: string,
): Promise<GrantRow | null> {
  const { database } = deps;
  const { connector, organisationId, owner = null } = wish;
  const family = familyOf(connector);
  if (family === null || organisationId === null) return null;
  const fits = (grant: GrantRow | null): boolean =>
    grant?.organisationId === organisationId &&
    grant.family === family.id &&
    grant.registration === registration &&
    grant.owner === owner;
  if (wish.grantId !== undefined || wish.connectionId !== undefined) {
    const id = wish.grantId ?? (await connectionById(database, wish.connectionId ?? ''))?.grantId;
    const grant = id === undefined ? null : await grantById(database, id);
    return fits(grant) ? grant : null;
  }
  if (wish.account === 'new' || wish.whole === true) return null;
  for (const grant of await grantsOf(database, organisationId)) {
    if (!fits(grant) || grant.state !== 'active') continue;
    const standing = await connectionsOfGrant(database, grant.id);
    if (standing.every((row) => row.connector !== connector.id)) return grant;
  }
  return null;
}
