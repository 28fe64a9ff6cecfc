import { z } from 'zod';
import type { Connector, ConnectorHttp, OAuthAuthorisation } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import type { Identity, SignIn } from '../../core/sign-in.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { zohoHosts } from '../families/zoho/data-centres.ts';
import { zohoApi } from '../families/zoho/request.ts';
import { readAccount } from './account.ts';
import { classify, VENDOR } from './failures.ts';
import { roleOfProfile } from './profile.ts';

/** No data is opened by these: who asks, and for which organisation. */
const scopes: OAuthAuthorisation['scopes'] = [
  {
    scope: 'ZohoCRM.users.READ',
    reason: { en: 'Know who you are and your profile.', fr: 'Savoir qui vous êtes et votre profil.' },
  },
  {
    scope: 'ZohoCRM.org.READ',
    reason: { en: 'Know your organisation.', fr: 'Connaître votre organisation.' },
  },
];

// Of no family: nothing stays of a sign-in that others could share.
const { refresh: _refresh, family: _family, ...authorisation } = zohoAuthorisation(scopes);

const userSchema = z.object({
  users: z.tuple(
    [
      z.object({
        id: z.string().min(1),
        full_name: z.string().nullish(),
        email: z.string().nullish(),
        locale: z.string().nullish(),
        status: z.string().nullish(),
        profile: z.object({ name: z.string() }),
      }),
    ],
    z.unknown(),
  ),
});

/** `fr_FR` as BCP 47 has it. */
const languageTag = (locale: string): string => locale.replaceAll('_', '-');

const connector: Connector<ConnectorHttp> = {
  id: 'zoho-sign-in',
  titles: { en: 'Zoho', fr: 'Zoho' },
  // Online: no refresh token is made, so that sign-ins never push out those of connections (twenty per user).
  // https://www.zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html
  authorisation: { ...authorisation, authorizeParameters: { access_type: 'online' } },
  hosts: zohoHosts('zoho-crm'),
  budgets: [],
  objects: [],
  client: (http) => http,
  identify: (http) => readAccount(http, zohoApi(http)),
  classify,
};

/**
 * Sign in with Zoho. Who someone is, for which organisation, and whether they administer it is asked of the
 * CRM itself: its script in the page proves nothing.
 */
export const zohoSignIn: SignIn = {
  id: 'zoho',
  connector,
  clientsOf: ['zoho', 'zoho-crm'],
  async whoIs(http): Promise<Identity> {
    const api = zohoApi(http);
    const answer = await api({ path: '/crm/v8/users', query: { type: 'CurrentUser' } });
    const user = readAnswer(userSchema, answer.body, VENDOR).users[0];
    const { facts, ...account } = await readAccount(http, api);
    return {
      user: {
        id: user.id,
        name: user.full_name ?? user.email ?? user.id,
        email: user.email ?? null,
        locale: user.locale == null ? null : languageTag(user.locale),
        role: roleOfProfile(user.profile.name),
        active: user.status == null || user.status === 'active',
      },
      organisation: {
        id: account.id,
        name: account.name,
        locale: facts?.locale ?? 'en-US',
        timeZone: facts?.timeZone ?? 'UTC',
        currency: facts?.currency ?? 'USD',
      },
    };
  },
};
