import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import express from 'express';
import { type RunningSandbox, startSandbox } from '../../sandbox/core/host.ts';
import { zohoAccounts } from '../../sandbox/zoho-accounts/simulator.ts';
import { zohoCrm } from '../../sandbox/zoho-crm/simulator.ts';
import { applicationTitles, type RegisteredApplication } from '../../server/access/applications.ts';
import { accessRouter } from '../../server/access/router.ts';
import { ACCESS_TOKEN, createAccessTokens } from '../../server/access/tokens.ts';
import { storedAccessServices } from '../../server/api/accesses/stored-access-services.ts';
import { storedActionServices } from '../../server/api/actions/stored-action-services.ts';
import { storedAlertServices } from '../../server/api/alerts/stored-alert-services.ts';
import { storedShelfServices } from '../../server/api/log/stored-shelf-services.ts';
import { storedMailServices } from '../../server/api/mail/stored-mail-services.ts';
import { storedMoneyServices } from '../../server/api/money/stored-money-services.ts';
import { BASE_PATH } from '../../server/api/paths.ts';
import { storedPersonServices } from '../../server/api/persons/stored-person-services.ts';
import { storedTemplateServices } from '../../server/api/persons/stored-template-services.ts';
import { storedReceiverServices } from '../../server/api/receivers/stored-receiver-services.ts';
import { storedRecordServices } from '../../server/api/record/stored-record-services.ts';
import { createApi } from '../../server/api/router.ts';
import { storedServices } from '../../server/api/stored-services.ts';
import { storedSyncServices } from '../../server/api/syncs/stored-sync-services.ts';
import { sideDescriber } from '../../server/api/syncs/sync-sides.ts';
import { readConfig } from '../../server/config.ts';
import { connectRouter } from '../../server/connect/router.ts';
import { connectors } from '../../server/connectors/index.ts';
import { zohoSignIn } from '../../server/connectors/zoho-crm/sign-in.ts';
import type { Connector } from '../../server/core/connector.ts';
import { LiaisonError } from '../../server/core/errors.ts';
import type { Sentence } from '../../server/core/sentence.ts';
import { fixedSync } from '../../server/core/sync-flow.ts';
import { SAMPLE_MESSAGES } from '../../server/flows/fact-samples.ts';
import { flows } from '../../server/flows/index.ts';
import { modeServices } from '../../server/mode/services.ts';
import { createDoor } from '../../server/outbound/door.ts';
import { createOutbound } from '../../server/outbound/outbound.ts';
import { redactBody } from '../../server/outbound/redact.ts';
import { createSigningIn } from '../../server/session/assemble.ts';
import { ownOrigins } from '../../server/session/own-origins.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { organisationById } from '../../server/store/organisations.ts';
import { parseKeyring } from '../../server/vault/keyring.ts';
import { openVault } from '../../server/vault/vault.ts';
import { buildPages } from '../browser/build-pages.ts';
import { createTestDatabase } from '../postgres/test-database.ts';
import { memoryVendor } from '../sync/memory-object.ts';
import { FIELDS, RULES } from '../sync/rig.ts';

const PROJECT = path.join(import.meta.dirname, '..', '..');

const words = (text: string) => ({ en: text, fr: text });

/** A sync that every organisation is offered. */
export const TEST_SYNC = fixedSync({
  kind: 'sync',
  id: 'test-sync',
  titles: words('Test'),
  direction: words('test'),
  personal: { role: 'left', owner: 'owner' },
  native: words('test'),
  left: { object: memoryVendor('left', { fields: FIELDS }).object, options: [] },
  right: { object: memoryVendor('right', { fields: FIELDS }).object, options: [] },
  defaults: {
    rules: RULES,
    options: { left: {}, right: {} },
    everySeconds: 3_600,
    sweepHours: 24,
    brake: { records: 10, percent: 10 },
  },
});

/** Two other applications that people may let in. */
export const ACCESS_CLIENTS: readonly RegisteredApplication[] = ['first', 'second'].map((id) => ({
  id,
  titles: words(id),
  client: { id: `client-${id}`, secret: `secret-${id}` },
  redirects: [`https://${id}.example.com/return`],
  loopback: false,
}));

