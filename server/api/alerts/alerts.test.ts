import { randomUUID } from 'node:crypto';
import { insertConnection } from '../../../test/postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/test-database.ts';
import type { Connector, ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { type AlertDestination, alertDestinations } from '../../store/alert-settings.ts';
import { connectionById } from '../../store/connections.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { ROUTES } from '../contract.ts';
import { Problem } from '../problem.ts';
import type { AlertServices } from './alert-services.ts';
import { storedAlertServices } from './stored-alert-services.ts';

/** Choosing where alerts go, over a real database and two applications that can take them. */

const words = (text: string) => ({ en: text, fr: text });
const refused = () => new LiaisonError('rejected', { sentence: words('No such channel.') });

let test: TestDatabase;
let database: Database;
let organisation: string;
let channels: { id: string; title: string }[];
let silent: Set<string>;
let sent: AlertDestination[];
let fails: boolean;
/** Places of the accounts that are not the usual one. */
let others: Record<string, { id: string; title: string }[]>;

function connector(id: string): Connector {
  const messages = {
    titles: words(`A place in ${id}`),
    async places({ account }: { account?: string }) {
      if (account !== undefined && account in others) return others[account];
      if (silent.has(id)) throw new LiaisonError('retry-later', { sentence: words(`${id} is silent.`) });
      return id === 'chat' ? channels : [{ id: 'u1', title: 'Claire' }];
    },
    post: async () => '1',
  };
  return {
    id,
    titles: words(id),
    offers: { messages },
    client: (http: ConnectorHttp) => ({ account: http.account?.id }),
  } as unknown as Connector;
}

const services = (mail = true): AlertServices =>
  storedAlertServices({
    database,
    flows: new Map(),
    syncs: new Map(),
    connectors: new Map(['chat', 'crm', 'books'].map((id) => [id, connector(id)])),
    world: {
      async open({ connectionId }) {
        const row = connectionId ? await connectionById(database, connectionId) : null;
        return { account: row?.account } as ConnectorHttp;
      },
    },
    mail,
    async sendTest(_organisation, destination) {
      if (fails) throw refused();
      sent.push(destination);
    },
    now: () => 0,
  });

const fields = async (attempt: Promise<unknown>) => {
  const problem = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(problem instanceof Problem)) throw new Error(`it was not refused: ${problem}`);
  return problem.facts.fields?.('en').map(({ field, detail }) => `${field}: ${detail}`);
};

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 2, onError() {} });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  organisation = randomUUID();
  channels = [{ id: 'C1', title: '#ventes' }];
  silent = new Set();
  sent = [];
  fails = false;
  others = {};
  await database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency)
     values ($1, $2, 'Atelier', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [organisation, organisation],
  );
  for (const id of ['chat', 'crm']) {
    await insertConnection(database, { organisationId: organisation, connector: id });
  }
});

describe('where alerts go', () => {
  it('is kept as it was chosen, under the names that the applications gave, each place once', async () => {
    const saved = await services().save(organisation, [
      { connector: 'chat', target: 'C1' },
      { email: 'Admin@Atelier.example' },
      { email: 'admin@atelier.example' },
    ]);
    expect(ROUTES.setAlertSettings.answer.parse(saved)).toEqual(saved);
    expect(saved.destinations).toMatchObject([
      { kind: 'place', title: '#ventes', connector: { id: 'chat', connected: true }, last: null },
      { kind: 'email', email: 'admin@atelier.example', last: null },
    ]);
    expect(await services().settings(organisation)).toEqual(saved);
  });

  it('must be offered: what is not there, or cannot be, is named, and nothing is saved', async () => {
    await services().save(organisation, [{ connector: 'chat', target: 'C1' }]);
    silent.add('crm');
    const wish = [
      { connector: 'chat', target: 'C-of-another' },
      { connector: 'crm', target: 'u1' },
      { connector: 'books', target: 'u1' },
      { connector: 'nobody', target: 'x' },
      { email: 'admin@atelier.example' },
    ];
    expect(await fields(services(false).save(organisation, wish))).toEqual([
      'destinations.0: This place is not offered any more. Choose another one.',
      'destinations.1: crm is silent.',
      'destinations.2: This place is not offered any more. Choose another one.',
      'destinations.3: This place is not offered any more. Choose another one.',
      'destinations.4: No mail server is configured: set SMTP_URL where Liaison runs.',
    ]);
    expect(await alertDestinations(database, organisation)).toHaveLength(1);
  });

  it('stays while its application is silent: only what is new is asked for', async () => {
    await services().save(organisation, [{ connector: 'chat', target: 'C1' }]);
    channels = [];
    silent.add('chat');
    const saved = await services().save(organisation, [
      { connector: 'chat', target: 'C1' },
      { connector: 'crm', target: 'u1' },
    ]);
    expect(saved.destinations).toMatchObject([{ title: '#ventes' }, { title: 'Claire' }]);
  });

  it('is offered by each application by itself: one that is silent says so, one that is not connected offers nothing', async () => {
    silent.add('chat');
    const { places } = ROUTES.listAlertPlaces.answer.parse(await services().places(organisation));
    expect(places).toMatchObject([
      { connector: { id: 'chat' }, targets: [], error: { sentence: { en: 'chat is silent.' } } },
      { connector: { id: 'crm' }, targets: [{ title: 'Claire' }], error: null },
      { connector: { id: 'books', connected: false }, targets: [], error: null },
    ]);
  });
});

