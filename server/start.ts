import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { afterConnect } from './after-connect.ts';
import { smtpMail } from './alerts/mail.ts';
import { tellAlerts } from './alerts/tell-alerts.ts';
import { watchCauses } from './alerts/watch-causes.ts';
import { serverWatch } from './alerts/watch-server.ts';
import { createApi } from './api/router.ts';
import { toSandbox, toVendors } from './api/vendor-links.ts';
import { portOf, publicSandboxUrl, publicUrlOf } from './assembly/addresses.ts';
import { createApp } from './assembly/app.ts';
import { applicationSecrets } from './assembly/application-secrets.ts';
import { findDatabase } from './assembly/find-database.ts';
import { startRounds } from './assembly/rounds.ts';
import { assembleServices } from './assembly/services.ts';
import { oneAtATime } from './assembly/set-up-lock.ts';
import { type StopList, stopList } from './assembly/stop-list.ts';
import { openWayOut } from './assembly/way-out.ts';
import { deploymentClock } from './clock.ts';
import type { Config } from './config.ts';
import type { ConnectDeps } from './connect/deps.ts';
import { disconnect } from './connect/disconnect.ts';
import { hookSecrets } from './connect/hook-secrets.ts';
import { connectWithKey } from './connect/key.ts';
import { connectRouter } from './connect/router.ts';
import { connectors as registry } from './connectors/index.ts';
import { zohoSignIn } from './connectors/zoho-crm/sign-in.ts';
import type { Connector } from './core/connector.ts';
import { createDirectory } from './directory.ts';
import { bindAccounts, offeredRoles } from './engine/bind-roles.ts';
import { armCrashPoint, noCrash } from './engine/crash-point.ts';
import { type Engine, openEngine } from './engine/engine.ts';
import { isOwnTrouble } from './engine/own-trouble.ts';
import type { Timing } from './engine/ports.ts';
import { otherLivingProcesses, takeIdentity } from './engine/process-identity.ts';
import { forgetSweeps } from './engine/turn-on.ts';
import { flows, syncs } from './flows/index.ts';
import { door as hookDoor } from './hooks/door.ts';
import { listen } from './http-server.ts';
import { subscriptionInspector } from './inspect-subscriptions.ts';
import { ages } from './keep-ages.ts';
import { createMetrics } from './metrics.ts';
import { modeServices } from './mode-services.ts';
import { createReadiness } from './readiness.ts';
import { sandboxHome } from './sandbox-home.ts';
import { startSandboxHost } from './sandbox-host.ts';
import { setUpSandbox } from './sandbox-setup.ts';
import { createSigningIn } from './session/assemble.ts';
import { ownOrigins } from './session/own-origins.ts';
import { CALM_MS } from './store/alerts.ts';
import { reviveConnections } from './store/connections.ts';
import { ensureCursors } from './store/cursors.ts';
import { type Database, openDatabase } from './store/database.ts';
import { databaseTime } from './store/database-time.ts';
import { holdMode } from './store/deployment-mode.ts';
import { migrate } from './store/migrate.ts';
import { writeProbe } from './store/write-probe.ts';
import { keepSubscriptions } from './upkeep.ts';
import { sandboxKeys } from './vault/key-file.ts';
import { parseKeyring } from './vault/keyring.ts';
import { OWN_REGISTRATION } from './vault/token-failure.ts';
import { openVault } from './vault/vault.ts';
import { settingsWatch } from './watch-settings.ts';
import { localOrigins } from './widget-pages.ts';

export interface Running {
  readonly mode: Config['mode'];
  readonly url: string;
  readonly sandboxUrl: string | null;
  /** Finishes what is in hand and lets go of everything, in less than ten seconds. */
  stop(): Promise<void>;
}

export const MIGRATIONS = join(import.meta.dirname, 'store', 'migrations');
const VERSION = '0.1.0';
/** Where the sandbox serves what stands in for Zoho's script. */
const STAND_IN_SDK = '/widget-sdk/ZohoEmbededAppSDK.js';
const ALERTS_GATHER_MS = 5_000;
const IN_HAND_PATIENCE_MS = 4_000;

const PROBE_PATIENCE_MS = 2_000;

