import type { Connector } from '../core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../core/errors.ts';
import { clientOfGrant, familyOf } from '../core/registration.ts';
import { addStrayRefreshToken, type GrantRow, sharesConsent } from '../store/grants.ts';
import { createTokenEndpoint } from '../vault/token-endpoint.ts';
import type { StoredTokens } from '../vault/tokens-text.ts';
import type { ConnectDeps } from './deps.ts';
import { draftConnection } from './keep-account.ts';

/** What became of a token at the vendor. `shared`: it lives by a consent that serves another grant, too. */
export type TokenEnd =
  | { readonly is: 'revoked' | 'not-offered' | 'shared' }
  | { readonly is: 'not-revoked'; readonly error: LiaisonError };

// A vendor that is down must not keep anybody waiting for long.
const TIMEOUT_MS = 10_000;

/** A grant that is let go, with the tokens that it held. */
export interface LeftGrant {
  readonly grant: GrantRow;
  readonly tokens: StoredTokens | null;
}

/** Ends a grant at the vendor as well as it goes; what it held here is deleted by the caller. */
export function endGrant(deps: ConnectDeps, connector: Connector, left: LeftGrant): Promise<TokenEnd> {
  const { grant, tokens } = left;
  const { leave } = connector;
  if (leave !== undefined && tokens !== null)
    return leaving(deps, connector, { grant, tokens }, (client) => leave.call(connector, client));
  const { authorisation } = connector;
  const endsAccess = authorisation.kind === 'oauth' && authorisation.revokes === 'access-token';
  const held = endsAccess ? tokens?.accessToken : (tokens?.refreshToken ?? tokens?.accessToken);
  return end(deps, connector, grant, held ?? null);
}

/** By a call of the vendor's API, with the tokens that are let go: all grants of the account end with it. */
async function leaving(
  deps: ConnectDeps,
  connector: Connector,
  { grant, tokens }: LeftGrant & { readonly tokens: StoredTokens },
  leave: (client: unknown) => Promise<void>,
): Promise<TokenEnd> {
  const { dataCentre, site, organisationId, registration } = grant;
  const of = { family: grant.family, registration, accountId: grant.account.id, except: grant.id };
  if (await sharesConsent(deps.database, of)) return { is: 'shared' };
  const endpoint = createTokenEndpoint({ ...deps, timeoutMs: TIMEOUT_MS });
  const client = clientOfGrant(deps.oauthClient, connector, registration);
  const draft = draftConnection(deps, { connector, organisationId, dataCentre, site });
  const http = deps.outbound.open(
    connector,
    { ...draft, account: grant.account },
    {
      timeoutMs: TIMEOUT_MS,
      tokens: {
        authorization: async () => tokens.accessToken,
        async renew(_connection, refused) {
          if (client === null || tokens.refreshToken === null) return refused;
          const fresh = await endpoint.refresh({ connector, dataCentre, site, client }, tokens.refreshToken);
          return fresh.accessToken;
        },
      },
    },
  );
  try {
    await leave(connector.client(http));
    return { is: 'revoked' };
  } catch (thrown) {
    const error = asLiaisonError(thrown);
    // What lets nobody in any more was ended there already.
    if (error.kind === 'gone' || error.kind === 'reconnect') return { is: 'revoked' };
    deps.log.warn({ grant: grant.id, kind: error.kind }, 'an access could not be ended at the vendor');
    return { is: 'not-revoked', error };
  }
}

/** Ends a refresh token that another one of the same grant took the place of. */
export async function endRefreshToken(
  deps: ConnectDeps,
  connector: Connector,
  grant: GrantRow,
  refreshToken: string,
): Promise<void> {
  // With it all that the account consented to would end, the new token included.
  if (familyOf(connector)?.revoking !== 'token') return;
  await end(deps, connector, grant, refreshToken);
}

async function end(
  deps: ConnectDeps,
  connector: Connector,
  grant: GrantRow,
  token: string | null,
): Promise<TokenEnd> {
  const { authorisation } = connector;
  const client = clientOfGrant(deps.oauthClient, connector, grant.registration);
  if (authorisation.kind !== 'oauth' || authorisation.revokeUrl === undefined || client === null)
    return { is: 'not-offered' };
  if (token === null) return { is: 'revoked' };
  const family = familyOf(connector);
  if (family?.revoking === 'consent') {
    const { registration, account, id } = grant;
    const of = { family: family.id, registration, accountId: account.id, except: id };
    if (await sharesConsent(deps.database, of)) return { is: 'shared' };
  }
  try {
    const endpoint = createTokenEndpoint({ ...deps, timeoutMs: TIMEOUT_MS });
    const { dataCentre, site } = grant;
    await endpoint.revoke({ connector, dataCentre, site, client }, token);
    return { is: 'revoked' };
  } catch (thrown) {
    const error = asLiaisonError(thrown);
    // What is gone need not be removed.
    if (error.kind === 'gone') return { is: 'revoked' };
    deps.log.warn({ grant: grant.id, kind: error.kind }, 'a token could not be ended at the vendor');
    if (family?.refreshTokens) await addStrayRefreshToken(deps.database, grant, family.refreshTokens.most);
    return { is: 'not-revoked', error };
  }
}
