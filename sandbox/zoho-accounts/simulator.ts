import { company, users } from '../company/index.ts';
import { bodyOf } from '../core/body.ts';
import { mountConsentScreen, textsOf } from '../core/consent-screen.ts';
import type { ConsentWish, Simulator, VendorDesk } from '../core/simulator.ts';
import { checkToken } from './check-token.ts';
import { CONSENTING_USER, expireAll, issueCode, refusalOf, revoke } from './issue.ts';
import { accountsTables } from './rows.ts';
import { scopeInWords } from './scope-words.ts';
import { scopesOf } from './scopes.ts';
import { tokenAnswer } from './token-endpoint.ts';
import { userInfo } from './user-info.ts';

// Whoever is signed in to Zoho; here the reader chooses. The administrator comes first.
const accounts = [...users]
  .sort((left, right) => Number(right.key === CONSENTING_USER) - Number(left.key === CONSENTING_USER))
  .map(({ key, firstName, lastName, email }) => ({
    id: key,
    name: `${firstName} ${lastName} (${email})`,
    email,
  }));

/** Zoho's accounts server of the European data centre. */
export const zohoAccounts: Simulator = {
  vendor: 'zoho-accounts',
  title: 'Zoho Accounts',
  realUrl: (path) => `https://accounts.zoho.eu${path}`,
  seed: () => undefined,
  consent: (desk, wish) => {
    const refusal = refusalOf(wish);
    if (refusal) throw new Error(`${refusal}.`);
    const hinted = accounts.find(({ email }) => email === wish.parameters?.login_hint?.toLowerCase());
    const account = wish.account ?? hinted?.id;
    const chosen = account === undefined ? wish : { ...wish, account };
    return callback(issueCode(desk, chosen, { offline: true }), wish);
  },
  expire: expireAll,
  failure: (status) => ({ error: status === 429 ? 'Access Denied' : 'general_error', status: 'failure' }),
  routes(router, desk) {
    mountConsentScreen(router, {
      title: 'Zoho Accounts',
      colour: '#e42527',
      // The organisation that the user picks, as Zoho shows it.
      account: `Production · ${company.zgid}`,
      accounts,
      path: '/oauth/v2/auth',
      refusal: (wish, query) => (query.response_type === 'code' ? refusalOf(wish) : 'Invalid Response Type'),
      scopes: ({ scope = '' }) => scopesOf(scope).map((one) => ({ scope: one, words: scopeInWords(one) })),
      accept: (wish, query) => callback(issueCode(desk, wish, { offline: isOffline(desk, query) }), wish),
    });
    router.post('/oauth/v2/token', (request, response) => {
      response.json(tokenAnswer(desk, { ...textsOf(request.query), ...bodyOf(request).form }));
    });
    router.get('/oauth/user/info', (request, response) => {
      const verdict = checkToken(desk, request, ['AaaServer.profile.READ']);
      if (verdict.ok) response.json(userInfo(verdict.user));
      else
        response
          .status(verdict.reason === 'OAUTH_SCOPE_MISMATCH' ? 403 : 401)
          .json({ error: verdict.reason });
    });
    router.post('/oauth/v2/token/revoke', (request, response) => {
      const token = textsOf(request.query).token ?? bodyOf(request).form.token ?? '';
      response.json(revoke(desk, token) ? { status: 'success' } : { error: 'invalid_code' });
    });
  },
};

/** Zoho gives a second refresh token only to a client that asks for the consent screen again. */
function isOffline(desk: VendorDesk, query: Readonly<Record<string, string>>): boolean {
  if (query.access_type !== 'offline') return false;
  const known = accountsTables(desk)
    .grants.all()
    .some(({ clientId }) => clientId === query.client_id);
  return query.prompt === 'consent' || !known;
}

/** https://www.zoho.com/accounts/protocol/oauth/multi-dc.html */
function callback(code: string, wish: ConsentWish): Record<string, string> {
  const state = wish.state === undefined ? {} : { state: wish.state };
  return { code, ...state, location: 'eu', 'accounts-server': 'https://accounts.zoho.eu' };
}
