import type { Request, Response } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import { account, findAccount } from './account.ts';
import { checkToken, refuseToken } from './check-token.ts';

const EMAIL = 'https://www.googleapis.com/auth/userinfo.email';
const PROFILE = 'https://www.googleapis.com/auth/userinfo.profile';

/** `GET /oauth2/v2/userinfo`: who consented, as far as the scopes tell. */
export function answerUserInfo(desk: VendorDesk, request: Request, response: Response): void {
  const verdict = checkToken(desk, request, [EMAIL, PROFILE]);
  if (!verdict.ok) {
    refuseToken(response, verdict.reason);
    return;
  }
  const { scopes } = verdict.token;
  const { id, email, givenName, familyName, hostedDomain } = findAccount(verdict.token.account) ?? account();
  response.json({
    id,
    ...(scopes.includes(EMAIL) ? { email, verified_email: true, hd: hostedDomain } : {}),
    ...(scopes.includes(PROFILE)
      ? { name: `${givenName} ${familyName}`, given_name: givenName, family_name: familyName }
      : {}),
  });
}
