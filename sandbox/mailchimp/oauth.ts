import type { Router } from 'express';
import { company } from '../company/index.ts';
import { bodyOf } from '../core/body.ts';
import { mountConsentScreen } from '../core/consent-screen.ts';
import { clientSecretOf, connectorOf, isLocalAddress } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { ConsentWish, VendorDesk } from '../core/simulator.ts';
import { account } from './account.ts';
import { mailchimpTables } from './rows.ts';
import { issueToken, tokenOf } from './tokens.ts';

type Form = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly body: object;
}

/**
 * login.mailchimp.com: no scopes, no PKCE, no refresh tokens, and a question after the account's data
 * centre. https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/
 */
export function mountOAuth(router: Router, desk: VendorDesk): void {
  mountConsentScreen(router, {
    path: '/oauth2/authorize',
    title: 'Mailchimp',
    colour: '#ffe01b',
    account: `${account.firstName} ${account.lastName} · ${account.email}`,
    refusal: (wish, query) =>
      refusalOf(wish) ?? (query.response_type === 'code' ? null : 'invalid_request: response_type'),
    scopes: () => [
      {
        scope: company.name,
        words: {
          en: 'Read and change everything in this account: audiences, contacts, campaigns and their reports',
          fr: 'Lire et modifier tout ce compte : audiences, contacts, campagnes et leurs rapports',
        },
      },
    ],
    accept: (wish) => acceptConsent(desk, wish),
  });
  router.post('/oauth2/token', (request, response) => {
    const { status, body } = exchange(desk, bodyOf(request).form);
    response.status(status).set('Cache-Control', 'no-store').json(body);
  });
  router.get('/oauth2/metadata', (request, response) => {
    const { status, body } = metadata(desk, request.get('authorization'));
    response.status(status).json(body);
  });
}

/** What the callback carries when the owner of the account presses Accept. */
export function acceptConsent(desk: VendorDesk, wish: ConsentWish): Record<string, string> {
  const refusal = refusalOf(wish);
  if (refusal) throw new Error(`Mailchimp refuses this request: ${refusal}.`);
  // A PKCE challenge is not looked at.
  const { clientId, redirectUri } = wish;
  const code = authorisationCodes(desk).issue('', { clientId, redirectUri, scope: '' }, {});
  return { code, ...(wish.state === undefined ? {} : { state: wish.state }) };
}

function refusalOf({ clientId, redirectUri }: ConsentWish): string | null {
  if (connectorOf(clientId) !== 'mailchimp') return 'invalid_client';
  return isLocalAddress(redirectUri) ? null : 'redirect_uri_mismatch';
}

function exchange(desk: VendorDesk, form: Form): Answer {
  const { client_id: clientId = '', client_secret: secret = '', code = '' } = form;
  if (connectorOf(clientId) !== 'mailchimp' || secret !== clientSecretOf('mailchimp'))
    return refused(401, 'invalid_client', 'The client credentials are invalid.');
  if (form.grant_type !== 'authorization_code')
    return refused(400, 'unsupported_grant_type', 'Only authorization_code is supported.');
  const redirectUri = form.redirect_uri ?? '';
  const redeemed = authorisationCodes(desk).redeem({ code, clientId, redirectUri, verifier: undefined });
  if (!redeemed.ok) return refused(400, 'invalid_grant', REASONS[redeemed.reason]);
  const { token } = issueToken(desk, clientId);
  return { status: 200, body: { access_token: token, expires_in: 0, scope: null } };
}

function metadata(desk: VendorDesk, authorization: string | undefined): Answer {
  const token = mailchimpTables(desk).tokens.get(tokenOf(authorization) ?? '');
  if (!token) return refused(401, 'invalid_token', 'The access token is invalid.');
  const { dataCentre, userId, loginId, name, email } = account;
  return {
    status: 200,
    body: {
      dc: dataCentre,
      role: 'owner',
      accountname: name,
      user_id: userId,
      login: { email, avatar: null, login_id: loginId, login_name: email, login_email: email },
      login_url: 'https://login.mailchimp.com',
      api_endpoint: `https://${dataCentre}.api.mailchimp.com`,
    },
  };
}

function refused(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

const REASONS = {
  code: 'The authorization code is invalid or has expired.',
  client: 'The authorization code was given to another client.',
  'redirect-uri': 'The redirect URI does not match.',
  verifier: 'The authorization code is invalid.',
} as const;
