import type { Router } from 'express';
import { users } from '../company/index.ts';
import { bodyOf } from '../core/body.ts';
import { mountConsentScreen, textsOf } from '../core/consent-screen.ts';
import { clientSecretOf, connectorOf, credentialsOf, isLocalAddress } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { ConsentWish, VendorDesk } from '../core/simulator.ts';
import { SlackRefusal } from './refusal.ts';
import { answering } from './routes.ts';
import { SCOPES, scopesOf } from './scopes.ts';
import { userIdOf } from './seed.ts';
import { installToken } from './tokens.ts';
import { app, findWorkspace, workspaces } from './workspace.ts';

const INSTALLER = 'hugo';

/** The workspace in which the app is installed; absent: the first one. */
interface Chosen {
  readonly workspace?: string;
}

/** https://docs.slack.dev/authentication/installing-with-oauth, without token rotation and without PKCE. */
export function mountOAuth(router: Router, desk: VendorDesk): void {
  const installer = users.find(({ key }) => key === INSTALLER);
  mountConsentScreen(router, {
    path: '/oauth/v2/authorize',
    title: 'Slack',
    colour: '#611f69',
    account: `${installer?.firstName} ${installer?.lastName}`,
    accounts: workspaces.map(({ id, name }) => ({ id, name })),
    refusal: (wish) => refusalOf(wish),
    scopes: ({ scope = '' }) =>
      scopesOf(scope).map((one) => ({ scope: one, words: SCOPES[one] ?? { en: one, fr: one } })),
    accept: (wish) => acceptInstall(desk, wish),
  });
  router.all('/api/oauth.v2.access', (request, response) =>
    answering(response, () =>
      exchange(desk, request.get('authorization'), { ...textsOf(request.query), ...bodyOf(request).form }),
    ),
  );
}

/** What the callback carries when an administrator presses Accept. Throws a sentence for a request that cannot be shown. */
export function acceptInstall(desk: VendorDesk, wish: ConsentWish): Record<string, string> {
  const refusal = refusalOf(wish);
  if (refusal) throw new Error(`Slack refuses this request: ${refusal}.`);
  const code = authorisationCodes<Chosen>(desk).issue(
    `${desk.digits('', 12)}.${desk.digits('', 13)}.`,
    wish,
    wish.account === undefined ? {} : { workspace: wish.account },
  );
  return { code, state: wish.state ?? '' };
}

function refusalOf({ clientId, redirectUri, scope, account }: ConsentWish): string | null {
  if (connectorOf(clientId) !== 'slack') return 'invalid_client_id';
  if (!isLocalAddress(redirectUri)) return 'bad_redirect_uri';
  if (findWorkspace(account) === undefined) return 'team_not_found';
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
  const redeemed = authorisationCodes<Chosen>(desk).redeem({
    code,
    clientId,
    redirectUri,
    verifier: form.code_verifier,
  });
  if (!redeemed.ok) throw new SlackRefusal(REASONS[redeemed.reason]);
  const token = installToken(desk, {
    clientId,
    scopes: scopesOf(redeemed.grant.scope),
    ...redeemed.grant.details,
  });
  const home = findWorkspace(token.workspace);
  return {
    app_id: app.id,
    authed_user: { id: userIdOf(INSTALLER) },
    scope: token.scopes.join(','),
    token_type: 'bot',
    access_token: token.token,
    bot_user_id: app.botUserId,
    team: { id: home?.id, name: home?.name },
    is_enterprise_install: false,
  };
}

const REASONS = {
  code: 'invalid_code',
  client: 'invalid_code',
  'redirect-uri': 'bad_redirect_uri',
  verifier: 'invalid_code_verifier',
} as const;
