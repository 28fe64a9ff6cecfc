import { bodyOf } from '../core/body.ts';
import { textsOf } from '../core/consent-screen.ts';
import type { Simulator } from '../core/simulator.ts';
import { googleError } from './check-token.ts';
import { acceptUnseen, mountConsent } from './consent.ts';
import { expireAll, revoke } from './issue.ts';
import { answerTokenRequest } from './token-endpoint.ts';
import { answerUserInfo } from './user-info.ts';

/** Google's sign-in, its token endpoint and the account's own data. */
export const googleAccounts: Simulator = {
  vendor: 'google-accounts',
  title: 'Google',
  recordedAs: 'google',
  realUrl(path) {
    if (path.startsWith('/o/')) return `https://accounts.google.com${path}`;
    return path.startsWith('/oauth2/')
      ? `https://www.googleapis.com${path}`
      : `https://oauth2.googleapis.com${path}`;
  },
  seed: () => undefined,
  consent: acceptUnseen,
  expire: expireAll,
  failure: (status) =>
    googleError(status, status === 429 ? 'RESOURCE_EXHAUSTED' : 'UNAVAILABLE', 'Try again later.'),
  routes(router, desk) {
    mountConsent(router, desk);
    router.post('/token', (request, response) => answerTokenRequest(desk, request, response));
    router.post('/revoke', (request, response) => {
      const token = textsOf(request.query).token ?? bodyOf(request).form.token ?? '';
      if (revoke(desk, token)) response.status(200).end();
      else
        response.status(400).json({ error: 'invalid_token', error_description: 'Token expired or revoked' });
    });
    router.get('/oauth2/v2/userinfo', (request, response) => answerUserInfo(desk, request, response));
  },
};
