import { randomUUID } from 'node:crypto';
import { storedConnections } from '../../server/api/connections/stored-connections.ts';
import { ROUTES } from '../../server/api/contract.ts';
import type { Viewer } from '../../server/api/services.ts';
import { connectors } from '../../server/connectors/index.ts';
import type { Connector } from '../../server/core/connector.ts';
import { flows, syncs } from '../../server/flows/index.ts';
import { saveHealth } from '../../server/store/connection-health.ts';
import { markReconnect } from '../../server/store/connections.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { addStrayRefreshToken, saveGrant } from '../../server/store/grants.ts';
import { bindRoles } from '../../server/store/integration-roles.ts';
import { saveIntegration } from '../../server/store/integrations.ts';
import { saveOrganisation } from '../../server/store/organisations.ts';
import { replaceSubscriptions } from '../../server/store/subscriptions.ts';
import { insertLinks } from '../../server/store/sync-links.ts';
import { ensureSync, saveSync } from '../../server/store/syncs.ts';
import { saveUser } from '../../server/store/users.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

/** What an admin is told of connections, over a real store. */

let test: TestDatabase;
const WHY_TYPED = { en: 'No shop can send keys here.', fr: 'Aucune boutique ne peut envoyer de clés ici.' };

let database: Database;
let parts: Parameters<typeof storedConnections>[0];
let api: ReturnType<typeof storedConnections>;
let org: string;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 3, onError: () => {} });
  const byId = new Map<string, Connector>(connectors.map((one) => [one.id, one]));
  const oauthClient = (id: string) => ({ id, secret: 'secret' });
  parts = { database, flows, offeredSyncs: syncs, connectors: byId, oauthClient, whyTyped: WHY_TYPED };
  api = storedConnections(parts);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  org = randomUUID();
  await saveOrganisation(database, {
    id: org,
    externalId: org,
    name: 'Atelier Lumen',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  });
});

async function connect(
  connector: string,
  account = { id: 'a1', name: 'Atelier Lumen' },
  dataCentre: string | null = null,
) {
  return (await insertConnection(database, { organisationId: org, connector, account, dataCentre })).id;
}

/** Every answer must be one that the contract lets out. */
const list = async (viewer: Viewer = admin()) => ROUTES.listConnections.answer.parse(await api.list(viewer));
const connection = async (id: string) =>
  (await list()).connections.find(({ connector }) => connector.id === id)!;
const effects = async (id: string) => ROUTES.connectionEffects.answer.parse(await api.effects(admin(), id));
const admin = (): Viewer => ({ organisationId: org, role: 'admin', user: null });

const failure = (kind: string) => ({
  kind,
  sentence: { en: `${kind} happened`, fr: `${kind} est arrivé` },
  vendorMessage: 'no_permission',
});
/** Relative to now, by the database's clock. */
async function seen(id: string, seconds: { success?: number; failure?: number; kind?: string }) {
  const at = (offset: number | undefined) =>
    offset === undefined ? null : new Date(Date.now() + offset * 1_000);
  await saveHealth(database, [
    {
      id,
      successAt: at(seconds.success),
      failureAt: at(seconds.failure),
      failure: seconds.failure === undefined ? null : failure(seconds.kind ?? 'retry-later'),
    },
  ]);
}

describe('the health of a connection', () => {
  it('there is none without an account; then it says: not used yet', async () => {
    expect(await connection('slack')).toBeUndefined();
    expect((await list()).applications.map(({ connector }) => connector.id)).toContain('slack');
    await connect('slack');
    expect(await connection('slack')).toMatchObject({
      health: 'unused',
      lastSuccessAt: null,
      lastFailure: null,
    });
  });

  it.each([
    ['works while the last call succeeded', { success: 20, failure: 10, kind: 'rejected' }, 'works'],
    [
      'is troubled while the last call was not answered',
      { success: 10, failure: 20, kind: 'retry-later' },
      'troubled',
    ],
    ['refuses while the last call was refused', { success: 10, failure: 20, kind: 'rejected' }, 'refuses'],
    ['refuses when nothing ever succeeded', { failure: 20, kind: 'rejected' }, 'refuses'],
  ])('%s', async (_, seconds, health) => {
    await seen(await connect('slack'), seconds);
    const one = await connection('slack');
    expect(one.health).toBe(health);
    expect(one.lastFailure).toMatchObject({ kind: seconds.kind, vendorMessage: 'no_permission' });
  });

  it('must be reconnected once the vendor takes the credentials no more, and what failed before says nothing after', async () => {
    const id = await connect('slack');
    await seen(id, { success: -20, failure: -10, kind: 'reconnect' });
    await markReconnect(database, id);
    expect(await connection('slack')).toMatchObject({ health: 'reconnect', state: 'reconnect' });
    await connect('slack');
    expect((await connection('slack')).health).toBe('works');
  });
});

