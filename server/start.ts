import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { afterConnect } from './after-connect.ts';
import { languageOf, testAlert } from './alerts/compose.ts';
import { smtpMail } from './alerts/mail.ts';
import { sendAlert, tellAlerts } from './alerts/tell-alerts.ts';
import { watchCauses } from './alerts/watch-causes.ts';
import { createApi } from './api/router.ts';
import { storedAlertServices } from './api/stored-alert-services.ts';
import { storedRecordServices } from './api/stored-record-services.ts';
import { storedServices } from './api/stored-services.ts';
import { storedShelfServices } from './api/stored-shelf-services.ts';
import { storedSyncServices } from './api/stored-sync-services.ts';
import { type Config, isThisMachine } from './config.ts';
import type { ConnectDeps } from './connect/deps.ts';
import { disconnect } from './connect/disconnect.ts';
import { hookSecrets } from './connect/hook-secrets.ts';
import { connectWithKey } from './connect/key.ts';
import { connectRouter } from './connect/router.ts';
import { connectors as registry } from './connectors/index.ts';
import { zohoSignIn } from './connectors/zoho-crm/sign-in.ts';
import type { Connector } from './core/connector.ts';
import { createDirectory } from './directory.ts';
import { armCrashPoint, noCrash } from './engine/crash-point.ts';
import { type Engine, openEngine } from './engine/engine.ts';
import { announce } from './engine/notify.ts';
import type { Timing } from './engine/ports.ts';
import { otherLivingProcesses, takeIdentity } from './engine/process-identity.ts';
import { flows, syncs } from './flows/index.ts';
import { door as hookDoor } from './hooks/door.ts';
import { listen } from './http-server.ts';
import { createMetrics } from './metrics.ts';
import { modeServices } from './mode-services.ts';
import { createDoor } from './outbound/door.ts';
import { createHealth } from './outbound/health.ts';
import { createOutbound, type TokenSource } from './outbound/outbound.ts';
import { redactBody } from './outbound/redact.ts';
import { sandboxHome } from './sandbox-home.ts';
import { startSandboxHost } from './sandbox-host.ts';
import { setUpSandbox } from './sandbox-setup.ts';
import { createSigningIn } from './session/assemble.ts';
import { ownOrigins } from './session/own-origins.ts';
import { CALM_MS } from './store/alerts.ts';
import { checkDatabase } from './store/check-database.ts';
import { markReconnect } from './store/connections.ts';
import { type Database, openDatabase } from './store/database.ts';
import { holdMode } from './store/deployment-mode.ts';
import { migrate } from './store/migrate.ts';
import { startPostgres } from './store/postgres/start-postgres.ts';
import { keepSubscriptions } from './upkeep.ts';
import { sandboxKeys } from './vault/key-file.ts';
import { parseKeyring } from './vault/keyring.ts';
import { createTokens } from './vault/tokens.ts';
import { openVault } from './vault/vault.ts';
import { localOrigins, widgetPages } from './widget-pages.ts';

export interface Running {
  readonly mode: Config['mode'];
  readonly url: string;
  readonly sandboxUrl: string | null;
  /** Finishes what is in hand and lets go of everything, in less than ten seconds. */
  stop(): Promise<void>;
}

export const MIGRATIONS = join(import.meta.dirname, 'store', 'migrations');
const WIDGET = join(import.meta.dirname, '..', 'dist', 'widget');
const VERSION = '0.1.0';
/** Where the sandbox serves what stands in for Zoho's script. */
const STAND_IN_SDK = '/widget-sdk/ZohoEmbededAppSDK.js';
const UPKEEP_EVERY_MS = 5_000;
const HEALTH_EVERY_MS = 2_000;
const ALERTS_GATHER_MS = 5_000;
const IN_HAND_PATIENCE_MS = 4_000;
const UPKEEP_PATIENCE_MS = 1_000;

const timing: Timing = {
  now: Date.now,
  random: Math.random,
  pause: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
};

/** Things that were started, to be stopped in the opposite order, whatever fails on the way. */
function stopList(log: Logger) {
  const stops: (() => Promise<unknown>)[] = [];
  return {
    add: (stop: () => Promise<unknown>) => stops.push(stop),
    async run() {
      for (const stop of stops.splice(0).reverse()) {
        await stop().catch((error: unknown) => log.error({ err: error }, 'stopping went wrong; it goes on'));
      }
    },
  };
}

