import { randomUUID } from 'node:crypto';
import { disconnect } from '../../server/connect/disconnect.ts';
import { connectWithoutConsent } from '../../server/connect/without-consent.ts';
import type { GooglePeopleClient } from '../../server/connectors/google-people/client.ts';
import { type ConnectionRow, connectionById, listConnections } from '../../server/store/connections.ts';
import { countRefreshTokens, grantById, grantsOf } from '../../server/store/grants.ts';
import { saveOrganisation } from '../../server/store/organisations.ts';
import { saveUser } from '../../server/store/users.ts';
import { connectorCalled, startFamilyRig } from './family-rig.ts';

const SCOPE = 'https://www.googleapis.com/auth/';
const GOOGLE = ['google-people', 'google-calendar', 'google-sheets'];

let rig: Awaited<ReturnType<typeof startFamilyRig>>;
beforeEach(async () => {
  rig = await startFamilyRig();
});
afterEach(() => rig.close());

const refreshTokens = () => rig.rows('google-accounts', 'refresh tokens');
const zohoTokens = () => rig.rows('zoho-accounts', 'grants');
const asked = (address: URL): string[] => (address.searchParams.get('scope') ?? '').split(/[ ,]/);
const grants = () => grantsOf(rig.database, rig.organisationId);
const works = async (connection: ConnectionRow) => {
  const connector = connectorCalled(connection.connector);
  const { account } = connection;
  expect((await connector.identify(rig.clientOf(connection))).id).toBe(account.id);
};

describe('one Google account', () => {
  it('consents once for contacts, calendar and sheets, each time to what is missing only, with one refresh token', async () => {
    const first = await rig.begin('google-people', { account: 'new' });
    expect(asked(first)).toEqual([`${SCOPE}userinfo.email`, `${SCOPE}contacts`]);
    const people = await rig.accept(first);
    const second = await rig.begin('google-calendar');
    expect(asked(second)).toEqual([`${SCOPE}calendar.events`, `${SCOPE}calendar.calendarlist.readonly`]);
    expect(second.searchParams.get('include_granted_scopes')).toBe('true');
    expect(second.searchParams.get('login_hint')).toBe('hugo.marchetti@atelier-lumen.example');
    const calendar = await rig.accept(second);
    const third = await rig.begin('google-sheets');
    expect(asked(third)).toEqual([`${SCOPE}spreadsheets.readonly`]);
    const sheets = await rig.accept(third);

    expect(new Set([people, calendar, sheets].map(({ grantId }) => grantId)).size).toBe(1);
    expect(await refreshTokens()).toHaveLength(1);
    const [grant] = (await grants()).filter(({ family }) => family === 'google');
    expect(grant?.account.name).toBe('hugo.marchetti@atelier-lumen.example');
    expect(grant?.scopes).toHaveLength(5);
    for (const connection of [people, calendar, sheets]) await works(connection);
    // Also when the access token that they share is over.
    await rig.deps.door.control('expire/google-accounts', {});
    for (const connection of [people, calendar, sheets]) await works(connection);
  });

  it('is not asked again for what it granted: the application is connected without a page', async () => {
    for (const id of GOOGLE) await rig.connect(id);
    const calendar = (await listConnections(rig.database)).find(({ connector }) => connector === GOOGLE[1])!;
    expect((await disconnect(rig.deps, calendar)).token).toBe('kept');
    const wish = {
      organisationId: rig.organisationId,
      connector: connectorCalled('google-calendar'),
      sessionId: 's',
      returnTo: '/',
    };
    const again = await connectWithoutConsent(rig.deps, wish);
    expect(again).toMatchObject({ account: calendar.account, grantId: calendar.grantId, state: 'active' });
    await works(again!);
    expect(await connectWithoutConsent(rig.deps, { ...wish, account: 'new' })).toBeNull();
  });

  it('keeps its grant while an application stands on it; the last one that goes revokes it', async () => {
    const [people, calendar] = [await rig.connect('google-people'), await rig.connect('google-calendar')];
    expect((await disconnect(rig.deps, people)).token).toBe('kept');
    await works(calendar);
    expect((await disconnect(rig.deps, calendar)).token).toBe('revoked');
    expect(await refreshTokens()).toEqual([]);
    expect((await grants()).filter(({ family }) => family === 'google')).toEqual([]);
  });

  it('two that are disconnected at the same moment leave no grant, and no token at the vendor', async () => {
    const both = [await rig.connect('google-people'), await rig.connect('google-calendar')];
    await Promise.all(both.map((connection) => disconnect(rig.deps, connection)));
    expect(await refreshTokens()).toEqual([]);
    expect((await grants()).filter(({ family }) => family === 'google')).toEqual([]);
  });

  it('of which the consent is also a person’s own is not revoked with the organisation’s', async () => {
    const user = await saveUser(rig.database, {
      id: randomUUID(),
      organisationId: rig.organisationId,
      externalId: 'u1',
      name: 'Hugo Marchetti',
      email: null,
      locale: null,
      role: 'admin',
    });
    const people = await rig.connect('google-people');
    const own = await rig.accept(await rig.begin('google-people', { owner: user.id }));
    expect(own).toMatchObject({ owner: user.id, account: people.account });
    expect(own.grantId).not.toBe(people.grantId);
    expect((await disconnect(rig.deps, people)).token).toBe('kept');
    await works(own);
    expect((await disconnect(rig.deps, own)).token).toBe('revoked');
  });
});

