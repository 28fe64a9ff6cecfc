import { z } from 'zod';
import type { Family } from '../../../core/family.ts';
import { readAnswer } from '../../../core/read-answer.ts';
import { dataCentreOf, ZOHO_DATA_CENTRES } from './data-centres.ts';

const userSchema = z.object({
  ZUID: z.union([z.string().min(1), z.number()]),
  Email: z.string().min(1),
});

/** Zoho's applications: https://www.zoho.com/accounts/protocol/oauth/web-apps/authorization.html */
export const zoho: Family = {
  id: 'zoho',
  titles: { en: 'Zoho', fr: 'Zoho' },
  scopes: [
    {
      scope: 'AaaServer.profile.READ',
      reason: { en: 'Show which Zoho account is connected.', fr: 'Afficher quel compte Zoho est connecté.' },
    },
  ],
  hosts: Object.fromEntries(
    ZOHO_DATA_CENTRES.map(({ accountsUrl }) => [new URL(accountsUrl).hostname, 'zoho-accounts']),
  ),
  earlierScopes: 'asked-again',
  chooseAccount: {},
  // Without it, Zoho gives no refresh token to a user who consented before.
  newRefreshToken: { prompt: 'consent' },
  revoking: 'token',
  // https://help.zoho.com/portal/en/community/topic/kaizen-43-tokens-and-limitations
  refreshTokens: { most: 20, warnFrom: 18 },
  // https://www.zoho.com/accounts/protocol/oauth/use-access-token.html
  async whose(http) {
    const response = await http.fetch(`${dataCentreOf(http.apiUrl).accountsUrl}/oauth/user/info`);
    const user = readAnswer(userSchema, await response.json(), 'Zoho');
    return { id: String(user.ZUID), name: user.Email };
  },
};