const notConnected = () => new LiaisonError('reconnect', { sentence: words('Nothing is connected.') });

export interface SecurityRig {
  readonly url: string;
  readonly sandbox: RunningSandbox;
  readonly database: Database;
  /** Tells the API that a run changed, as the engine does. */
  readonly changed: (run: { id: string; organisationId: string }) => void;
  /** Everything that was logged, as text. */
  readonly logged: () => string;
  close(): Promise<void>;
}

/**
 * The real API and sign-in as in production (nobody is let in by being on this machine), over a real
 * database, with the sandbox's accounts server and CRM in the vendor's place.
 *
 * @param options.pages serves the built pages too, to be framed by anybody.
 */
export async function openSecurityRig(options: { pages?: boolean } = {}): Promise<SecurityRig> {
  if (options.pages === true) {
    await buildPages();
  }
  const began = Date.now();
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-security-'));
  const sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators: [zohoAccounts, zohoCrm],
    scenarios: [],
  });
  const test = await createTestDatabase();
  const database = openDatabase(test.connectionString, { max: 6, onError: () => {} });
  const lines: string[] = [];
  const note = (facts: object, message?: string) =>
    void lines.push(`${inspect(facts, { depth: 12 })} ${message}`);
  const log = { debug: note, info: note, warn: note, error: note };

  const app = express();
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const door = createDoor({ sandboxUrl: sandbox.url });
  const outbound = createOutbound({
    door,
    tokens: {
      authorization: () => Promise.reject(new Error('nothing is connected')),
      renew: () => Promise.reject(new Error('nothing is connected')),
    },
    clock: Date.now,
    log,
    onReconnect: async () => {},
  });
  const deps = {
    database,
    door,
    outbound,
    oauthClient: (id: string) => ({ id: `sandbox-${id}`, secret: `sandbox-secret-${id}` }),
    publicUrl: url,
    clock: Date.now,
    randomBytes,
    randomUUID,
    log,
  };
  const isOwnOrigin = ownOrigins(url, null);
  const tokens = createAccessTokens(deps);
  const signingIn = createSigningIn({ ...deps, signIn: zohoSignIn, isOwnOrigin }, null, {
    isToken: (token) => ACCESS_TOKEN.test(token),
    judge: tokens.judge,
  });
  const offeredSyncs = new Map([[TEST_SYNC.id, TEST_SYNC]]);
  const byId = new Map<string, Connector>(connectors.map((one) => [one.id, one]));
  const syncServices = storedSyncServices({
    database,
    syncs: offeredSyncs,
    world: { connectors: byId, open: () => Promise.reject(notConnected()) },
    newId: randomUUID,
    now: Date.now,
    onError: (error) => note({ error }),
  });
  const own = {
    database,
    syncs: offeredSyncs,
    connectors: byId,
    newId: () => randomUUID().slice(0, 12),
    disconnect: async ({ id }: { id: string }) => {
      await database.query('delete from connections where id = $1', [id]);
    },
    onFlowChange: async () => {},
    settle: () => {},
    now: Date.now,
  };
  const world = {
    connectors: byId,
    open: () => Promise.reject(notConnected()),
    async organisation(id: string) {
      const row = await organisationById(database, id);
      if (row === null) throw new Error(`no organisation ${id}`);
      return row;
    },
  };
  const services = storedServices({
    templates: storedTemplateServices({
      ...own,
      world,
      describe: sideDescriber(world, Date.now).describe,
    }),
    persons: storedPersonServices({
      ...own,
      connectOwn: async () => null,
      lookAtStaff: () => Promise.reject(notConnected()),
    }),
    whyTyped: null,
    database,
    world,
    now: Date.now,
    flows,
    syncs: syncServices,
    receivers: storedReceiverServices({
      database,
      titles: new Map<string, { readonly titles: Sentence }>([...flows, ...offeredSyncs]),
      newReceiverId: randomUUID,
      samples: SAMPLE_MESSAGES,
      applicationTitles,
      newSecret: async () => 'whsec_',
    }),
    actions: storedActionServices({
      ...{ database, flows, syncs: offeredSyncs, connectors: byId, world },
      accept: async () => {},
      newMarker: randomUUID,
      publicUrl: url,
      now: Date.now,
      pause: async () => {},
    }),
    accesses: storedAccessServices({ database, applicationTitles }),
    alerts: storedAlertServices({
      database,
      flows,
      syncs: offeredSyncs,
      connectors: byId,
      world: { open: () => Promise.reject(notConnected()) },
      mail: true,
      sendTest: () => Promise.reject(notConnected()),
      now: Date.now,
    }),
    shelf: storedShelfServices({
      database,
      flows,
      offeredSyncs,
      syncs: syncServices,
      replay: (organisationId, integration) => services.replayMany(organisationId, { integration }),
    }),
    mail: storedMailServices({
      database,
      flows,
      connectors: byId,
      world,
      now: Date.now,
      vendorLinks: (address) => address,
      integrations: () => services.integrations,
      exclusively: (_key, work) => work(),
      replay: async () => 0,
      newId: randomUUID,
    }),
    money: storedMoneyServices({
      database,
      connectors: byId,
      vendorLinks: (address) => address,
      pairsOf: async () => new Map(),
      keepPairs: async () => new Map(),
      begin: () => {},
      tell: async () => {},
    }),
    mode: modeServices({
      config: readConfig({}),
      connectors: byId,
      others: async () => [],
      ownPresence: '1',
      leave: () => {
        throw new Error('a server with nothing configured left its sandbox');
      },
    }),
    records: storedRecordServices({
      database,
      flows,
      syncs: offeredSyncs,
      connectors: byId,
      // A CRM that has no record of any id, whoever asks.
      world: {
        open: async () => ({
          received: async () => [],
          download: async () => ({ refused: { en: '', fr: '' } }),
          fetch: async () => new Response(null, { status: 204 }),
          account: { id: '', name: '' },
          apiUrl: null,
        }),
      },
      // What was looked at does not become old, however long a suite takes.
      now: () => began,
      onError: (error) => note({ error }),
    }),
    offeredSyncs,
    connectors: byId,
    newId: () => randomUUID().slice(0, 8),
    redact: (text) => redactBody(text),
    async replay(organisationId, where) {
      const rows = await database.query(
        `update runs r set state = 'waiting', attempt = 0
         where organisation_id = $1 and state = 'shelved' and (${where.sql}) returning id`,
        [organisationId, ...where.values],
      );
      return rows.length;
    },
    oauthClient: (id: string) => ({ id: `sandbox-${id}`, secret: `sandbox-secret-${id}` }),
    connectWithKey: () => Promise.reject(new Error('no vendor takes a key here')),
    async disconnect(connection) {
      await database.query('delete from connections where id = $1', [connection.id]);
      return { token: 'revoked' as const };
    },
    onFlowChange: async () => {},
    onError: (error) => note({ error }),
  });
  const api = createApi({
    services,
    ...signingIn.api,
    mode: 'production',
    sandboxUrl: null,
    version: '0.0.0',
    epoch: 'e1',
    log,
  });
  const vault = await openVault(database, parseKeyring(randomBytes(32).toString('base64')));
  app
    .use(BASE_PATH, api.router)
    .use(signingIn.router)
    .use(
      accessRouter({
        database,
        tokens,
        applications: new Map(ACCESS_CLIENTS.map((one) => [one.client.id, one])),
        publicUrl: url,
        isOwnOrigin,
        signInPath: '/auth/zoho/start',
        now: Date.now,
        log,
      }),
    )
    .use(
      connectRouter(
        { ...deps, vault, connectors: byId },
        { authorityOf: signingIn.authorityOf, onConnected: async () => {} },
      ),
    );
  if (options.pages === true) app.use(express.static(path.join(PROJECT, 'dist', 'widget')));

  return {
    url,
    sandbox,
    database,
    changed: (run) => services.changed(run),
    logged: () => lines.join('\n'),
    async close() {
      api.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      door.close();
      await database.close();
      await test.drop();
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