describe('a second Google account', () => {
  it('is added beside the first, with contacts of its own', async () => {
    const first = await rig.connect('google-people');
    const second = await rig.accept(await rig.begin('google-people', { account: 'new' }), 'claire');
    expect(second.account.name).toBe('claire.fontaine@atelier-lumen.example');
    expect(second.grantId).not.toBe(first.grantId);
    expect(await refreshTokens()).toHaveLength(2);
    const people = async (connection: ConnectionRow) => {
      const client: GooglePeopleClient = rig.clientOf(connection);
      return (await client.listPeople({ personFields: 'names', pageSize: 200 })).people.map(
        ({ resourceName }) => resourceName,
      );
    };
    const [mine, hers] = [await people(first), await people(second)];
    expect(hers.length).toBeGreaterThan(0);
    expect(mine.filter((name) => hers.includes(name))).toEqual([]);
  });

  it('that comes where only what the first one lacked was asked for is asked for all of it, and connected', async () => {
    const first = await rig.connect('google-people');
    const page = await rig.furtherPage(rig.begin('google-calendar').then((one) => rig.accept(one, 'claire')));
    expect(asked(page)).toContain(`${SCOPE}userinfo.email`);
    const hers = await rig.accept(page, 'claire');
    expect(hers.account.name).toBe('claire.fontaine@atelier-lumen.example');
    expect(hers.grantId).not.toBe(first.grantId);
    await works(hers);
    await works(first);
  });

  it('is refused where the first one’s connection was to be renewed, with both names, and loses nothing', async () => {
    const first = await rig.connect('google-people');
    const second = await rig.accept(await rig.begin('google-people', { account: 'new' }), 'claire');
    const again = await rig.begin('google-people', { connectionId: first.id });
    await expect(rig.accept(again, 'claire')).rejects.toMatchObject({
      details: {
        sentence: {
          en: expect.stringMatching(/hugo\.marchetti@.*claire\.fontaine@/) as string,
          fr: expect.stringMatching(/hugo\.marchetti@.*claire\.fontaine@/) as string,
        },
      },
    });
    for (const connection of [first, second]) await works(connection);
  });
});

