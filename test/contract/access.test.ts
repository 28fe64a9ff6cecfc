import { connectWithKey } from '../../server/connect/key.ts';
import { startRig } from '../../server/connect/testing/rig.ts';
import type { Connector, ConnectorHttp, VendorAccount } from '../../server/core/connector.ts';
import { LiaisonError } from '../../server/core/errors.ts';
import { createDoor } from '../../server/outbound/door.ts';
import type { Exchange } from '../../server/outbound/exchange.ts';
import { createOutbound } from '../../server/outbound/outbound.ts';
import { fakeConnection, fakeConnector, silentLog } from '../../server/outbound/testing/fake-vendor.ts';
import { connectionById } from '../../server/store/connections.ts';
import { saveOrganisation } from '../../server/store/organisations.ts';

type Rig = Awaited<ReturnType<typeof startRig>>;
let rig: Rig;
const organisationId = '0a0a0a0a-0000-4000-8000-000000000001';

beforeAll(async () => {
  rig = await startRig();
  await saveOrganisation(rig.deps.database, {
    id: organisationId,
    externalId: 'org-1',
    name: 'Atelier Lumen',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  });
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.vendor.requests.length = 0;
  rig.vendor.answer = (_request, response) =>
    response.setHeader('content-type', 'application/json').end('{"id":"a","name":"Boutique"}');
});

const words = (text: string) => ({ en: text, fr: text });

/** A shop: its API stands at the customer's own address. */
function shop(id: string, authorisation: Partial<Connector['authorisation']>): Connector {
  const connector: Connector = {
    ...fakeConnector(),
    id,
    hosts: { 'api.vendor.example': 'vendor' },
    site: { titles: words('Address of the shop'), simulator: id },
    authorisation: {
      kind: 'key',
      header: 'Bearer {token}',
      instructions: words('Paste it.'),
      ...authorisation,
    } as Connector['authorisation'],
    identify: async (client) => {
      const { fetch, apiUrl } = client as ConnectorHttp;
      return (await (await fetch(`${apiUrl}/me`)).json()) as VendorAccount;
    },
  };
  rig.connectors.set(id, connector);
  return connector;
}

async function failureOf(work: Promise<unknown>): Promise<LiaisonError> {
  const thrown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof LiaisonError)) throw new Error(`no failure of ours: ${String(thrown)}`);
  return thrown;
}

const fields = { consumerKey: { titles: words('Key') }, consumerSecret: { titles: words('Secret') } };
const KEYS = { consumerKey: 'ck_0123456789', consumerSecret: 'cs_9876543210' };

describe('several keys and an address', () => {
  const basic = { fields, header: { basic: ['consumerKey', 'consumerSecret'] as const } };

  it('are asked for together, travel as basic authentication, and stay with the connection', async () => {
    const connector = shop('basic-shop', basic);
    const wish = { organisationId, connector, keys: KEYS, site: ' boutique.example/fr/ ' };
    const { id } = await connectWithKey(rig.deps, wish);
    const [asked] = rig.vendor.requests;
    expect(asked?.path).toBe('/basic-shop/fr/me');
    const pair = Buffer.from('ck_0123456789:cs_9876543210').toString('base64');
    expect(asked?.headers.authorization).toBe(`Basic ${pair}`);

    const stored = await connectionById(rig.deps.database, id);
    expect(stored?.site).toBe('https://boutique.example/fr');
    const exchanges: Exchange[] = [];
    rig.vendor.answer = (_request, response) =>
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ echoed: [pair, ...Object.values(KEYS)] }));
    const http = rig.deps.outbound.open(connector, stored ?? fakeConnection(), {
      onExchange: (exchange) => exchanges.push(exchange),
    });
    await http.fetch(`${http.apiUrl}/orders`);
    expect(rig.vendor.requests.at(-1)?.headers.authorization).toBe(`Basic ${pair}`);
    const logged = JSON.stringify(exchanges);
    expect(exchanges).toHaveLength(1);
    for (const secret of [pair, ...Object.values(KEYS)]) expect(logged).not.toContain(secret);
  });

  it('open no other host than the customer’s own, not even one that the connector names', async () => {
    const connector = shop('one-host-shop', basic);
    const connection = { ...fakeConnection(), site: 'https://boutique.example' };
    const tokens = { authorization: async () => JSON.stringify(KEYS), renew: async () => '' };
    const http = rig.deps.outbound.open(connector, connection, { tokens });
    await http.fetch('https://boutique.example/x');
    const others = [
      'https://api.vendor.example/x',
      'https://evil.example/x',
      'https://boutique.example:8443/x',
      'http://boutique.example/x',
      'https://boutique.example@evil.example/x',
      'https://www.boutique.example/x',
    ];
    for (const url of others) expect((await failureOf(http.fetch(url))).kind).toBe('rejected');
    const siteless = rig.deps.outbound.open(connector, fakeConnection(), { tokens });
    expect((await failureOf(siteless.fetch('https://api.vendor.example/x'))).kind).toBe('rejected');
    expect(rig.vendor.requests).toHaveLength(1);
  });

  it.each([
    ['no address', ''],
    ['a plain address', 'http://boutique.example'],
    ['a port', 'https://boutique.example:8443'],
    ['somebody’s name in it', 'https://marie@boutique.example'],
    ['a number', 'https://192.168.1.10'],
    ['a number in another form', 'https://3232235786'],
    ['a number of the new kind', 'https://[::1]'],
    ['a name of the own network', 'https://intranet'],
    ['another scheme', 'ftp://boutique.example'],
    ['no address at all', 'my shop, please'],
    ['an endless one', `https://${'a'.repeat(300)}.example`],
  ])('are refused unasked with %s', async (_what, site) => {
    const connector = shop('refusing-shop', basic);
    const error = await failureOf(connectWithKey(rig.deps, { organisationId, connector, keys: KEYS, site }));
    expect([error.kind, error.details.field]).toEqual(['rejected', 'site']);
    expect(rig.vendor.requests).toEqual([]);
  });

  it('are refused unasked where one of the keys is missing', async () => {
    const connector = shop('lacking-shop', basic);
    const keys = { consumerKey: KEYS.consumerKey };
    const wish = { organisationId, connector, keys, site: 'boutique.example' };
    expect((await failureOf(connectWithKey(rig.deps, wish))).kind).toBe('rejected');
    expect(rig.vendor.requests).toEqual([]);
  });
});

