import type { OAuthAuthorisation } from '../../core/connector.ts';
import { ZOHO_DATA_CENTRES } from './data-centres.ts';

/**
 * OAuth as every Zoho app does it; only the scopes differ. Authorisation starts in the United States, and
 * the callback names the accounts server of the user's data centre.
 *
 * Zoho gives at most ten access tokens per refresh token in ten minutes, then none for the rest of them.
 * https://www.zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html
 */
export function zohoAuthorisation(scopes: OAuthAuthorisation['scopes']): OAuthAuthorisation {
  return {
    kind: 'oauth',
    authorizeUrl: 'https://accounts.zoho.com/oauth/v2/auth',
    tokenUrl: 'https://accounts.zoho.com/oauth/v2/token',
    revokeUrl: 'https://accounts.zoho.com/oauth/v2/token/revoke',
    scopes,
    scopeSeparator: ',',
    // Without both, Zoho gives no refresh token to a user who consented before.
    authorizeParameters: { access_type: 'offline', prompt: 'consent' },
    pkce: true,
    header: 'Zoho-oauthtoken {token}',
    refresh: { limit: { count: 10, perMs: 600_000 } },
    dataCentres: ZOHO_DATA_CENTRES,
  };
}
