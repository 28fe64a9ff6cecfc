import type { Request, Response } from 'express';
import { bodyOf } from '../core/body.ts';
import type { ConsentWish, Simulator, VendorDesk } from '../core/simulator.ts';
import { consentPage, languageOf, refusalPage } from './consent-page.ts';
import { expireAll, issueCode, refusalOf, revoke } from './issue.ts';
import { accountsTables } from './rows.ts';
import { tokenAnswer } from './token-endpoint.ts';

/** Zoho's accounts server of the European data centre. */
export const zohoAccounts: Simulator = {
  vendor: 'zoho-accounts',
  title: 'Zoho Accounts',
  realUrl: (path) => `https://accounts.zoho.eu${path}`,
  seed: () => undefined,
  consent: (desk, wish) => {
    const refusal = refusalOf(wish);
    if (refusal) throw new Error(`${refusal}.`);
    return callback(issueCode(desk, wish, { offline: true }), wish);
  },
  expire: expireAll,
  failure: (status) => ({ error: status === 429 ? 'Access Denied' : 'general_error', status: 'failure' }),
  routes(router, desk) {
    router.get('/oauth/v2/auth', (request, response) => {
      const query = textsOf(request.query);
      const language = languageOf(request.headers['accept-language']);
      const refusal = query.response_type === 'code' ? refusalOf(wishOf(query)) : 'Invalid Response Type';
      if (refusal) response.status(400).send(refusalPage(refusal, language));
      else response.send(consentPage(query, language));
    });
    router.post('/oauth/v2/auth', (request, response) => decide(desk, request, response));
    router.post('/oauth/v2/token', (request, response) => {
      response.json(tokenAnswer(desk, { ...textsOf(request.query), ...bodyOf(request).form }));
    });
    router.post('/oauth/v2/token/revoke', (request, response) => {
      const token = textsOf(request.query).token ?? bodyOf(request).form.token ?? '';
      response.json(revoke(desk, token) ? { status: 'success' } : { error: 'invalid_code' });
    });
  },
};

function decide(desk: VendorDesk, request: Request, response: Response): void {
  const { decision, ...query } = bodyOf(request).form;
  const wish = wishOf(query);
  const refusal = refusalOf(wish);
  if (refusal) {
    response.status(400).send(refusalPage(refusal, languageOf(request.headers['accept-language'])));
    return;
  }
  const target = new URL(wish.redirectUri);
  const known = accountsTables(desk)
    .grants.all()
    .some((grant) => grant.clientId === wish.clientId);
  // Zoho gives a second refresh token only to a client that asks for the consent screen again.
  const offline = query.access_type === 'offline' && (query.prompt === 'consent' || !known);
  const parameters =
    decision === 'accept'
      ? callback(issueCode(desk, wish, { offline }), wish)
      : { error: 'access_denied', ...stateOf(wish) };
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  response.redirect(302, target.href);
}

/** https://www.zoho.com/accounts/protocol/oauth/multi-dc.html */
function callback(code: string, wish: ConsentWish): Record<string, string> {
  return { code, ...stateOf(wish), location: 'eu', 'accounts-server': 'https://accounts.zoho.eu' };
}

const stateOf = (wish: ConsentWish): Record<string, string> =>
  wish.state === undefined ? {} : { state: wish.state };

function wishOf(query: Readonly<Record<string, string>>): ConsentWish {
  return {
    clientId: query.client_id ?? '',
    redirectUri: query.redirect_uri ?? '',
    scope: query.scope ?? '',
    ...(query.state === undefined ? {} : { state: query.state }),
    ...(query.code_challenge === undefined ? {} : { codeChallenge: query.code_challenge }),
  };
}

function textsOf(query: Request['query']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