describe('one Zoho account', () => {
  it('consents once for the CRM and the books, with one refresh token', async () => {
    const address = await rig.begin('zoho-books');
    for (const scope of ['AaaServer.profile.READ', 'ZohoCRM.users.READ', 'ZohoBooks.invoices.CREATE'])
      expect(asked(address)).toContain(scope);
    const books = await rig.accept(address);
    expect(books.grantId).toBe(rig.crm.grantId);
    const tokens = await zohoTokens();
    expect(tokens.map(({ clientId, user }) => [clientId, user])).toEqual([['sandbox-zoho', 'hugo']]);
    await works(books);
    await works((await connectionById(rig.database, rig.crm.id))!);
  });

  it('that is chosen as another one is asked for the whole: nothing that stood on it stops', async () => {
    const page = await rig.furtherPage(
      rig.begin('zoho-books', { account: 'new' }).then((one) => rig.accept(one)),
    );
    const books = await rig.accept(page);
    expect(books.grantId).toBe(rig.crm.grantId);
    expect(await zohoTokens()).toHaveLength(1);
    for (const connection of [books, rig.crm]) await works(connection);
  });

  it('two processes that need a new access token at once spend one refresh, whichever application asks', async () => {
    const books = await rig.connect('zoho-books');
    const refreshes = async () => ((await zohoTokens())[0] as { uses: readonly number[] }).uses.length;
    const before = await refreshes();
    await rig.deps.door.control('expire/zoho-accounts', {});
    const processes = [rig.process(), rig.process()];
    const crm = connectorCalled('zoho-crm');
    await Promise.all(
      processes.flatMap((way) => [
        connectorCalled('zoho-books').identify(rig.clientOf(books, way)),
        crm.identify(crm.client(way.open(crm, rig.crm))),
      ]),
    );
    expect((await refreshes()) - before).toBe(1);
  });

  it('whose access was taken away loses all that stood on it at once, and gets it back with one consent', async () => {
    const books = await rig.connect('zoho-books');
    const [token] = await zohoTokens();
    await rig.deps.door.control('expire/zoho-accounts', {});
    await fetch(
      `${rig.deps.door.sandboxUrl}/zoho-accounts/oauth/v2/token/revoke?token=${String(token?.refreshToken)}`,
      { method: 'POST' },
    );
    const connector = connectorCalled('zoho-books');
    await expect(connector.identify(rig.clientOf(books))).rejects.toMatchObject({ kind: 'reconnect' });
    const states = async () => (await listConnections(rig.database)).map(({ state }) => state);
    expect(await states()).toEqual(['reconnect', 'reconnect']);
    await rig.accept(await rig.begin('zoho-crm', { connectionId: rig.crm.id }));
    expect(await states()).toEqual(['active', 'active']);
    await works(books);
  });

  it('a token that the vendor could not be told to end counts on, among at most twenty', async () => {
    const grant = (await grantById(rig.database, rig.crm.grantId))!;
    expect(await countRefreshTokens(rig.database, grant)).toBe(1);
    const fault = (method: string, body?: object) =>
      fetch(`${rig.deps.door.sandboxUrl}/_sandbox/faults/zoho-accounts`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    for (let count = 0; count < 2; count += 1) {
      const address = await rig.begin('zoho-crm', { connectionId: rig.crm.id });
      await fault('PUT', { status: 500, rate: 1, path: '/revoke$' });
      await rig.accept(address).finally(() => fault('DELETE'));
    }
    expect(await countRefreshTokens(rig.database, grant)).toBe((await zohoTokens()).length);
  });
});

describe('a grant', () => {
  it('of another organisation is nobody else’s: it is neither used nor extended, whoever names it', async () => {
    const people = await rig.connect('google-people');
    const other = await saveOrganisation(rig.database, {
      id: randomUUID(),
      externalId: 'other',
      name: 'Autre',
      locale: 'fr-FR',
      timeZone: 'Europe/Paris',
      currency: 'EUR',
    });
    const wish = {
      organisationId: other.id,
      connector: connectorCalled('google-people'),
      sessionId: 's',
      returnTo: '/',
    };
    for (const named of [{}, { grantId: people.grantId }]) {
      expect(await connectWithoutConsent(rig.deps, { ...wish, ...named })).toBeNull();
    }
    const address = await rig.begin('google-calendar', { grantId: randomUUID() });
    expect(asked(address)).toContain(`${SCOPE}userinfo.email`);
    expect(await grantsOf(rig.database, other.id)).toEqual([]);
  });

  it('of one application alone, as it was before, goes on; a reconnection takes it into the family', async () => {
    const people = await rig.connect('google-people');
    // As it stood before there were families: given to the application's own registration.
    await disconnect(rig.deps, people);
    const alone = {
      ...rig.deps,
      oauthClient: (id: string) => (id === 'google-people' ? rig.deps.oauthClient(id) : null),
    };
    const { connectInSandbox } = await import('../../server/connect/sandbox.ts');
    const wish = { organisationId: rig.organisationId, connector: connectorCalled('google-people') };
    const old = await connectInSandbox(alone, wish);
    expect(old.registration).toBe('google-people');
    await rig.deps.door.control('expire/google-accounts', {});
    await works(old);
    const renewed = await rig.accept(await rig.begin('google-people', { connectionId: old.id }));
    expect(renewed).toMatchObject({ id: old.id, hookKey: old.hookKey, registration: 'google' });
    expect((await refreshTokens()).map(({ clientId }) => clientId)).toEqual(['sandbox-google']);
    expect((await grants()).filter(({ family }) => family === 'google')).toHaveLength(1);
    await works(renewed);
  });
});
