import type { OAuthAuthorisation } from '../../../core/connector.ts';
import { google } from './family.ts';

/**
 * OAuth as every application of Google's does it; only the scopes differ. What an account granted before comes
 * along with what is newly asked for.
 * https://developers.google.com/identity/protocols/oauth2/web-server#incrementalAuth
 */
export function googleAuthorisation(scopes: OAuthAuthorisation['scopes']): OAuthAuthorisation {
  return {
    kind: 'oauth',
    family: google,
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    revokeUrl: 'https://oauth2.googleapis.com/revoke',
    scopes,
    scopeSeparator: ' ',
    authorizeParameters: { access_type: 'offline', include_granted_scopes: 'true' },
    pkce: true,
    header: 'Bearer {token}',
    refresh: {},
  };
}