/** Where the database is: the given one, or one of our own. */
async function findDatabase(config: Config, log: Logger, url: string, stops: ReturnType<typeof stopList>) {
  if (config.databaseUrl !== null) {
    await checkDatabase(config.databaseUrl);
    return config.databaseUrl;
  }
  const postgres = await startPostgres({
    dataFolder: config.dataFolder,
    log,
    self: { pid: process.pid, url },
    temporaryFolder: tmpdir(),
  });
  stops.add(() => postgres.stop());
  return postgres.connectionString;
}

/**
 * Puts Liaison together: database, vault, engine, doors, in this order, so that each finds what it needs.
 *
 * @throws an error with a `sentence` (or a plain message) that says what is missing; nothing is left running.
 */
export async function start(
  config: Config,
  log: Logger,
  /** Called once when an admin leaves the sandbox; whoever runs the server then starts it anew. */
  leaveSandbox: () => void = () => {},
  /** Aborted: a start that is under way is given up between two of its parts, and rejects. */
  stopAsked: AbortSignal = new AbortController().signal,
): Promise<Running> {
  const stops = stopList(log);
  try {
    return await assemble(config, log, stops, leaveSandbox, stopAsked);
  } catch (error) {
    await stops.run();
    throw error;
  }
}

async function assemble(
  config: Config,
  log: Logger,
  stops: ReturnType<typeof stopList>,
  leaveSandbox: () => void,
  stopAsked: AbortSignal,
): Promise<Running> {
  const http = await listen(config.host, config.port);
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${http.port}`;
  const publicUrl = publicUrlOf(config) ?? url;
  const onError = (error: unknown): void => log.error({ err: error }, 'something failed; the server goes on');

  const connectionString = await findDatabase(config, log, url, stops);
  const database: Database = openDatabase(connectionString, { onError });
  stops.add(() => database.close());
  stopAsked.throwIfAborted();
  await migrate(database, MIGRATIONS);
  stopAsked.throwIfAborted();
  await holdMode(database, config.mode);
  // A database of one's own lies in the data folder, and goes where it goes.
  const sharesSandbox = config.mode === 'sandbox' && config.databaseUrl !== null;
  const dataFolder = sharesSandbox ? await sandboxHome(database, config.dataFolder) : config.dataFolder;

  let engine: Engine | null = null;
  // Shown to the others before the sandbox is looked at: of two servers that start together neither may think itself alone.
  const presence = await takeIdentity(database, { host: hostname(), pid: process.pid, url: publicUrl });
  // Should the sandbox not start: the session must end before the database does.
  stops.add(() => presence.release());
  const lastOne = async () => {
    const others = await otherLivingProcesses(database, engine?.processId ?? null);
    return others.every((one) => one.id === presence.id);
  };
  const sandbox =
    config.mode === 'production'
      ? null
      : await startSandboxHost({
          port: config.sandboxPort,
          dataFolder,
          database,
          log,
          record: config.sandboxRecord,
          limits: config.sandboxLimits,
          liaisonUrl: publicUrl,
          lastOne,
        });
  if (sandbox !== null) stops.add(() => sandbox.stop());
  // Forgotten before the sandbox is asked to stop: two servers that stop together must not wait for each other.
  stops.add(() => presence.release());

  // Calls are spaced out as vendors ask; where the sandbox's limits are relaxed nobody asks.
  const keepsBudgets = config.mode === 'production' || config.sandboxLimits === 'real';
  const connectors: ReadonlyMap<string, Connector> = new Map(
    registry.map((one) => [one.id, keepsBudgets ? one : { ...one, budgets: [] }]),
  );
  const keyring = parseKeyring(
    config.mode === 'production' ? (config.key ?? '') : await sandboxKeys(dataFolder, config.key),
  );
  const vault = await openVault(database, keyring);
  const door = createDoor({ sandboxUrl: sandbox?.url ?? null });
  stops.add(async () => door.close());
  const oauthClient = config.oauthClient;
  const tokens: TokenSource = createTokens({
    database,
    vault,
    door,
    connectors,
    oauthClient,
    clock: Date.now,
    log,
  });
  const health = createHealth({
    database,
    clock: Date.now,
    later: (work) => void setTimeout(work, HEALTH_EVERY_MS).unref(),
    onError,
  });
  stops.add(() => health.flush());
  const outbound = createOutbound({
    door,
    tokens,
    clock: Date.now,
    log,
    onOutcome: health.note,
    async onReconnect(connection) {
      if (await markReconnect(database, connection.id)) await announce(database, 'directory');
    },
  });
  const connect: ConnectDeps = {
    database,
    vault,
    door,
    outbound,
    connectors,
    oauthClient,
    publicUrl,
    clock: Date.now,
    randomBytes,
    randomUUID,
    log,
  };

  const directory = createDirectory({
    database,
    flows,
    syncs,
    connectors,
    now: Date.now,
    openConnection: (connector, row, options) => outbound.open(connector, row, options),
    hookSecrets: (connection) => hookSecrets(vault, database, connection),
  });
  const upkeep = { connect, flows, syncs, processId: () => engine?.processId ?? '' };
  const syncServices = storedSyncServices({
    database,
    syncs,
    world: directory,
    newId: uuidv7,
    now: Date.now,
    onError,
  });
  const recordServices = storedRecordServices({
    database,
    flows,
    syncs,
    connectors,
    world: directory,
    now: Date.now,
    onError,
  });
  const mail = config.mail === null ? null : smtpMail(config.mail.url, config.mail.from);
  const alertServices = storedAlertServices({
    database,
    flows,
    syncs,
    connectors,
    world: directory,
    mail: mail !== null,
    async sendTest(organisationId, destination) {
      const { locale } = await directory.organisation(organisationId);
      await sendAlert({ world: directory, mail }, organisationId, destination, testAlert(languageOf(locale)));
    },
    now: Date.now,
  });
  const shelfServices = storedShelfServices({
    database,
    flows,
    offeredSyncs: syncs,
    syncs: syncServices,
    replay: (organisationId, flow) => services.replayMany(organisationId, { flow }),
  });
  const services = storedServices({
    database,
    flows,
    syncs: syncServices,
    records: recordServices,
    alerts: alertServices,
    shelf: shelfServices,
    mode: modeServices({
      config,
      connectors,
      others: () => otherLivingProcesses(database, engine?.processId ?? null),
      ownPresence: presence.id,
      leave: leaveSandbox,
    }),
    offeredSyncs: syncs,
    connectors,
    redact: (text) => redactBody(text),
    replay: (organisationId, where) => running.replay(organisationId, where),
    connectWithKey: async (organisationId, connector, key) => {
      await connectWithKey(connect, { organisationId, connector, key });
      await connected(organisationId);
    },
    disconnect: async (connection) => {
      await disconnect(connect, connection);
    },
    onFlowChange: (organisationId) => keepSubscriptions(upkeep, organisationId),
    onError,
  });
  const crash =
    config.crash === null ? noCrash : armCrashPoint(config.crash, () => process.kill(process.pid, 'SIGKILL'));
  // One at a time: the queue's own schema is made by the first.
  const running = await oneAtATime(database, () =>
    openEngine({
      database,
      connectionString,
      world: directory,
      timing,
      log,
      crash,
      about: { host: hostname(), pid: process.pid, url: publicUrl },
      width: config.width,
      onRunChange(change) {
        services.changed(change);
        recordServices.changed(change);
      },
      onDirectoryChange: directory.forget,
      onSyncChange: syncServices.changed,
    }),
  );
  engine = running;
  stops.add(() => running.stop(IN_HAND_PATIENCE_MS));
  stopAsked.throwIfAborted();

  const connected = (organisationId: string): Promise<void> =>
    afterConnect(
      {
        database,
        forget: directory.forget,
        keepSubscriptions: (id) => keepSubscriptions(upkeep, id),
        replay: running.replay,
      },
      organisationId,
    );

  const sandboxOrganisation =
    sandbox === null ? null : await oneAtATime(database, () => setUpSandbox(connect, flows, syncs));
  directory.forget();
  const metrics = createMetrics({ database, runsInHand: () => running.runsInHand });
  const handle = hookDoor({
    connectors,
    find: directory.findDoor,
    accept: running.accept,
    now: Date.now,
    crash,
    onAnswer: metrics.delivery,
    onError,
  });
  // Before the vendors are told of it: some try an address before they take it.
  http.serve({ hooks: (request, response) => void handle(request, response) });
  await keepSubscriptions(upkeep);

  const signingIn = createSigningIn(
    {
      ...connect,
      signIn: zohoSignIn,
      isOwnOrigin: ownOrigins(publicUrl, sandbox === null ? null : http.port),
    },
    sandboxOrganisation,
  );
  const api = createApi({
    services,
    ...signingIn.api,
    mode: config.mode,
    sandboxUrl: sandbox === null ? null : publicSandboxUrl(config, sandbox.url),
    version: VERSION,
    epoch: randomUUID(),
    log,
  });

  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => void response.json({ alive: true }));
  app.get('/readyz', (_request, response) => void response.json({ ready: true }));
  app.get('/metrics', async (_request, response) => {
    const { contentType, body } = await metrics.text();
    response.type(contentType).send(body);
  });
  app.use('/api/v1', api.router);
  app.use(signingIn.router);
  app.use(
    connectRouter(connect, {
      organisationOf: signingIn.organisationOf,
      onConnected: ({ connection }) => connected(connection.organisationId),
    }),
  );
  const sandboxPorts =
    sandbox === null ? [] : [portOf(sandbox.url), portOf(publicSandboxUrl(config, sandbox.url))];
  app.use(
    '/widget',
    widgetPages({
      folder: WIDGET,
      sdkUrl: config.sdkUrl ?? (sandbox === null ? null : `${sandbox.url}${STAND_IN_SDK}`),
      crmOrigins: [...config.crmOrigins, ...localOrigins(sandboxPorts)],
    }),
  );
  app.use(pageHeaders);
  if (existsSync(WIDGET)) app.use(express.static(WIDGET, { index: 'index.html' }));

  http.serve({ rest: app });
  stops.add(() => http.stop(1_500));
  stops.add(async () => api.close());

  running.start();
  const telling = {
    database,
    world: directory,
    log,
    ifFree: running.ifFree,
    mail,
    patience: { gatherMs: ALERTS_GATHER_MS, calmMs: CALM_MS },
    link: `${publicUrl}/#/alerts`,
  };
  const upkeepEnd = new AbortController();
  const upkeepLoop = (async () => {
    while (!upkeepEnd.signal.aborted) {
      await timing.pause(UPKEEP_EVERY_MS, upkeepEnd.signal);
      if (upkeepEnd.signal.aborted) break;
      await keepSubscriptions(upkeep).catch(onError);
      await watchCauses({ database, flows, syncs, connectors }).catch(onError);
      await tellAlerts(telling).catch(onError);
    }
  })();
  stops.add(async () => {
    upkeepEnd.abort();
    // A vendor that does not answer is not waited for: what was under way is found by the next start.
    await Promise.race([upkeepLoop, sleep(UPKEEP_PATIENCE_MS)]);
  });

  return {
    mode: config.mode,
    url: publicUrl,
    sandboxUrl: sandbox === null ? null : publicSandboxUrl(config, sandbox.url),
    stop: () => stops.run(),
  };
}

/** The sandbox is reached on its own machine only: another address is production's, set ahead of it. */
function publicUrlOf({ mode, publicUrl }: Config): string | null {
  if (publicUrl === null || mode === 'production') return publicUrl;
  return isThisMachine(publicUrl) ? publicUrl : null;
}

// 'LIAI' and 'SETU' in ASCII. On a session of its own: the work in between uses the pool.
const SET_UP_LOCK = [0x4c494149, 0x53455455] as const;

/** Two servers that start together on an empty database must not both make the same schema, or connect the same accounts. */
async function oneAtATime<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const session = await database.dedicated();
  try {
    await session.query('select pg_advisory_lock($1, $2)', [...SET_UP_LOCK]);
    return await work();
  } finally {
    await session.end();
  }
}

/** The sandbox's address as this server's user knows it: the port that was asked for leads to it too. */
function publicSandboxUrl(config: Config, url: string): string {
  return config.sandboxPort === 0 ? url : `http://127.0.0.1:${config.sandboxPort}`;
}

const portOf = (url: string): number => Number(new URL(url).port);

function pageHeaders(
  _request: express.Request,
  response: express.Response,
  next: express.NextFunction,
): void {
  response.set({
    'content-security-policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  next();
}