it('a key travels in the header that the vendor names, and in no other', async () => {
  const connector = shop('header-shop', { header: '{token}', headerName: 'X-Shop-Access-Token' });
  const wish = { organisationId, connector, key: 'shpat_0123456789', site: 'https://atelier.shop.example' };
  await connectWithKey(rig.deps, wish);
  const [asked] = rig.vendor.requests;
  expect(asked?.headers['x-shop-access-token']).toBe('shpat_0123456789');
  expect(asked?.headers.authorization).toBeUndefined();
});

it('a user’s name may be short; what is secret may not', async () => {
  const connector = shop('named-shop', {
    header: 'Token {user}/{token}',
    fields: { user: { titles: words('User'), shown: true }, token: { titles: words('Token') } },
  });
  const wish = { organisationId, connector, site: 'https://atelier.shop.example' };
  await connectWithKey(rig.deps, {
    ...wish,
    keys: { user: 'léa'.normalize('NFD').slice(0, 1), token: 'abcdefgh' },
  });
  expect(rig.vendor.requests[0]?.headers.authorization).toBe('Token l/abcdefgh');
  const short = { ...wish, keys: { user: 'lea', token: 'abc' } };
  expect((await failureOf(connectWithKey(rig.deps, short))).kind).toBe('rejected');
});

it('where nothing is asked for but the address, nothing is carried', async () => {
  const connector = shop('open-shop', { header: null, fields: {} });
  await connectWithKey(rig.deps, { organisationId, connector, site: 'https://atelier.shop.example' });
  expect(rig.vendor.requests[0]?.headers.authorization).toBeUndefined();
});

it('a site whose name leads into a private network is never called', async () => {
  const resolved: string[] = [];
  const door = createDoor({
    sandboxUrl: null,
    resolve: async (name) => {
      resolved.push(name);
      return [{ address: '10.0.0.7', family: 4 }];
    },
  });
  const outbound = createOutbound({
    door,
    tokens: { authorization: async () => 'token', renew: async () => 'token' },
    clock: Date.now,
    log: silentLog,
    onReconnect: async () => {},
  });
  const connection = { ...fakeConnection(), site: 'https://boutique.example' };
  const http = outbound.open(shop('inside-shop', {}), connection);
  const error = await failureOf(http.fetch('https://boutique.example/orders'));
  expect([error.kind, error.details.mayHaveHappened]).toEqual(['rejected', false]);
  expect(resolved).toEqual(['boutique.example']);
  door.close();
});

it('further APIs of a data centre are known by name, and those of another are foreign', async () => {
  const base = fakeConnector();
  if (base.authorisation.kind !== 'oauth') throw new Error('the fake vendor takes consents');
  const centre = (id: string) => ({
    id,
    accountsUrl: `https://accounts.acme-${id}.example`,
    apiUrl: `https://api.acme-${id}.example`,
    apiUrls: { chat: `https://chat.acme-${id}.example` },
  });
  const connector: Connector = {
    ...base,
    authorisation: { ...base.authorisation, dataCentres: [centre('eu'), centre('us')] },
    hosts: { 'chat.acme-eu.example': 'chat', 'chat.acme-us.example': 'chat' },
  };
  const tokens = { authorization: async () => 'token', renew: async () => 'token' };
  const http = rig.deps.outbound.open(connector, fakeConnection({ dataCentre: 'eu' }), { tokens });
  expect(http.apiUrls).toEqual({ chat: 'https://chat.acme-eu.example' });
  await http.fetch(`${http.apiUrls?.chat}/channels`);
  expect(rig.vendor.requests[0]?.path).toBe('/chat/channels');
  expect((await failureOf(http.fetch('https://chat.acme-us.example/channels'))).kind).toBe('rejected');
});