describe('of several accounts of one application', () => {
  const second = (places: { id: string; title: string }[]) => {
    others = { second: places };
    return insertConnection(database, {
      organisationId: organisation,
      connector: 'chat',
      account: { id: 'second', name: 'Studio' },
    });
  };

  it('each is offered by its name, and a place is of the account that has it', async () => {
    const { id } = await second([{ id: 'C9', title: '#studio' }]);
    const { places } = ROUTES.listAlertPlaces.answer.parse(await services().places(organisation));
    expect(places.filter(({ connector }) => connector.id === 'chat')).toMatchObject([
      { account: 'Atelier Lumen', targets: [{ id: 'C1' }] },
      { account: 'Studio', connection: id, targets: [{ id: 'C9' }] },
    ]);
    const { destinations } = await services().save(organisation, [
      { connector: 'chat', target: 'C1' },
      { connector: 'chat', target: 'C9' },
    ]);
    expect(destinations).toMatchObject([
      { title: '#ventes', account: 'Atelier Lumen' },
      { title: '#studio', account: 'Studio', connection: id },
    ]);
  });

  it('a place that both have is asked for with its account, and both can be chosen', async () => {
    const { id } = await second([{ id: 'C1', title: '#partagé' }]);
    const wish = { connector: 'chat', target: 'C1' };
    expect(await fields(services().save(organisation, [wish]))).toEqual([
      'destinations.0: Several accounts offer this place. Choose the account, too.',
    ]);
    const [first] = (await services().places(organisation)).places;
    const both = [
      { ...wish, connection: id },
      { ...wish, connection: first?.connection ?? '' },
    ];
    const { destinations } = await services().save(organisation, both);
    expect(destinations).toMatchObject([{ account: 'Studio' }, { account: 'Atelier Lumen' }]);
    await services().test(organisation, { ...wish, connection: id });
    expect(sent).toMatchObject([{ account: 'second' }]);
    const { destinations: after } = await services().settings(organisation);
    expect(after.map(({ last }) => last !== null)).toEqual([true, false]);
  });

  it('a place that was chosen stays with its account when another one has it too, whatever else is added', async () => {
    const wish = { connector: 'chat', target: 'C1' };
    await services().save(organisation, [wish]);
    await second([{ id: 'C1', title: '#partagé' }]);
    silent.add('chat');
    const saved = await services().save(organisation, [wish, { connector: 'crm', target: 'u1' }]);
    expect(saved.destinations).toMatchObject([
      { title: '#ventes', account: 'Atelier Lumen' },
      { title: 'Claire' },
    ]);
  });
});

describe('a test', () => {
  it('goes to a chosen place only, and how it ended stays with it', async () => {
    const all = services();
    await all.save(organisation, [{ connector: 'chat', target: 'C1' }, { email: 'admin@atelier.example' }]);
    expect(await all.test(organisation, { email: 'stranger@elsewhere.example' })).toBeNull();
    expect(await all.test(organisation, { connector: 'chat', target: 'C2' })).toBeNull();
    expect(await all.test(organisation, { connector: 'chat', target: 'C1' })).toEqual({
      sentAt: '1970-01-01T00:00:00.000Z',
    });
    expect(sent).toEqual([{ connector: 'chat', target: 'C1', title: '#ventes', account: 'account' }]);
    fails = true;
    await expect(all.test(organisation, { email: 'admin@atelier.example' })).rejects.toThrow(
      'No such channel',
    );
    const { destinations } = await all.settings(organisation);
    expect(destinations.map(({ last }) => last?.error?.en ?? null)).toEqual([null, 'No such channel.']);
  });
});
