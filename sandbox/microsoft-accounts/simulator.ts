import type { Simulator } from '../core/simulator.ts';
import { handled } from '../kit/api.ts';
import { graphFailure } from '../microsoft/refusal.ts';
import { believe } from '../microsoft/requests.ts';
import { shownUser } from '../microsoft/shown-user.ts';
import { outlookScreens } from '../outlook-page/page.ts';
import { accountIn, asAccount, keyOf } from './account.ts';
import { acceptUnseen, mountConsent } from './consent.ts';
import { endConsent, expireAll } from './issue.ts';
import { setPolicy } from './rows.ts';
import { answerTokenRequest } from './token-endpoint.ts';

/** Microsoft's sign-in, its token endpoint and the account's own data. */
export const microsoftAccounts: Simulator = {
  vendor: 'microsoft-accounts',
  title: 'Microsoft',
  recordedAs: 'microsoft',
  realUrl: (path) =>
    path.startsWith('/v1.0/')
      ? `https://graph.microsoft.com${path}`
      : `https://login.microsoftonline.com${path}`,
  seed: () => undefined,
  consent: acceptUnseen,
  expire: expireAll,
  /**
   * `{"act": "administrators-only", "on": true}`: who is no administrator may let no application in;
   * `{"act": "administrator-agrees", "on": true}`: one agreed for everybody;
   * `{"act": "ask-for-fresh-sign-in"}`: tokens of before are answered with a claims challenge;
   * `{"act": "remove-application", "account": "claire"}`: the person takes Liaison out of the account.
   */
  act(desk, wish) {
    switch (wish.act) {
      case 'administrators-only':
        setPolicy(desk, { administratorsOnly: wish.on !== false });
        return {};
      case 'administrator-agrees':
        setPolicy(desk, { agreed: wish.on !== false });
        return {};
      case 'ask-for-fresh-sign-in':
        setPolicy(desk, { freshSince: desk.clock().getTime() });
        return {};
      case 'remove-application':
        return { ended: endConsent(desk, keyOf(accountIn(wish))) };
      default:
        throw new Error(
          'Microsoft knows the acts "administrators-only", "administrator-agrees", "ask-for-fresh-sign-in" and "remove-application".',
        );
    }
  },
  failure: graphFailure,
  pages: outlookScreens,
  routes(router, desk) {
    mountConsent(router, desk);
    for (const tenant of ['common', 'organizations'])
      router.post(`/${tenant}/oauth2/v2.0/token`, (request, response) =>
        answerTokenRequest(desk, request, response),
      );
    router.get(
      '/v1.0/me',
      handled((request) => {
        const { account } = believe(desk, request, ['User.Read']);
        return { body: asAccount(desk, account, () => shownUser(request.query.$select)) };
      }),
    );
  },
};
