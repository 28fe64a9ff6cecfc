import type { Connector } from '../core/connector.ts';
import type { Automation } from '../core/flow.ts';
import type { KeyConnection } from '../core/key-connection.ts';
import type { FindClient } from '../core/registration.ts';
import type { Sentence } from '../core/sentence.ts';
import type { SyncFlow } from '../core/sync-flow.ts';
import { announce, type RunChange } from '../engine/notify.ts';
import type { World } from '../engine/ports.ts';
import { keepFor, keptDays } from '../store/ages.ts';
import { type ConnectionRow, connectionPerConnector } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { integrationById } from '../store/integrations.ts';
import { organisationById } from '../store/organisations.ts';
import { countRuns, loggedRun, loggedRuns, loggedRunsById, whereOf } from '../store/run-log.ts';
import type { AccessServices } from './accesses/access-services.ts';
import type { ActionServices } from './actions/action-services.ts';
import type { AlertServices } from './alerts/alert-services.ts';
import { storedConnections } from './connections/stored-connections.ts';
import type { ConnectionKey, Disconnected, RunSummary } from './contract.ts';
import { storedDocuments } from './flows/stored-documents.ts';
import { storedFlowServices } from './flows/stored-flow-services.ts';
import { storedIntegrationServices } from './integrations/stored-integration-services.ts';
import { storedTryServices } from './integrations/stored-try-services.ts';
import { runDetail, runSummary, type ViewFacts } from './log/run-view.ts';
import type { ShelfServices } from './log/shelf-services.ts';
import type { MailServices } from './mail/mail-services.ts';
import type { MoneyServices } from './money/money-services.ts';
import type { PersonServices } from './persons/person-services.ts';
import type { TemplateServices } from './persons/template-services.ts';
import { invalid } from './problem.ts';
import { adminOnly, notReplayable, notSignedIn } from './problems.ts';
import type { ReceiverServices } from './receivers/receiver-services.ts';
import { findRecords } from './record/find-records.ts';
import type { RecordServices } from './record/record-services.ts';
import { toVendors, type VendorLinks } from './record/vendor-links.ts';
import { whyAsker, whyOf } from './record/why-services.ts';
import type { ApiServices, Viewer } from './services.ts';
import type { ModeServices } from './session/mode-services.ts';
import type { SyncServices } from './syncs/sync-services.ts';

