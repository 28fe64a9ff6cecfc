import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../sandbox/core/host.ts';
import { simulators } from '../../sandbox/index.ts';
import { beginConnect, type ConnectWish } from '../../server/connect/begin.ts';
import type { ConnectDeps } from '../../server/connect/deps.ts';
import { finishConnect } from '../../server/connect/finish.ts';
import { FurtherConsent } from '../../server/connect/further-consent.ts';
import { connectInSandbox } from '../../server/connect/sandbox.ts';
import { connectors } from '../../server/connectors/index.ts';
import type { Connector } from '../../server/core/connector.ts';
import { createDoor } from '../../server/outbound/door.ts';
import { createOutbound, type Outbound } from '../../server/outbound/outbound.ts';
import { silentLog } from '../../server/outbound/testing/fake-vendor.ts';
import { type ConnectionRow, markReconnect } from '../../server/store/connections.ts';
import { openDatabase } from '../../server/store/database.ts';
import { markGrantReconnect } from '../../server/store/grants.ts';
import { parseKeyring } from '../../server/vault/keyring.ts';
import { createTokens } from '../../server/vault/tokens.ts';
import { openVault } from '../../server/vault/vault.ts';
import { createTestDatabase } from '../postgres/test-database.ts';

type Row = Readonly<Record<string, unknown>>;
type Wish = Omit<ConnectWish, 'organisationId' | 'connector' | 'sessionId' | 'returnTo'>;

const byId: ReadonlyMap<string, Connector> = new Map(connectors.map((one) => [one.id, one]));

export function connectorCalled(id: string): Connector {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no connector is called ${id}`);
  return found;
}

/** Connecting over the simulators of the vendors' sign-ins, with a browser that accepts what it is shown. */
export async function startFamilyRig() {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-families-'));
  const sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, scenarios: [] });
  const test = await createTestDatabase();
  const database = openDatabase(test.connectionString, { max: 8, onError: () => {} });
  const vault = await openVault(database, parseKeyring(randomBytes(32).toString('base64')));
  const door = createDoor({ sandboxUrl: sandbox.url });
  const oauthClient = (id: string) => ({ id: `sandbox-${id}`, secret: `sandbox-secret-${id}` });
  const parts = { database, vault, door, connectors: byId, oauthClient, clock: Date.now, log: silentLog };
  /** The way out of one process: nothing but the database is shared between two. */
  const process = (): Outbound =>
    createOutbound({
      ...parts,
      tokens: createTokens(parts),
      async onReconnect({ id, grantId }, _error, lost) {
        await (lost === 'grant' ? markGrantReconnect(database, grantId) : markReconnect(database, id));
      },
    });
  const outbound = process();
  const publicUrl = 'http://127.0.0.1:3000';
  const deps: ConnectDeps = { ...parts, outbound, publicUrl, randomBytes, randomUUID };
  const first = await connectInSandbox(deps, {
    organisationId: null,
    connector: connectorCalled('zoho-crm'),
  });
  const { organisationId } = first;

  const begin = (id: string, wish: Wish = {}): Promise<URL> =>
    beginConnect(deps, {
      organisationId,
      connector: connectorCalled(id),
      sessionId: 's',
      returnTo: '/',
      ...wish,
    });

  /** Accepts a consent page, as somebody of the company. */
  async function accept(address: URL, account?: string): Promise<ConnectionRow> {
    const asked = Object.fromEntries(address.searchParams);
    const service = address.pathname.split('/')[1];
    const callback = (await door.control(`consents/${service}`, {
      clientId: asked.client_id,
      redirectUri: asked.redirect_uri,
      scope: asked.scope,
      state: asked.state,
      codeChallenge: asked.code_challenge,
      account,
      parameters: asked,
    })) as Record<string, string>;
    const query = new URLSearchParams({ state: asked.state ?? '', ...callback });
    return (await finishConnect(deps, { query, sessionId: 's' })).connection;
  }

  return {
    deps,
    database,
    organisationId,
    crm: first,
    process,
    begin,
    accept,
    connect: (id: string, account?: string) =>
      connectInSandbox(deps, {
        organisationId,
        connector: connectorCalled(id),
        ...(account === undefined ? {} : { account }),
      }),
    /** The second page, that asks for the whole. */
    async furtherPage(visit: Promise<unknown>): Promise<URL> {
      const thrown = await visit.then(
        () => null,
        (error: unknown) => error,
      );
      if (thrown instanceof FurtherConsent) return thrown.address;
      throw new Error(`expected a further consent, got ${String(thrown)}`);
    },
    async rows(service: string, table: string): Promise<readonly Row[]> {
      const { tables } = (await door.control(`state/${service}`)) as { tables: Record<string, Row[]> };
      return tables[table] ?? [];
    },
    clientOf: (connection: ConnectionRow, way: Outbound = outbound) => {
      const connector = connectorCalled(connection.connector);
      return connector.client(way.open(connector, connection)) as never;
    },
    async close() {
      door.close();
      await database.close();
      await test.drop();
      await sandbox.stop();
      await rm(folder, { recursive: true });
    },
  };
}