it('the account is named, with who let Liaison in and where its data is, in words', async () => {
  const account = {
    id: '20098765432',
    name: 'Atelier Lumen',
    user: 'Hugo Marchetti · hugo@atelier-lumen.example',
  };
  await connect('zoho-crm', account, 'eu');
  expect((await connection('zoho-crm')).account).toEqual({
    ...account,
    dataCentre: { id: 'eu', titles: { en: 'European Union', fr: 'Union européenne' } },
  });
  await connect('mailchimp', { id: 'm', name: 'Lumen' }, 'us21');
  expect((await connection('mailchimp')).account?.dataCentre).toEqual({ id: 'us21', titles: null });
});

describe('what depends on a connection', () => {
  it('is nothing while nothing is on', async () => {
    expect(await effects(await connect('slack'))).toMatchObject({
      flows: [],
      syncs: [],
      webhooks: [],
      waiting: 0,
    });
  });

  it('is the flows that are on, the syncs under way with their links, the webhooks, and the runs that wait', async () => {
    const id = await connect('zoho-crm');
    const on = { organisationId: org, settings: {} };
    await saveIntegration(database, {
      ...on,
      id: 'deal-won-to-slack',
      flow: 'deal-won-to-slack',
      enabled: true,
    });
    await saveIntegration(database, {
      ...on,
      id: 'stripe-payment-to-books',
      flow: 'stripe-payment-to-books',
      enabled: false,
    });
    const contacts = 'contacts-google-crm';
    await saveIntegration(database, { ...on, id: contacts, flow: contacts, enabled: true });
    const key = { organisationId: org, integration: contacts };
    await ensureSync(database, org, key.integration);
    await saveSync(database, key, { phase: 'live' });
    await ensureSync(database, org, 'mailchimp-crm');
    await insertLinks(
      database,
      key,
      ['1', '2'].map((one) => ({ leftId: one, rightId: one, base: {}, conflicts: null })),
    );
    await replaceSubscriptions(database, id, {
      url: 'https://liaison.example/hooks',
      topics: ['Deals.workflow'],
      subscriptions: [{ kind: 'secret-header', vendorId: 'rule-1' }],
    });
    await waitingRun('deal-won-to-slack');
    expect(await effects(id)).toEqual({
      flows: [{ id: 'deal-won-to-slack', titles: flows.get('deal-won-to-slack')!.titles }],
      syncs: [{ id: key.integration, titles: syncs.get(key.integration)!.titles, links: 2 }],
      webhooks: [{ topics: ['Deals.workflow'] }],
      waiting: 1,
      revoked: true,
      kept: false,
      shown: false,
    });
    expect(await effects(await connect('slack'))).toMatchObject({ waiting: 1, webhooks: [], syncs: [] });
    expect(await effects(await connect('google-people'))).toMatchObject({
      flows: [],
      waiting: 0,
      syncs: [{ links: 2 }],
    });
  });

  it('is said of connections that exist, and of one’s own organisation', async () => {
    expect(await api.effects(admin(), randomUUID())).toBeNull();
    const id = await connect('slack');
    expect(await api.effects({ ...admin(), organisationId: randomUUID() }, id)).toBeNull();
  });

  it('a vendor that has no way to end an access is said to have none', async () => {
    expect((await effects(await connect('stripe'))).revoked).toBe(false);
  });

  async function waitingRun(flow: string) {
    await database.query(
      `with event as (
         insert into inbox (organisation_id, connector, event_key, topic, content_type, body)
         values ($2, 'zoho-crm', $3, 'Deals.workflow', 'application/json', '{}') returning id)
       insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state, attempt, error)
       select $1, $2, $4, 'zohoCrm.deals', 'd', id, 'waiting', 1, $5 from event`,
      [randomUUID(), org, randomUUID(), flow, JSON.stringify(failure('reconnect'))],
    );
  }
});

