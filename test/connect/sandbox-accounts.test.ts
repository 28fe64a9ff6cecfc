import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RunningSandbox, startSandbox } from '../../sandbox/core/host.ts';
import { simulators } from '../../sandbox/index.ts';
import { deskToken } from '../../sandbox/zoho-desk/sign.ts';
import { salesIqSignature } from '../../sandbox/zoho-salesiq/notify.ts';
import { beginConnect } from '../../server/connect/begin.ts';
import type { ConnectDeps } from '../../server/connect/deps.ts';
import { disconnect } from '../../server/connect/disconnect.ts';
import { finishConnect } from '../../server/connect/finish.ts';
import { hookSecrets } from '../../server/connect/hook-secrets.ts';
import { connectInSandbox } from '../../server/connect/sandbox.ts';
import { ensureSubscriptions } from '../../server/connect/subscribe.ts';
import { connectors } from '../../server/connectors/index.ts';
import type { Connector } from '../../server/core/connector.ts';
import { asLiaisonError } from '../../server/core/errors.ts';
import { verify } from '../../server/hooks/verify.ts';
import { createDoor } from '../../server/outbound/door.ts';
import type { Exchange } from '../../server/outbound/exchange.ts';
import { createOutbound } from '../../server/outbound/outbound.ts';
import { silentLog } from '../../server/outbound/testing/fake-vendor.ts';
import { type ConnectionRow, connectionsOf, markReconnect } from '../../server/store/connections.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { listSubscriptions } from '../../server/store/subscriptions.ts';
import { parseKeyring } from '../../server/vault/keyring.ts';
import { createTokens } from '../../server/vault/tokens.ts';
import { grantOf, openVault } from '../../server/vault/vault.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

const services = new Set(simulators.map(({ vendor }) => vendor));
// That every connector has its simulators is the registry test's to hold.
const simulated = connectors.filter(({ hosts }) =>
  Object.values(hosts).every((service) => services.has(service)),
);
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  'zoho-crm': ['Deals.workflow', 'Contacts.update'],
  stripe: ['payment_intent.succeeded'],
  'microsoft-contacts': ['contacts.changed'],
  'microsoft-calendar': ['events.changed'],
  'microsoft-mail': ['mail.created'],
  mailchimp: ['unsubscribe', 'cleaned'],
  woocommerce: ['order.created', 'order.updated'],
  shopify: ['orders/create', 'orders/updated'],
  'zoho-desk': ['Ticket_Add', 'Ticket_Update'],
  typeform: ['answer devisLum1'],
  'zoho-salesiq': ['conversation.created', 'conversation.completed', 'portal atelierlumen'],
};

/** Where vendors deliver to: some look whether somebody is there before they take the address. */
const listener = createServer((request, response) => {
  const token = new URL(request.url ?? '/', 'http://listener').searchParams.get('validationToken');
  if (token !== null) response.setHeader('content-type', 'text/plain');
  response.end(token ?? '');
});

let folder: string;
let sandbox: RunningSandbox;
let test: TestDatabase;
let database: Database;
let deps: ConnectDeps;
let organisationId: string;
const connections = new Map<string, ConnectionRow>();

beforeAll(async () => {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-connect-'));
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, scenarios: [] });
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 8, onError: () => {} });
  const vault = await openVault(database, parseKeyring(randomBytes(32).toString('base64')));
  const door = createDoor({ sandboxUrl: sandbox.url });
  const byId = new Map<string, Connector>(connectors.map((connector) => [connector.id, connector]));
  const oauthClient = (id: string) => ({ id: `sandbox-${id}`, secret: `sandbox-secret-${id}` });
  const parts = { database, vault, door, connectors: byId, oauthClient, clock: Date.now, log: silentLog };
  const outbound = createOutbound({
    ...parts,
    tokens: createTokens(parts),
    onReconnect: async ({ id }) => void (await markReconnect(database, id)),
  });
  const publicUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  deps = { ...parts, outbound, publicUrl, randomBytes, randomUUID };
  const [first] = simulated;
  organisationId = (await connectInSandbox(deps, { organisationId: null, connector: first! })).organisationId;
});
afterAll(async () => {
  deps.door.close();
  await database.close();
  await test.drop();
  await sandbox.stop();
  listener.closeAllConnections();
  listener.close();
  await rm(folder, { recursive: true });
});

const judge = (
  connector: Connector,
  headers: Record<string, string>,
  secrets: readonly string[],
): boolean => {
  const named = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const delivery = { headers: named, raw: Buffer.alloc(0), body: () => ({}), query: '' };
  return verify(connector.webhooks?.schemes ?? [], delivery, () => secrets, Date.now()).ok;
};

const clientOf = (connector: Connector, onExchange: (exchange: Exchange) => void = () => {}) =>
  connector.client(deps.outbound.open(connector, connections.get(connector.id)!, { onExchange }));