export interface StoredServicesParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly syncs: SyncServices;
  readonly templates: TemplateServices;
  readonly persons: PersonServices;
  readonly records: RecordServices;
  readonly alerts: AlertServices;
  readonly accesses: AccessServices;
  readonly actions: ActionServices;
  readonly receivers: ReceiverServices;
  readonly shelf: ShelfServices;
  readonly mail: MailServices;
  readonly money: MoneyServices;
  readonly mode: ModeServices;
  readonly offeredSyncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly world: Pick<World, 'open' | 'connectors' | 'organisation'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Absent: straight to the vendors' own interfaces. */
  readonly vendorLinks?: VendorLinks | undefined;
  readonly redact: (text: string) => string;
  /** A short id that was never given before. */
  readonly newId: () => string;
  readonly replay: (
    organisationId: string,
    where: { sql: string; values: readonly unknown[] },
  ) => Promise<number>;
  readonly oauthClient: FindClient;
  /** Why no site of an account can send keys to this server, in words; null: it can. */
  readonly whyTyped: Sentence | null;
  /** Of `storedConnections`. */
  readonly hooksAt?: string;
  readonly connectWithKey: (wish: KeyConnection) => Promise<Pick<ConnectionRow, 'id'>>;
  readonly disconnect: (connection: ConnectionRow) => Promise<{ readonly token: Disconnected['access'] }>;
  /** After a flow was turned on or changed: what it needs at the vendors is set up. */
  readonly onFlowChange: (organisationId: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Whose an account is that is added; the sandbox's own pages have nobody who signed in. */
function addedOwner({ user }: Viewer, { owner }: ConnectionKey): string | null {
  if (owner === 'organisation') return null;
  if (user === null) throw notSignedIn();
  return user.id;
}

/** The organisation's accounts are its admins' to change, a person's own are theirs. */
function mayChange({ role, user }: Viewer, owner: string | null): void {
  if (owner === null ? role !== 'admin' : owner !== user?.id) throw adminOnly();
}

const RUN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The API's services over the store; `changed` is fed by the engine's announcements. */
export function storedServices(
  parts: StoredServicesParts,
): ApiServices & { changed(change: RunChange): void } {
  const { database, flows, connectors } = parts;
  const connections = storedConnections(parts);
  const automations = storedFlowServices(parts);
  const listeners = new Map<string, Set<(run: RunSummary) => void>>();
  const whyParts = {
    database,
    connectors,
    syncs: parts.offeredSyncs,
    titles: new Map<string, Pick<Automation | SyncFlow, 'titles'>>([...flows, ...parts.offeredSyncs]),
    now: parts.now,
  };

  async function viewFacts(organisationId: string): Promise<ViewFacts> {
    const accounts = new Map(
      (await connectionPerConnector(database, organisationId)).map((row) => [row.connector, row.account]),
    );
    return {
      flows,
      connectors,
      redact: parts.redact,
      recordUrl(object, id) {
        for (const connector of connectors.values()) {
          const account = accounts.get(connector.id);
          const declared = connector.objects.find((candidate) => candidate.id === object);
          if (account !== undefined && declared?.url !== undefined)
            return (parts.vendorLinks ?? toVendors)(declared.url(id, account));
        }
        return null;
      },
    };
  }

  async function detail(organisationId: string, id: string) {
    const whole = await loggedRun(database, organisationId, id);
    if (whole === null) return null;
    const integration = await integrationById(database, organisationId, whole.run.integration);
    return runDetail(await viewFacts(organisationId), whole, integration?.roles ?? []);
  }

  return {
    syncs: parts.syncs,
    templates: parts.templates,
    persons: parts.persons,
    records: parts.records,
    alerts: parts.alerts,
    accesses: parts.accesses,
    actions: parts.actions,
    receivers: parts.receivers,
    shelf: parts.shelf,
    mail: parts.mail,
    money: parts.money,
    mode: parts.mode,

    async organisation(organisationId) {
      const row = await organisationById(database, organisationId);
      if (row === null) return null;
      const { id, name, locale, timeZone, currency } = row;
      return { id, name, locale, timeZone, currency };
    },

    async listRuns(organisationId, query, hidden) {
      if (query.cursor !== undefined && !RUN_ID.test(query.cursor)) {
        throw invalid('query', () => [
          {
            code: 'custom',
            path: ['cursor'],
            message: 'This page no longer exists; start again.',
            input: query.cursor,
          },
        ]);
      }
      const found = await loggedRuns(database, organisationId, {
        ...query,
        hidden,
        limit: query.limit + 1,
        ...(query.cursor === undefined ? {} : { before: query.cursor }),
      });
      const facts = await viewFacts(organisationId);
      const page = found.slice(0, query.limit);
      return {
        runs: page.map((run) => runSummary(facts, run)),
        next: found.length > query.limit ? (page.at(-1)?.id ?? null) : null,
      };
    },

    async countRuns(organisationId, filter, hidden) {
      const counts = { waiting: 0, running: 0, done: 0, skipped: 0, shelved: 0, superseded: 0, retrying: 0 };
      for (const row of await countRuns(database, organisationId, { ...filter, hidden })) {
        counts[row.state] = row.count;
        if (row.state === 'waiting') counts.retrying = row.retrying;
      }
      return counts;
    },

    getRun: detail,

    async replayRun(organisationId, id) {
      const found = await loggedRun(database, organisationId, id);
      if (found === null) return null;
      const taken = await parts.replay(organisationId, { sql: 'r.id = $2', values: [id] });
      if (taken === 0) throw notReplayable(found.run.state);
      return detail(organisationId, id);
    },

    replayMany(organisationId, filter) {
      const where = whereOf({ ...filter, state: 'shelved' }, 2);
      return parts.replay(organisationId, where);
    },

    why: (asker, query, hidden) => whyOf(whyParts, whyAsker(asker, hidden), query),

    async findRecords(organisationId, search, hidden) {
      return { records: await findRecords(whyParts, organisationId, search, hidden) };
    },

    keptDays: (organisationId) => keptDays(database, organisationId),

    keepFor: (organisationId, days) => keepFor(database, organisationId, days),

    ...automations,

    integrations: storedIntegrationServices({ ...parts, automations }),
    tries: storedTryServices(parts),

    listDocuments: (organisationId) => storedDocuments(parts, organisationId),

    listConnections: connections.list,

    connectionEffects: connections.effects,

    async setKey(viewer, id, wish) {
      const row = await connections.shown(viewer, id);
      const connector = connectors.get(row?.connector ?? id);
      if (connector?.authorisation.kind !== 'key') return null;
      const { owner: _whose, ...keys } = wish;
      const owner = row === null ? addedOwner(viewer, wish) : row.owner;
      mayChange(viewer, owner);
      const made = await parts.connectWithKey({
        organisationId: viewer.organisationId,
        connector,
        ...keys,
        ...(row === null ? {} : { connectionId: row.id }),
        ...(owner === null ? {} : { owner }),
      });
      await announce(database, 'directory');
      return connections.one(viewer, made.id);
    },

    async disconnect(viewer, id) {
      const row = await connections.shown(viewer, id);
      const connector = row === null ? undefined : connectors.get(row.connector);
      if (row === null || connector === undefined) return null;
      // An admin also ends what belonged to somebody who left.
      if (viewer.role !== 'admin') mayChange(viewer, row.owner);
      const { token } = await parts.disconnect(row);
      await announce(database, 'directory');
      return {
        id,
        connector: { id: connector.id, titles: connector.titles },
        state: 'absent' as const,
        access: token,
      };
    },

    live(organisationId, onRun) {
      const group = listeners.get(organisationId) ?? new Set();
      listeners.set(organisationId, group);
      group.add(onRun);
      return () => {
        group.delete(onRun);
        if (group.size === 0) listeners.delete(organisationId);
      };
    },

    changed(change) {
      const group = listeners.get(change.organisationId);
      if (group === undefined) return;
      (async () => {
        const facts = await viewFacts(change.organisationId);
        for (const run of await loggedRunsById(database, change.organisationId, [change.id])) {
          for (const listener of group) listener(runSummary(facts, run));
        }
      })().catch(parts.onError);
    },
  };
}
