import type { Request, Router } from 'express';
import { fullName, users } from '../company/index.ts';
import { bodyOf } from '../core/body.ts';
import { mountConsentScreen } from '../core/consent-screen.ts';
import { clientSecretOf, connectorOf, isLocalAddress } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { ConsentWish, VendorDesk } from '../core/simulator.ts';
import { handled } from '../kit/api.ts';
import { isMembers } from '../kit/json-body.ts';
import type { Reply } from '../kit/refusal.ts';
import { BOT_ID, notionTables, type TokenRow, WORKSPACE } from './rows.ts';
import { personView } from './views.ts';

const owner = users[1];

/** https://developers.notion.com/docs/authorization : no scopes, no PKCE; whoever consents picks pages. */
export function mountOAuth(router: Router, desk: VendorDesk): void {
  mountConsentScreen(router, {
    path: '/v1/oauth/authorize',
    title: 'Notion',
    colour: '#191919',
    account: `${fullName(owner)} · ${WORKSPACE.name}`,
    refusal: (wish, query) =>
      refusalOf(wish) ??
      (query.response_type !== 'code'
        ? 'Missing or invalid response_type'
        : query.owner !== 'user'
          ? 'Missing or invalid owner'
          : null),
    scopes: () => [
      {
        scope: WORKSPACE.name,
        words: {
          en: 'See, add and change pages that you choose (here: Projets, Clients, Archives); see people and their e-mail addresses',
          fr: 'Voir, ajouter et modifier les pages que vous choisissez (ici : Projets, Clients, Archives) ; voir les personnes et leurs adresses e-mail',
        },
      },
    ],
    accept: (wish) => acceptConsent(desk, wish),
  });
  router.post(
    '/v1/oauth/token',
    handled((request) => token(desk, request)),
  );
  router.post(
    '/v1/oauth/revoke',
    handled((request) => revoke(desk, request)),
  );
}

/** What the callback carries when somebody picked pages and allowed access. */
export function acceptConsent(desk: VendorDesk, wish: ConsentWish): Record<string, string> {
  const refusal = refusalOf(wish);
  if (refusal) throw new Error(`Notion refuses this request: ${refusal}.`);
  const { clientId, redirectUri } = wish;
  const code = authorisationCodes(desk).issue('03', { clientId, redirectUri, scope: '' }, {});
  return { code, ...(wish.state === undefined ? {} : { state: wish.state }) };
}

function refusalOf({ clientId, redirectUri }: ConsentWish): string | null {
  if (connectorOf(clientId) !== 'notion') return 'Missing or invalid client_id';
  return isLocalAddress(redirectUri) ? null : 'Missing or invalid redirect_uri';
}

const refused = (status: number, error: string, description: string): Reply => ({
  status,
  body: { error, error_description: description },
});

/** The client says who it is by basic authentication only, its id and secret as they are. */
function clientOf(request: Request): string | null {
  const [, basic = ''] = /^Basic (.+)$/i.exec(request.get('authorization') ?? '') ?? [];
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return connectorOf(id) === 'notion' && secret === clientSecretOf('notion') ? id : null;
}

function bodyIn(request: Request): Readonly<Record<string, unknown>> | null {
  const { json } = bodyOf(request);
  return /^application\/json\b/.test(request.get('content-type') ?? '') && isMembers(json) ? json : null;
}

function token(desk: VendorDesk, request: Request): Reply {
  const clientId = clientOf(request);
  if (clientId === null) return refused(401, 'invalid_client', 'Client authentication failed.');
  const body = bodyIn(request);
  if (body === null) return refused(400, 'invalid_request', 'The body is no JSON.');
  if (body.grant_type === 'refresh_token') return refreshed(desk, String(body.refresh_token ?? ''));
  if (body.grant_type !== 'authorization_code')
    return refused(400, 'unsupported_grant_type', 'Unsupported grant type.');
  const redeemed = authorisationCodes(desk).redeem({
    code: String(body.code ?? ''),
    clientId,
    redirectUri: String(body.redirect_uri ?? ''),
    verifier: undefined,
  });
  if (!redeemed.ok) return refused(400, 'invalid_grant', 'Invalid code.');
  return { body: issued(desk, clientId) };
}

function issued(desk: VendorDesk, clientId: string): object {
  const row: TokenRow = { token: desk.id('ntn_', 46), refreshToken: desk.id('nrt_', 46), clientId };
  notionTables(desk).tokens.put(row.token, row);
  return {
    access_token: row.token,
    token_type: 'bearer',
    refresh_token: row.refreshToken,
    bot_id: BOT_ID,
    workspace_icon: null,
    workspace_name: WORKSPACE.name,
    workspace_id: WORKSPACE.id,
    owner: { type: 'user', user: personView('hugo') },
    duplicated_template_id: null,
  };
}

/** A refresh gives both tokens anew. https://developers.notion.com/reference/refresh-a-token */
function refreshed(desk: VendorDesk, given: string): Reply {
  const { tokens } = notionTables(desk);
  const held = refreshable(desk, given);
  if (held === undefined) return refused(400, 'invalid_grant', 'Invalid refresh token.');
  tokens.delete(held.token);
  spent(desk).delete(given);
  return { body: issued(desk, held.clientId) };
}

const spent = (desk: VendorDesk) => desk.table<TokenRow>('ended tokens', { kept: true });
const refreshable = (desk: VendorDesk, given: string): TokenRow | undefined =>
  notionTables(desk)
    .tokens.all()
    .find(({ refreshToken }) => refreshToken === given) ?? spent(desk).get(given);

function revoke(desk: VendorDesk, request: Request): Reply {
  if (clientOf(request) === null) return refused(401, 'invalid_client', 'Client authentication failed.');
  const body = bodyIn(request);
  if (typeof body?.token !== 'string') return refused(400, 'invalid_request', 'token should be defined.');
  notionTables(desk).tokens.delete(body.token);
  return { body: { request_id: desk.id('', 24) } };
}

/** Every access token ends now; what refreshes them stays. Answers how many there were. */
export function expireAll(desk: VendorDesk): number {
  const { tokens } = notionTables(desk);
  const live = tokens.all();
  for (const row of live) {
    spent(desk).put(row.refreshToken, row);
    tokens.delete(row.token);
  }
  return live.length;
}
