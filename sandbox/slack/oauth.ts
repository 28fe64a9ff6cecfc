import type { Router } from 'express';
import { users } from '../company/index.ts';
import { bodyOf } from '../core/body.ts';
import { mountConsentScreen, textsOf } from '../core/consent-screen.ts';
import { clientSecretOf, connectorOf, credentialsOf, isLocalAddress } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { ConsentWish, VendorDesk } from '../core/simulator.ts';
import { handled } from '../kit/api.ts';
import { SlackRefusal } from './refusal.ts';
import { SCOPES, scopesOf } from './scopes.ts';
import { userIdOf } from './seed.ts';
import { installToken } from './tokens.ts';
import { app, workspace } from './workspace.ts';

const INSTALLER = 'hugo';

/** https://docs.slack.dev/authentication/installing-with-oauth, without token rotation and without PKCE. */
export function mountOAuth(router: Router, desk: VendorDesk): void {
  const installer = users.find(({ key }) => key === INSTALLER);
  mountConsentScreen(router, {
    path: '/oauth/v2/authorize',
    title: 'Slack',
    colour: '#611f69',
    account: `${installer?.firstName} ${installer?.lastName} · ${workspace.name}`,
    refusal: (wish) => refusalOf(wish),
    scopes: ({ scope = '' }) =>
      scopesOf(scope).map((one) => ({ scope: one, words: SCOPES[one] ?? { en: one, fr: one } })),
    accept: (wish) => acceptInstall(desk, wish),
  });
  router.all(
    '/api/oauth.v2.access',
    handled((request) => {
      const form = { ...textsOf(request.query), ...bodyOf(request).form };
      return { body: { ok: true, ...exchange(desk, request.get('authorization'), form) } };
    }),
  );
}

/** What the callback carries when an administrator presses Accept. Throws a sentence for a request that cannot be shown. */
export function acceptInstall(desk: VendorDesk, wish: ConsentWish): Record<string, string> {
  const refusal = refusalOf(wish);
  if (refusal) throw new Error(`Slack refuses this request: ${refusal}.`);
  const code = authorisationCodes(desk).issue(`${desk.digits('', 12)}.${desk.digits('', 13)}.`, wish, {});
  return { code, state: wish.state ?? '' };
}

function refusalOf({ clientId, redirectUri, scope }: ConsentWish): string | null {
  if (connectorOf(clientId) !== 'slack') return 'invalid_client_id';
  if (!isLocalAddress(redirectUri)) return 'bad_redirect_uri';
  const scopes = scopesOf(scope);
  if (scopes.length === 0) return 'no_scopes';
  const unknown = scopes.find((one) => !(one in SCOPES));
  return unknown === undefined ? null : `invalid_scope: ${unknown}`;
}

function exchange(
  desk: VendorDesk,
  authorization: string | undefined,
  form: Readonly<Record<string, string>>,
): object {
  const { clientId, secret } = credentialsOf(authorization, form);
  if (connectorOf(clientId) !== 'slack') throw new SlackRefusal('invalid_client_id');
  if (secret !== clientSecretOf('slack')) throw new SlackRefusal('bad_client_secret');
  const { code = '', redirect_uri: redirectUri = '', grant_type: type = 'authorization_code' } = form;
  // Without token rotation there is nothing to refresh.
  if (type === 'refresh_token') throw new SlackRefusal('invalid_refresh_token');
  if (type !== 'authorization_code') throw new SlackRefusal('invalid_grant_type');
  const redeemed = authorisationCodes(desk).redeem({
    code,
    clientId,
    redirectUri,
    verifier: form.code_verifier,
  });
  if (!redeemed.ok) throw new SlackRefusal(REASONS[redeemed.reason]);
  const token = installToken(desk, clientId, scopesOf(redeemed.grant.scope));
  return {
    app_id: app.id,
    authed_user: { id: userIdOf(INSTALLER) },
    scope: token.scopes.join(','),
    token_type: 'bot',
    access_token: token.token,
    bot_user_id: app.botUserId,
    team: { id: workspace.id, name: workspace.name },
    is_enterprise_install: false,
  };
}

const REASONS = {
  code: 'invalid_code',
  client: 'invalid_code',
  'redirect-uri': 'bad_redirect_uri',
  verifier: 'invalid_code_verifier',
} as const;
