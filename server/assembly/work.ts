import { hostname } from 'node:os';
import { v7 as uuidv7 } from 'uuid';
import { type Mail, smtpMail } from '../alerts/mail.ts';
import { toSandbox, toVendors } from '../api/record/vendor-links.ts';
import type { ConnectDeps } from '../connect/deps.ts';
import { disconnect } from '../connect/disconnect.ts';
import { hookSecrets } from '../connect/hook-secrets.ts';
import { connectWithKey } from '../connect/key.ts';
import { whyNotHandedOver } from '../core/handover.ts';
import { createDirectory, type Directory } from '../directory.ts';
import { bindAccounts, offeredRoles } from '../engine/bind-roles.ts';
import { armCrashPoint, type CrashPoints, noCrash } from '../engine/crash-point.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { type MoneyRounds, moneyRounds } from '../engine/money/rounds.ts';
import { forgetSweeps } from '../engine/turn-on.ts';
import { flows, syncs } from '../flows/index.ts';
import { modeServices } from '../mode/services.ts';
import { newSecret } from '../receivers/sign.ts';
import type { SandboxHost } from '../sandbox/host.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { afterConnect } from '../upkeep/after-connect.ts';
import { keepSubscriptions, type UpkeepParts } from '../upkeep/keep-subscriptions.ts';
import { keepReceiverSecret } from '../vault/receiver-secrets.ts';
import { publicSandboxUrl } from './addresses.ts';
import type { Beginning } from './beginning.ts';
import type { Ground } from './ground.ts';
import { openPersonal, type Personal } from './personal.ts';
import { type AssembledServices, assembleServices } from './services.ts';

const IN_HAND_PATIENCE_MS = 4_000;

/** What does the work, and what people see of it. */
export interface Work {
  readonly directory: Directory;
  readonly mail: Mail | null;
  readonly upkeep: UpkeepParts;
  readonly services: AssembledServices['services'];
  readonly engine: Engine;
  readonly crash: CrashPoints;
  /** To be called after an account of an organisation was connected. */
  readonly connected: (organisationId: string) => Promise<void>;
  /** Holds accounts' money against the books. */
  readonly money: MoneyRounds;
  /** What persons have of their own, under templates. */
  readonly personal: Personal;
}

/** Opens the engine and the services that it tells of changes. Nothing runs yet. */
export async function openWork(
  { config, log, stops, leaveSandbox }: Beginning,
  ground: Ground,
  sandbox: SandboxHost | null,
  connect: ConnectDeps,
): Promise<Work> {
  const { database, clock, presence, atWork, others, onError } = ground;
  const { vault, outbound, connectors, oauthClient } = connect;
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
  const upkeep: UpkeepParts = { connect, flows, syncs, processId: () => atWork.engine?.processId ?? '' };
  const disconnectAccount = async (connection: ConnectionRow) => {
    const report = await disconnect(connect, connection);
    await forgetSweeps(database, flows, connection);
    return report;
  };
  const onFlowChange = async (organisationId: string): Promise<void> => {
    await money.keepPairs(organisationId);
    await keepSubscriptions(upkeep, organisationId);
  };
  const personal = openPersonal(connect, {
    syncs,
    world: directory,
    now: clock.now,
    disconnect: disconnectAccount,
    onFlowChange,
    onError,
  });
  const assembled = assembleServices({
    templates: personal.templates,
    persons: personal.persons,
    database,
    flows,
    syncs,
    connectors,
    directory,
    mail,
    now: clock.now,
    replay: (organisationId, where) => engine.replay(organisationId, where),
    exclusively: (key, work) => engine.exclusively(key, work),
    money: {
      pairsOf: (organisationId) => money.pairsOf(organisationId),
      keepPairs: (organisationId) => money.keepPairs(organisationId),
      begin: (organisationId) => void money.asked(organisationId).catch(onError),
      tell: (events) => engine.accept(events),
    },
    acting: {
      accept: (events) => engine.accept(events),
      pause: ground.timing.pause,
      publicUrl: ground.publicUrl,
    },
    async newReceiverSecret(sql, receiver, besideSeconds) {
      const secret = { id: connect.randomUUID(), text: newSecret(connect.randomBytes) };
      await keepReceiverSecret(vault, sql, receiver, secret, besideSeconds);
      return secret.text;
    },
    vendorLinks: sandbox === null ? toVendors : toSandbox(publicSandboxUrl(config, sandbox.url)),
    mode: modeServices({ config, connectors, others, ownPresence: presence.id, leave: leaveSandbox }),
    oauthClient,
    whyTyped: whyNotHandedOver(ground.publicUrl, sandbox !== null),
    hooksAt: `${ground.publicUrl}/hooks`,
    connectWithKey: async (wish) => {
      const connection = await connectWithKey(connect, wish);
      await connected(wish.organisationId);
      return connection;
    },
    disconnect: disconnectAccount,
    onFlowChange,
    onError,
  });
  const { services, records } = assembled;
  const crash =
    config.crash === null ? noCrash : armCrashPoint(config.crash, () => process.kill(process.pid, 'SIGKILL'));
  const engine = await openEngine({
    database,
    connectionString: ground.connectionString,
    world: directory,
    timing: ground.timing,
    log,
    crash,
    about: { host: hostname(), pid: process.pid, url: ground.publicUrl },
    width: config.width,
    sweepSeconds: config.sweepSeconds,
    graceMs: config.graceMs,
    onRunChange(change) {
      services.changed(change);
      records.changed(change);
    },
    onDirectoryChange: directory.forget,
    onSyncChange(key) {
      assembled.syncs.changed(key);
      personal.changed(key);
    },
  });
  atWork.engine = engine;
  stops.add(() => engine.stop(IN_HAND_PATIENCE_MS));

  const ending = new AbortController();
  const money = moneyRounds({
    database,
    world: directory,
    timing: ground.timing,
    log,
    ifFree: engine.ifFree,
    newId: uuidv7,
    ending: ending.signal,
  });
  stops.add(async () => ending.abort());

  const roles = offeredRoles(flows, syncs);
  const connected = async (organisationId: string): Promise<void> => {
    await afterConnect(
      {
        database,
        bindRoles: (id) => bindAccounts(database, roles, connectors, id),
        forget: directory.forget,
        keepSubscriptions: (id) => keepSubscriptions(upkeep, id),
        replay: engine.replay,
      },
      organisationId,
    );
    await money.keepPairs(organisationId);
  };
  return { directory, mail, upkeep, services, engine, crash, connected, personal, money };
}