describe('several accounts of one application', () => {
  it('are each listed with their own id, and only the one that flows go by is used by them', async () => {
    const first = await connect('slack', { id: 'T1', name: 'Atelier Lumen' });
    const second = await connect('slack', { id: 'T2', name: 'Lumen Studio' });
    const flow = 'deal-won-to-slack';
    await saveIntegration(database, { organisationId: org, id: flow, flow, enabled: true, settings: {} });
    await bindRoles(database, { organisationId: org, integration: flow }, { target: first });
    const shown = (await list()).connections;
    expect(shown.map(({ id, account, owner }) => [id, account.name, owner])).toEqual([
      [first, 'Atelier Lumen', 'organisation'],
      [second, 'Lumen Studio', 'organisation'],
    ]);
    expect(shown.map(({ flows: used }) => used.length > 0)).toEqual([true, false]);
    expect(shown.map(({ reconnectUrl }) => reconnectUrl)).toEqual([
      `/oauth/start/slack/${org}?connection=${first}`,
      `/oauth/start/slack/${org}?connection=${second}`,
    ]);
    expect((await effects(second)).flows).toEqual([]);
  });

  it('a person’s own is theirs to see and to use; an admin sees that it exists, and a colleague nothing', async () => {
    const people = await Promise.all(
      ['Inès Delorme', 'Claire Fontaine'].map((name) =>
        saveUser(database, {
          id: randomUUID(),
          organisationId: org,
          externalId: name,
          name,
          email: null,
          locale: null,
          role: 'rep',
        }),
      ),
    );
    const [ines, claire] = people.map((user): Viewer => ({ organisationId: org, role: 'rep', user }));
    await insertConnection(database, {
      organisationId: org,
      connector: 'google-calendar',
      owner: people[0]!.id,
    });
    const seenBy = async (viewer: Viewer) =>
      (await list(viewer)).connections.map(({ owner, person, flows: used }) => [owner, person, used.length]);
    expect(await seenBy(ines!)).toEqual([['me', 'Inès Delorme', 0]]);
    expect(await seenBy(admin())).toEqual([['person', 'Inès Delorme', 0]]);
    expect(await seenBy(claire!)).toEqual([]);
    expect((await list(claire!)).grants).toEqual([]);
  });
});

describe('a grant', () => {
  const zoho = {
    family: 'zoho',
    registration: 'zoho',
    account: { id: 'zuid', name: 'hugo@atelier.example' },
  };
  const grant = (organisationId: string, owner: string | null = null, account = zoho.account) =>
    saveGrant(database, {
      ...zoho,
      account,
      id: randomUUID(),
      organisationId,
      site: null,
      dataCentre: 'eu',
      scopes: ['AaaServer.profile.READ'],
      owner,
    });

  it('says which applications it could serve, too, and whether anybody need be asked', async () => {
    const { id } = await grant(org);
    const grantedTo = async (connector: string) =>
      (await list()).applications.find((one) => one.connector.id === connector)!.granted;
    const account = zoho.account.name;
    expect(await grantedTo('zoho-books')).toEqual([{ grant: id, account, complete: false }]);
    expect(await grantedTo('slack')).toEqual([]);
    const all = connectors.flatMap(({ authorisation }) =>
      authorisation.kind === 'oauth' ? authorisation.scopes.map(({ scope }) => scope) : [],
    );
    await database.query('update grants set scopes = scopes || $2 where id = $1', [id, all]);
    expect(await grantedTo('zoho-books')).toEqual([{ grant: id, account, complete: true }]);
  });

  it('is warned of from the eighteenth refresh token of its account on, without a word of who has the others', async () => {
    const account = { id: 'much used', name: 'hugo@atelier.example' };
    const own = await grant(org, null, account);
    for (let count = 2; count < 18; count += 1) {
      const other = randomUUID();
      await saveOrganisation(database, {
        id: other,
        externalId: other,
        name: `Autre ${count}`,
        locale: 'fr-FR',
        timeZone: 'Europe/Paris',
        currency: 'EUR',
      });
      await grant(other, null, account);
    }
    const told = async () => (await list()).grants.find(({ id }) => id === own.id)!;
    expect(await told()).toMatchObject({ refreshTokens: { held: 17, most: 20 }, notice: null });
    await addStrayRefreshToken(database, own, 20);
    const { refreshTokens, notice } = await told();
    expect(refreshTokens).toEqual({ held: 18, most: 20 });
    expect(notice?.en).toContain('18 of the 20');
    expect(notice?.fr).toContain('18 des 20');
    expect(JSON.stringify(notice)).not.toContain('Autre');
  });
});

it('keys that a shop could send by itself are typed where it cannot, and it is said why; otherwise its page is offered', async () => {
  const authorisationOf = async (id: string) =>
    (await list()).applications.find(({ connector }) => connector.id === id)!.authorisation;
  await connect('woocommerce', { id: 'shop.example', name: 'shop.example' });
  expect(await authorisationOf('woocommerce')).toMatchObject({ connectUrl: null, whyTyped: WHY_TYPED });
  expect((await connection('woocommerce')).reconnectUrl).toBeNull();
  expect(await authorisationOf('stripe')).toMatchObject({ connectUrl: null, whyTyped: null });

  const reached = storedConnections({ ...parts, whyTyped: null });
  const { applications, connections } = await reached.list(admin());
  expect(applications.find(({ connector }) => connector.id === 'woocommerce')!.authorisation).toMatchObject({
    connectUrl: `/oauth/start/woocommerce/${org}`,
    whyTyped: null,
  });
  expect(connections.map(({ reconnectUrl }) => reconnectUrl)).toEqual([
    expect.stringContaining('/oauth/start/woocommerce/'),
  ]);
});
