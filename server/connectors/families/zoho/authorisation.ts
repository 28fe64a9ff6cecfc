import type { OAuthAuthorisation } from '../../../core/connector.ts';
import { ZOHO_DATA_CENTRES } from './data-centres.ts';
import { zoho } from './family.ts';

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
    family: zoho,
    authorizeUrl: 'https://accounts.zoho.com/oauth/v2/auth',
    tokenUrl: 'https://accounts.zoho.com/oauth/v2/token',
    revokeUrl: 'https://accounts.zoho.com/oauth/v2/token/revoke',
    scopes,
    scopeSeparator: ',',
    authorizeParameters: { access_type: 'offline' },
    pkce: true,
    header: 'Zoho-oauthtoken {token}',
    refresh: { limit: { count: 10, perMs: 600_000 } },
    dataCentres: ZOHO_DATA_CENTRES,
  };
}