const timingOf = (now: () => number): Timing => ({
  now,
  random: Math.random,
  pause: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
});

/** What whoever runs the server has to do with it while it runs. */
export interface StartWishes {
  /** Called once when an admin leaves the sandbox; the server is then to be started anew. By default: nothing. */
  readonly leaveSandbox?: () => void;
  /** Aborted: a start that is under way is given up between two of its parts, and rejects. */
  readonly stopAsked?: AbortSignal;
}

/**
 * Puts Liaison together: database, vault, engine, doors, in this order, so that each finds what it needs.
 *
 * @throws an error with a `sentence` (or a plain message) that says what is missing; nothing is left running.
 */
export async function start(config: Config, log: Logger, wishes: StartWishes = {}): Promise<Running> {
  const stops = stopList(log);
  try {
    return await assemble(config, log, stops, wishes);
  } catch (error) {
    await stops.run();
    throw error;
  }
}

async function assemble(
  config: Config,
  log: Logger,
  stops: StopList,
  { leaveSandbox = () => {}, stopAsked = new AbortController().signal }: StartWishes,
): Promise<Running> {
  const http = await listen(config.host, config.port);
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${http.port}`;
  const publicUrl = publicUrlOf(config) ?? url;
  let engine: Engine | null = null;
  const onError = (error: unknown): void => {
    // A line for every delivery that a full disk refuses would fill the disk of the log, too.
    if (engine !== null && isOwnTrouble(error)) engine.trouble.refused(error);
    else log.error({ err: error }, 'something failed; the server goes on');
  };

  const connectionString = await findDatabase(config, log, url, stops);
  const database: Database = openDatabase(connectionString, { onError });
  stops.add(() => database.close());
  stopAsked.throwIfAborted();
  const clock = deploymentClock({ ask: () => databaseTime(database) });
  await clock.measure();
  const timing = timingOf(clock.now);
  await migrate(database, MIGRATIONS);
  stopAsked.throwIfAborted();
  await holdMode(database, config.mode);
  // A database of one's own lies in the data folder, and goes where it goes.
  const sharesSandbox = config.mode === 'sandbox' && config.databaseUrl !== null;
  const dataFolder = sharesSandbox ? await sandboxHome(database, config.dataFolder) : config.dataFolder;

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
  const oauthClient = config.oauthClient;
  const { door, outbound } = openWayOut({
    database,
    vault,
    connectors,
    oauthClient,
    sandboxUrl: sandbox?.url ?? null,
    clock: clock.now,
    log,
    onError,
    stops,
  });
  const connect: ConnectDeps = {
    database,
    vault,
    door,
    outbound,
    connectors,
    oauthClient,
    publicUrl,
    clock: clock.now,
    randomBytes,
    randomUUID,
    log,
  };

  const directory = createDirectory({
    database,
    flows,
    syncs,
    connectors,
    now: clock.now,
    openConnection: (connector, row, options) => outbound.open(connector, row, options),
    hookSecrets: (connection) => hookSecrets(vault, database, connection),
  });
  const mail = config.mail === null ? null : smtpMail(config.mail.url, config.mail.from);
  const upkeep = { connect, flows, syncs, processId: () => engine?.processId ?? '' };
  const others = () => otherLivingProcesses(database, engine?.processId ?? null);
  const {
    services,
    records,
    syncs: syncServices,
  } = assembleServices({
    database,
    flows,
    syncs,
    connectors,
    directory,
    mail,
    now: clock.now,
    replay: (organisationId, where) => running.replay(organisationId, where),
    vendorLinks: sandbox === null ? toVendors : toSandbox(publicSandboxUrl(config, sandbox.url)),
    mode: modeServices({ config, connectors, others, ownPresence: presence.id, leave: leaveSandbox }),
    oauthClient,
    connectWithKey: async (wish) => {
      const connection = await connectWithKey(connect, wish);
      await connected(wish.organisationId);
      return connection;
    },
    disconnect: async (connection) => {
      const report = await disconnect(connect, connection);
      await forgetSweeps(database, flows, connection);
      return report;
    },
    onFlowChange: (organisationId) => keepSubscriptions(upkeep, organisationId),
    onError,
  });
  const crash =
    config.crash === null ? noCrash : armCrashPoint(config.crash, () => process.kill(process.pid, 'SIGKILL'));
  const running = await openEngine({
    database,
    connectionString,
    world: directory,
    timing,
    log,
    crash,
    about: { host: hostname(), pid: process.pid, url: publicUrl },
    width: config.width,
    sweepSeconds: config.sweepSeconds,
    graceMs: config.graceMs,
    onRunChange(change) {
      services.changed(change);
      records.changed(change);
    },
    onDirectoryChange: directory.forget,
    onSyncChange: syncServices.changed,
  });
  engine = running;
  stops.add(() => running.stop(IN_HAND_PATIENCE_MS));
  stopAsked.throwIfAborted();

  const roles = offeredRoles(flows, syncs);
  const connected = (organisationId: string): Promise<void> =>
    afterConnect(
      {
        database,
        bindRoles: (id) => bindAccounts(database, roles, connectors, id),
        forget: directory.forget,
        keepSubscriptions: (id) => keepSubscriptions(upkeep, id),
        replay: running.replay,
      },
      organisationId,
    );

  // This process may have been given another registration at a vendor than the last one had.
  for (const organisationId of await reviveConnections(database, [...OWN_REGISTRATION])) {
    await connected(organisationId);
  }
  const sandboxOrganisation =
    sandbox === null ? null : await oneAtATime(database, () => setUpSandbox(connect, flows, syncs));
  await bindAccounts(database, roles, connectors);
  await ensureCursors(database, [...flows.keys()]);
  directory.forget();
  const metrics = createMetrics({
    database,
    runsInHand: () => running.runsInHand,
    refusals: () => running.trouble.total,
    aheadMs: clock.aheadMs,
  });
  const handle = hookDoor({
    connectors,
    find: directory.findDoor,
    applicationSecrets: applicationSecrets(config, connectors),
    accept: running.accept,
    now: clock.now,
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

  const probe = writeProbe(connectionString, PROBE_PATIENCE_MS);
  stops.add(() => probe.close());
  const readiness = createReadiness(probe);
  const app = createApp({
    metrics,
    readiness: readiness.ask,
    api: api.router,
    signingIn: signingIn.router,
    connecting: connectRouter(connect, {
      authorityOf: signingIn.authorityOf,
      onConnected: ({ connection }) => connected(connection.organisationId),
    }),
    sdkUrl: config.sdkUrl ?? (sandbox === null ? null : `${sandbox.url}${STAND_IN_SDK}`),
    crmOrigins: [
      ...config.crmOrigins,
      ...localOrigins(
        sandbox === null ? [] : [portOf(sandbox.url), portOf(publicSandboxUrl(config, sandbox.url))],
      ),
    ],
  });

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
  const watchedSettings = {
    database,
    flows,
    world: directory,
    log,
    onFlowChange: (organisationId: string) => keepSubscriptions(upkeep, organisationId),
  };
  const rounds = startRounds(
    timing,
    config.roundMs,
    [
      () => keepSubscriptions(upkeep),
      () => watchCauses({ database, flows, syncs, connectors }),
      () => tellAlerts(telling),
    ],
    onError,
  );
  stops.add(rounds.stop);
  const watch = serverWatch({
    database,
    trouble: running.trouble,
    aheadMs: clock.aheadMs,
    host: hostname(),
    log,
  });
  // Rounds of their own: the others wait for vendors.
  const ownRounds = startRounds(
    timing,
    config.roundMs,
    [clock.measure, watch, ages(database, clock.now)],
    onError,
  );
  stops.add(ownRounds.stop);
  // Rounds of their own: a vendor that does not answer keeps no alert back.
  const looks = startRounds(
    timing,
    config.roundMs,
    [
      settingsWatch(watchedSettings, config.lookMs, Date.now),
      subscriptionInspector(upkeep, config.lookMs, Date.now),
    ],
    onError,
  );
  stops.add(looks.stop);

  return {
    mode: config.mode,
    url: publicUrl,
    sandboxUrl: sandbox === null ? null : publicSandboxUrl(config, sandbox.url),
    stop: () => stops.run(),
  };
}