describe.each(simulated.map((connector) => [connector.id, connector] as const))('%s', (id, connector) => {
  it('is connected without a browser, and says whose account it is', async () => {
    const connection = await connectInSandbox(deps, { organisationId, connector });
    connections.set(id, connection);
    expect(connection).toMatchObject({ organisationId, connector: id, state: 'active' });
    expect(connection.account.id).not.toBe('');
    expect(connection.account.name).not.toBe('');
  });

  it('works with the token that the vault holds, also after the vendor ended it, and shows it nowhere', async () => {
    const exchanges: Exchange[] = [];
    await connector.identify(clientOf(connector, (exchange) => exchanges.push(exchange)));
    const { authorisation } = connector;
    if (authorisation.kind === 'oauth' && authorisation.refresh !== undefined) {
      const service = connector.site?.simulator ?? connector.hosts[new URL(authorisation.tokenUrl).hostname];
      expect(await deps.door.control(`expire/${service}`, {})).not.toEqual({ expired: 0 });
      await connector.identify(clientOf(connector, (exchange) => exchanges.push(exchange)));
      expect(exchanges.map(({ status }) => status)).toContain(401);
    }
    if (connector.deliversOnly !== true) expect(exchanges.at(-1)?.status).toBe(200);
    else expect(exchanges).toEqual([]);
    const owner = grantOf(connections.get(id)!);
    const held = await database.query<{ name: string }>('select name from secrets where grant_id = $1', [
      owner.id,
    ]);
    expect(held).not.toEqual([]);
    for (const { name } of held) {
      const secret = await deps.vault.read(database, owner, name);
      const words = secret!.text.match(/[\w.-]{16,}/g) ?? [];
      for (const word of words) expect(JSON.stringify(exchanges)).not.toContain(word);
    }
  });

  it('subscribes once, with a secret that the simulator then signs with', async () => {
    const topics = TOPICS[id];
    const outcome = await ensureSubscriptions(deps, connections.get(id)!, topics ?? ['any']);
    if (connector.webhooks?.subscribe === undefined) return expect(outcome).toBe('not-offered');
    expect(outcome).toBe('subscribed');
    expect(await ensureSubscriptions(deps, connections.get(id)!, topics ?? [])).toBe('unchanged');
    const url = `${deps.publicUrl}/hooks/${id}/${connections.get(id)!.hookKey}`;
    const { webhooks } = (await deps.door.control('webhooks')) as {
      webhooks: { url: string; secret: string; scheme: string }[];
    };
    const held = webhooks.filter((one) => one.url.split('?', 1)[0] === url);
    const rows = await listSubscriptions(database, connections.get(id)!.id);
    expect(held).toHaveLength(rows.length);
    const accepted = await hookSecrets(deps.vault, database, connections.get(id)!);
    const known = connector.webhooks.schemes.flatMap(({ kind, secretOf }) =>
      secretOf === 'application' ? [`sandbox-secret-${id}`] : accepted(kind),
    );
    // Who signs with a key of its own shows us the other half of it only.
    for (const { secret, scheme } of held) {
      const own = { 'zdesk-jwt': deskToken, 'siq-signature': salesIqSignature }[scheme];
      if (own === undefined) expect(known).toContain(secret);
      else expect(judge(connector, own({ scheme, secret }, '', new Date()), known)).toBe(true);
    }
  });

  it('is disconnected without a trace at the vendor, and its token opens nothing any more', async () => {
    const connection = connections.get(id)!;
    const { authorisation } = connector;
    const token = await deps.vault.read(
      database,
      grantOf(connection),
      authorisation.kind === 'key' ? 'key' : 'tokens',
    );
    const report = await disconnect(deps, connection);
    expect(report.failures).toEqual([]);
    // What somebody entered at a tool that is never called is theirs to take out.
    if (connector.deliversOnly !== true)
      expect(JSON.stringify(await deps.door.control('webhooks'))).not.toContain(connection.hookKey);
    const canRevoke =
      connector.leave !== undefined ||
      (authorisation.kind === 'oauth' && authorisation.revokeUrl !== undefined);
    if (!canRevoke) return expect(report.token).toBe('not-offered');
    expect(report.token).toBe('revoked');
    const { accessToken } = JSON.parse(token!.text) as { accessToken: string };
    const old = { authorization: async () => accessToken, renew: async () => accessToken };
    const http = deps.outbound.open(connector, connection, { tokens: old });
    await expect(connector.identify(connector.client(http))).rejects.toThrow();
  });
});

