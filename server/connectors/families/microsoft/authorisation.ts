import type { OAuthAuthorisation } from '../../../core/connector.ts';
import { microsoft } from './family.ts';

const SIGN_IN = 'https://login.microsoftonline.com/common/oauth2/v2.0';

/**
 * OAuth as every application of Microsoft 365 does it; only the scopes differ. Accounts of work, of school and of one's
 * own alike (tenant `common`). Each renewal brings another refresh token, and nothing revokes one: whoever connected
 * takes Liaison out of their account's applications.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export function microsoftAuthorisation(scopes: OAuthAuthorisation['scopes']): OAuthAuthorisation {
  return {
    kind: 'oauth',
    family: microsoft,
    authorizeUrl: `${SIGN_IN}/authorize`,
    tokenUrl: `${SIGN_IN}/token`,
    scopes,
    scopeSeparator: ' ',
    scopePrefix: 'https://graph.microsoft.com/',
    authorizeParameters: { response_mode: 'query' },
    pkce: true,
    header: 'Bearer {token}',
    refresh: {},
  };
}
