import { clientSecretOf, connectorOf } from '../core/oauth-clients.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { ACCESS_TOKEN_SECONDS, issueAccessToken, issueGrant, mayRefresh, redeemCode } from './issue.ts';
import { type AccessToken, accountsTables } from './rows.ts';

type Form = Readonly<Record<string, string>>;

/**
 * The client that speaks to the simulators at their own address rather than at Zoho's: it is told this
 * address as `api_domain`, where every other client is told Zoho's real one (and reaches it by the
 * server's rewriting of hosts). Clients that follow `api_domain` by themselves, as Zoho's SDK does, use it.
 */
const DIRECT_CLIENT = 'sandbox-sdk';

const TOO_MANY = {
  error: 'Access Denied',
  error_description: 'You have made too many requests continuously. Please try again after some time.',
  status: 'failure',
};

/**
 * `POST /oauth/v2/token`: tokens for a code or a refresh token. Zoho answers 200 in every case; a failure
 * is told by `error` alone.
 */
export function tokenAnswer(desk: VendorDesk, form: Form): object {
  const clientId = form.client_id ?? '';
  const connector = connectorOf(clientId);
  if (connector === null) return { error: 'invalid_client' };
  if (form.client_secret !== clientSecretOf(connector)) return { error: 'invalid_client_secret' };
  if (form.grant_type === 'authorization_code') return forCode(desk, form);
  if (form.grant_type === 'refresh_token') return forRefreshToken(desk, form);
  return { error: 'unsupported_grant_type' };
}

function forCode(desk: VendorDesk, form: Form): object {
  const code = redeemCode(desk, form);
  if (!code) return { error: 'invalid_code' };
  if (form.redirect_uri !== code.redirectUri) return { error: 'invalid_redirect_uri' };
  const grant = code.offline ? issueGrant(desk, code) : null;
  const made = issueAccessToken(desk, code, grant?.refreshToken ?? null);
  return { ...tokenBody(desk, made), ...(grant ? { refresh_token: grant.refreshToken } : {}) };
}

function forRefreshToken(desk: VendorDesk, form: Form): object {
  const grant = accountsTables(desk).grants.get(form.refresh_token ?? '');
  if (!grant || grant.clientId !== form.client_id) return { error: 'invalid_code' };
  if (!mayRefresh(desk, grant)) return TOO_MANY;
  return tokenBody(desk, issueAccessToken(desk, grant, grant.refreshToken));
}

function tokenBody(desk: VendorDesk, made: AccessToken): object {
  return {
    access_token: made.token,
    scope: made.scopes.join(' '),
    api_domain: made.clientId === DIRECT_CLIENT ? desk.other('zoho-crm').url : 'https://www.zohoapis.eu',
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
  };
}
