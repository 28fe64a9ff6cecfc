import type { ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { zohoSignIn } from './sign-in.ts';

const ORG = {
  zgid: '20098765432',
  company_name: 'Atelier Lumen',
  iso_code: 'EUR',
  currency_locale: 'fr_FR',
  time_zone: 'Europe/Paris',
};
const USER = {
  id: '4876876000000030002',
  full_name: 'Hugo Marchetti',
  email: 'hugo.marchetti@atelier-lumen.example',
  locale: 'fr_FR',
  status: 'active',
  profile: { name: 'Administrator', id: '1' },
};

/** The CRM's answers about this user, in the European data centre. */
function http(user: object): ConnectorHttp {
  return {
    account: { id: '', name: '' },
    apiUrl: 'https://www.zohoapis.eu',
    received: async () => [],
    download: async () => ({ refused: { en: '', fr: '' } }),
    fetch: async (input) => {
      const { pathname, search } = new URL(String(input));
      if (pathname === '/crm/v8/org') return Response.json({ org: [ORG] });
      if (pathname === '/crm/v8/users' && search === '?type=CurrentUser')
        return Response.json({ users: [user] });
      throw new Error(`not asked: ${pathname}${search}`);
    },
  };
}

const roleOf = async (user: object) => (await zohoSignIn.whoIs(http(user))).user.role;

describe('who signs in with Zoho', () => {
  it('is told by the CRM, with the organisation', async () => {
    expect(await zohoSignIn.whoIs(http(USER))).toEqual({
      user: {
        id: USER.id,
        name: 'Hugo Marchetti',
        email: USER.email,
        locale: 'fr-FR',
        role: 'admin',
        active: true,
      },
      organisation: {
        id: '20098765432',
        name: 'Atelier Lumen',
        locale: 'fr-FR',
        timeZone: 'Europe/Paris',
        currency: 'EUR',
      },
    });
  });

  it.each(['Standard', 'administrator', 'Administrator (copy)', ' Administrator', ''])(
    'is a rep with the profile «%s»',
    async (name) => {
      expect(await roleOf({ ...USER, profile: { name } })).toBe('rep');
    },
  );

  it('is nobody without a profile: no role is guessed', async () => {
    await expect(roleOf({ ...USER, profile: undefined })).rejects.toThrow(LiaisonError);
    await expect(roleOf({ ...USER, profile: null })).rejects.toThrow(LiaisonError);
  });

  it('is not active once the CRM says so', async () => {
    const identity = await zohoSignIn.whoIs(http({ ...USER, status: 'disabled' }));
    expect(identity.user.active).toBe(false);
  });

  it('has a name, if only a number', async () => {
    const bare = { id: '7', profile: { name: 'Standard' } };
    expect((await zohoSignIn.whoIs(http(bare))).user).toMatchObject({ name: '7', email: null, locale: null });
  });

  it('is asked for with no more than the two scopes that are used, and no lasting access', () => {
    const { authorisation } = zohoSignIn.connector;
    if (authorisation.kind !== 'oauth') throw new Error('not OAuth');
    expect(authorisation.scopes.map(({ scope }) => scope)).toEqual([
      'ZohoCRM.users.READ',
      'ZohoCRM.org.READ',
    ]);
    expect(authorisation.authorizeParameters).toEqual({ access_type: 'online' });
    expect(authorisation.refresh).toBeUndefined();
    expect(authorisation.pkce).toBe(true);
  });
});