describe('a second consent of one account', () => {
  const google = simulated.filter(({ id }) =>
    ['google-people', 'google-calendar', 'google-sheets'].includes(id),
  );

  it('takes nothing away from the first: each application goes on with what it was given, also after a renewal', async () => {
    for (const connector of google) {
      connections.set(connector.id, await connectInSandbox(deps, { organisationId, connector }));
    }
    expect(google).toHaveLength(3);
    for (const connector of google) {
      await connector.identify(clientOf(connector));
      const { authorisation } = connector;
      if (authorisation.kind !== 'oauth') throw new Error(`${connector.id} signs in without OAuth`);
      await deps.door.control(`expire/${connector.hosts[new URL(authorisation.tokenUrl).hostname]}`, {});
      const exchanges: Exchange[] = [];
      await connector.identify(clientOf(connector, (exchange) => exchanges.push(exchange)));
      expect(exchanges.map(({ status }) => status)).toEqual([401, 200]);
    }
  });
});

describe('a shop whose consent page stands at its own address', () => {
  const OWN = 'atelier-lumen.myshopify.com';
  const OTHER = 'lumen-destockage.myshopify.com';
  const sessionId = 'session-of-a-shop';
  const connector = connectors.find(({ id }) => id === 'shopify')!;

  /** A browser goes to the page of a shop, and comes back from the one that is signed in there. */
  async function visit(site: string, more: { account?: string; connectionId?: string } = {}) {
    const { account, ...wish } = more;
    const address = await beginConnect(deps, {
      organisationId,
      connector,
      sessionId,
      returnTo: '/',
      site,
      ...wish,
    });
    const asked = Object.fromEntries(address.searchParams);
    const back = (await deps.door.control('consents/shopify', {
      clientId: asked.client_id,
      redirectUri: asked.redirect_uri,
      scope: asked.scope,
      state: asked.state,
      ...(account === undefined ? {} : { account }),
    })) as Record<string, string>;
    return { address, back };
  }
  const finish = (back: Record<string, string>) =>
    finishConnect(deps, { query: new URLSearchParams(back), sessionId });
  const refusalOf = async (work: Promise<unknown>): Promise<string> =>
    asLiaisonError(await work.catch((thrown: unknown) => thrown)).details.sentence.en;

  it('is visited there, and nowhere that is none of the vendor’s', async () => {
    const { address } = await visit('Atelier-Lumen');
    expect(address.href.startsWith(`${sandbox.url}/shopify/admin/oauth/authorize?`)).toBe(true);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: 'sandbox-shopify',
      scope: 'read_orders,read_customers,write_products,write_inventory,read_locations',
    });
    expect(address.searchParams.has('code_challenge')).toBe(false);
    for (const site of ['evil.example', `${OWN}.evil.example`, `${OWN}@evil.example`, ''])
      expect(await refusalOf(visit(site))).toContain('not the address of a shop');
  });

  it('is believed when it signed what the browser comes back with, and only then', async () => {
    const changes: readonly ((back: Record<string, string>) => Record<string, string>)[] = [
      ({ hmac: _hmac, ...rest }) => rest,
      (back) => ({ ...back, hmac: '0'.repeat(64) }),
      (back) => ({ ...back, code: 'another' }),
      (back) => ({ ...back, more: 'x' }),
      (back) => ({ ...back, shop: OTHER }),
    ];
    for (const change of changes) {
      const { back } = await visit(OWN);
      expect(await refusalOf(finish(change(back)))).toContain('does not come from Shopify');
      // A return is taken once, whatever it says.
      expect(await refusalOf(finish(back))).toContain('no longer valid');
    }
    const { back } = await visit(OWN, { account: 'outlet' });
    expect(await refusalOf(finish(back))).toContain('of another account than the one that you entered');
    expect(await connectionsOf(database, organisationId, 'shopify')).toEqual([]);
  });

  it('is one account, another is another, and neither takes the place of the other', async () => {
    const { connection } = await finish((await visit(OWN)).back);
    expect(connection).toMatchObject({ site: `https://${OWN}`, account: { id: OWN, name: 'Atelier Lumen' } });
    const held = await deps.vault.read(database, grantOf(connection), 'tokens');
    expect(JSON.parse(held!.text)).toMatchObject({ lifetimeMs: 3_600_000, refreshToken: expect.any(String) });
    const wish = { connectionId: connection.id };
    const again = await beginConnect(deps, { organisationId, connector, sessionId, returnTo: '/', ...wish });
    expect(again.pathname).toBe('/shopify/admin/oauth/authorize');
    const elsewhere = await visit(OTHER, { ...wish, account: 'outlet' });
    expect(await refusalOf(finish(elsewhere.back))).toMatch(/Atelier Lumen of Shopify.*Déstockage/);
    const other = (await finish((await visit(OTHER, { account: 'outlet' })).back)).connection;
    expect(other.id).not.toBe(connection.id);
    expect((await disconnect(deps, other)).token).toBe('revoked');
    expect(await connectionsOf(database, organisationId, 'shopify')).toMatchObject([{ id: connection.id }]);
    // What ended there is another shop's: this one goes on.
    const http = deps.outbound.open(connector, connection);
    expect(await connector.identify(connector.client(http))).toMatchObject({ id: OWN });
    await disconnect(deps, connection);
  });
});
