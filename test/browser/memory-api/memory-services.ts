import { randomUUID } from 'node:crypto';
import type { AccessServices } from '../../../server/api/accesses/access-services.ts';
import type { ActionServices } from '../../../server/api/actions/action-services.ts';
import type { AlertServices } from '../../../server/api/alerts/alert-services.ts';
import type {
  Application,
  Connection,
  ConnectionEffects,
  ConnectionKey,
  Connections,
  Disconnected,
  Flow,
  FlowPreviewAnswer,
  FoundRecords,
  OrganisationAnswer,
  RunCounts,
  RunFilter,
  RunSummary,
  SettingOffers,
  Why,
} from '../../../server/api/contract.ts';
import { demandUnchanged, versionOf } from '../../../server/api/flows/settings-version.ts';
import type { IntegrationServices } from '../../../server/api/integrations/integration-services.ts';
import type { ShelfServices } from '../../../server/api/log/shelf-services.ts';
import type { MailServices } from '../../../server/api/mail/mail-services.ts';
import type { MoneyServices } from '../../../server/api/money/money-services.ts';
import type { PersonServices } from '../../../server/api/persons/person-services.ts';
import type { TemplateServices } from '../../../server/api/persons/template-services.ts';
import { notReplayable } from '../../../server/api/problems.ts';
import type { ReceiverServices } from '../../../server/api/receivers/receiver-services.ts';
import type { ApiServices, StoredRun, Viewer } from '../../../server/api/services.ts';
import type { SyncServices } from '../../../server/api/syncs/sync-services.ts';
import { labelWords } from '../../../server/core/label.ts';
import { flowDocuments } from '../../../server/flows/flow-documents.ts';
import { exampleApplications } from './example-settings.ts';
import { MemoryAlerts } from './memory-alerts.ts';
import { memoryIntegrations } from './memory-integrations.ts';
import { MemoryMode } from './memory-mode.ts';
import { MemoryRecords } from './memory-records.ts';
import { memoryShelf } from './memory-shelf.ts';
import { MemoryTries } from './memory-tries.ts';
import { noAccesses } from './no-accesses.ts';
import { noActions } from './no-actions.ts';
import { noMail } from './no-mail.ts';
import { noMoney } from './no-money.ts';
import { noPersons, noTemplates } from './no-persons.ts';
import { noReceivers } from './no-receivers.ts';
import { noSyncs } from './no-syncs.ts';

/** One organisation's world, held in memory and open to the test. */
export interface MemoryOrganisation {
  organisation: OrganisationAnswer;
  runs: StoredRun[];
  flows: Flow[];
  connections: Connection[];
  /** Absent: those of the example. */
  applications?: Application[];
  grants?: Connections['grants'];
  /** Integrations that are the own of whoever asks. */
  own?: readonly string[];
}

const versioned = (flow: Flow): Flow => ({
  ...flow,
  settings: { ...flow.settings, version: versionOf(flow.settings.values) },
});

/** `ApiServices` over plain arrays: real enough for every route, with the test as its engine. */
export class MemoryServices implements ApiServices {
  readonly #organisations: Map<string, MemoryOrganisation>;
  readonly integrations: IntegrationServices;
  readonly syncs: SyncServices;
  /** A test writes into these what its organisation prepares for persons. */
  readonly templates: TemplateServices = { ...noTemplates };
  readonly persons: PersonServices = { ...noPersons };
  readonly mail: MailServices = { ...noMail };
  readonly money: MoneyServices = { ...noMoney };
  readonly records = new MemoryRecords();
  readonly alerts: AlertServices;
  readonly accesses: AccessServices = { ...noAccesses };
  readonly actions: ActionServices = { ...noActions };
  readonly receivers: ReceiverServices = { ...noReceivers };
  readonly shelf: ShelfServices;
  readonly tries = new MemoryTries();
  readonly mode: MemoryMode = new MemoryMode();
  readonly #listeners = new Map<string, Set<(run: RunSummary) => void>>();
  /** What ending a connection would touch, by connector, where it is more than its flows. */
  readonly effects = new Map<string, ConnectionEffects>();
  /** What is offered for a setting, by its name. */
  readonly offers = new Map<string, SettingOffers>();
  /** What a replayed run becomes. */
  afterReplay: (run: StoredRun) => StoredRun = (run) => ({
    ...run,
    state: 'waiting',
    attempts: 0,
    error: null,
  });

  constructor(
    organisations: readonly MemoryOrganisation[],
    syncs = noSyncs,
    alerts: AlertServices = new MemoryAlerts(),
    shelf?: ShelfServices,
  ) {
    this.syncs = syncs;
    this.alerts = alerts;
    this.shelf = shelf ?? memoryShelf(this);
    this.integrations = memoryIntegrations(this, structuredClone(organisations[0]?.flows ?? []));
    this.#organisations = new Map(organisations.map((one) => [one.organisation.id, one]));
  }

  /** Stores a run as it now is and tells whoever listens. */
  put(organisationId: string, run: StoredRun): void {
    const world = this.#world(organisationId);
    world.runs = [run, ...world.runs.filter(({ id }) => id !== run.id)];
    for (const listener of this.#listeners.get(organisationId) ?? []) listener(run);
  }

  listening(organisationId: string): number {
    return this.#listeners.get(organisationId)?.size ?? 0;
  }

  async organisation(organisationId: string) {
    return this.#organisations.get(organisationId)?.organisation ?? null;
  }

  async listRuns(organisationId: string, query: Parameters<ApiServices['listRuns']>[1]) {
    const runs = this.#filtered(organisationId, query).filter(
      ({ state, id }) =>
        (query.state === undefined || state === query.state) &&
        (query.cursor === undefined || id < query.cursor),
    );
    const page = runs.slice(0, query.limit);
    return { runs: page, next: runs.length > page.length ? (page.at(-1)?.id ?? null) : null };
  }

  async countRuns(organisationId: string, filter: RunFilter): Promise<RunCounts> {
    const runs = this.#filtered(organisationId, filter);
    const count = (state: RunSummary['state']) => runs.filter((run) => run.state === state).length;
    return {
      waiting: count('waiting'),
      running: count('running'),
      done: count('done'),
      skipped: count('skipped'),
      shelved: count('shelved'),
      superseded: count('superseded'),
      retrying: runs.filter(({ state, attempts }) => state === 'waiting' && attempts > 0).length,
    };
  }

  #days = 30;

  async keptDays() {
    return this.#days;
  }

  async keepFor(_organisationId: string, days: number) {
    this.#days = days;
  }

  async getRun(organisationId: string, id: string) {
    return this.#world(organisationId).runs.find((run) => run.id === id) ?? null;
  }

  async replayRun(organisationId: string, id: string) {
    const run = await this.getRun(organisationId, id);
    if (run === null) return null;
    if (run.state !== 'shelved' && !(run.state === 'waiting' && run.attempts > 0))
      throw notReplayable(run.state);
    const again = this.afterReplay(run);
    this.put(organisationId, again);
    return again;
  }

  async replayMany(organisationId: string, filter: RunFilter) {
    const shelved = this.#filtered(organisationId, filter).filter(({ state }) => state === 'shelved');
    for (const run of shelved) this.put(organisationId, this.afterReplay(run));
    return shelved.length;
  }

  async listFlows(organisationId: string) {
    return this.#world(organisationId).flows.map(versioned);
  }

  async getFlow(organisationId: string, id: string) {
    return (await this.listFlows(organisationId)).find((one) => one.id === id) ?? null;
  }

  ownOf(organisationId: string): readonly string[] {
    return this.#world(organisationId).own ?? [];
  }

  flowsOf(organisationId: string): Flow[] {
    return this.#world(organisationId).flows;
  }

  async setFlow(organisationId: string, id: string, change: Parameters<ApiServices['setFlow']>[2]) {
    const flow = this.#world(organisationId).flows.find((one) => one.id === id);
    if (!flow) return null;
    if (change.enabled !== undefined) flow.enabled = change.enabled;
    const { values, version } = versioned(flow).settings;
    demandUnchanged(change.basedOn, { version, values });
    flow.settings.values = { ...values, ...change.settings };
    return { ...versioned(flow), unchecked: [] };
  }

  async listSettingOffers(_organisationId: string, _id: string, setting: string) {
    return this.offers.get(setting) ?? null;
  }

  /** What *why* says, and what is found; open to the test. */
  whySaid: Why = { about: [], lines: [] };
  found: FoundRecords['records'] = [];

  async why(): Promise<Why> {
    return this.whySaid;
  }

  async findRecords(): Promise<FoundRecords> {
    return { records: this.found };
  }

  /** No flow of this world has a filter. */
  async listFilterFields(): Promise<null> {
    return null;
  }

  async countFiltered(): Promise<null> {
    return null;
  }

  async countFilteredOfFlow(): Promise<null> {
    return null;
  }

  async integrationHistory(): Promise<null> {
    return null;
  }

  async previewFlow(
    organisationId: string,
    id: string,
    form: Record<string, unknown>,
  ): Promise<FlowPreviewAnswer | null> {
    const flow = this.#world(organisationId).flows.find((one) => one.id === id);
    if (!flow?.previews) return null;
    const text = Object.values({ ...flow.settings.values, ...form }).join(' · ');
    return {
      preview: {
        title: { en: 'The message as it will look', fr: 'Le message tel qu’il sera' },
        text,
        basis: { en: 'An example.', fr: 'Un exemple.' },
        warnings: [],
      },
      problem: null,
    };
  }

  async listDocuments() {
    return flowDocuments();
  }

  async listConnections({ organisationId }: Viewer): Promise<Connections> {
    const { connections, applications, grants } = this.#world(organisationId);
    return { connections, applications: applications ?? exampleApplications(), grants: grants ?? [] };
  }

  async connectionEffects({ organisationId }: Viewer, id: string) {
    const connection = this.#connection(organisationId, id);
    if (!connection) return null;
    const effects = this.effects.get(connection.connector.id);
    return (
      effects ?? {
        flows: connection.flows
          .filter(({ enabled }) => enabled)
          .map(({ id: flow, titles }) => ({ id: flow, titles })),
        syncs: [],
        webhooks: [],
        waiting: 0,
        revoked: connection.reconnectUrl !== null,
        kept: false,
        shown: false,
      }
    );
  }

  async setKey(viewer: Viewer, id: string, _wish: ConnectionKey): Promise<Connection | null> {
    const world = this.#world(viewer.organisationId);
    const known = this.#connection(viewer.organisationId, id);
    if (known) return known;
    const application = (await this.listConnections(viewer)).applications.find(
      ({ connector, authorisation }) => connector.id === id && authorisation.kind === 'key',
    );
    if (!application) return null;
    const made: Connection = {
      id: randomUUID(),
      grant: randomUUID(),
      connector: application.connector,
      owner: 'organisation',
      person: null,
      state: 'active',
      health: 'unused',
      lastSuccessAt: null,
      lastFailure: null,
      account: { id: 'acct_1Lumen', name: 'acct_1Lumen', user: null, dataCentre: null },
      since: '2026-11-20T09:00:00Z',
      delivery: null,
      reconnectUrl: null,
      flows: application.flows,
    };
    world.connections.push(made);
    return made;
  }

  async disconnect({ organisationId }: Viewer, id: string): Promise<Disconnected | null> {
    const world = this.#world(organisationId);
    const connection = this.#connection(organisationId, id);
    if (!connection) return null;
    world.connections = world.connections.filter((one) => one !== connection);
    return { id, connector: connection.connector, state: 'absent', access: 'revoked' };
  }

  live(organisationId: string, onRun: (run: RunSummary) => void) {
    const listeners = this.#listeners.get(organisationId) ?? new Set();
    this.#listeners.set(organisationId, listeners.add(onRun));
    return () => void listeners.delete(onRun);
  }

  #filtered(organisationId: string, filter: RunFilter): StoredRun[] {
    const wanted = filter.record?.toLowerCase();
    return this.#world(organisationId)
      .runs.filter(
        ({ flow, integration, record, createdAt }) =>
          (filter.flow === undefined || flow.id === filter.flow) &&
          (filter.integration === undefined || integration.id === filter.integration) &&
          (wanted === undefined ||
            Object.values(labelWords(record.label ?? '')).some((text) =>
              text.toLowerCase().includes(wanted),
            ) ||
            record.id === filter.record) &&
          (filter.from === undefined || Date.parse(createdAt) >= Date.parse(filter.from)) &&
          (filter.to === undefined || Date.parse(createdAt) < Date.parse(filter.to)),
      )
      .sort((left, right) => (left.id < right.id ? 1 : -1));
  }

  #connection(organisationId: string, id: string): Connection | undefined {
    return this.#world(organisationId).connections.find((one) => one.id === id);
  }

  #world(organisationId: string): MemoryOrganisation {
    const world = this.#organisations.get(organisationId);
    if (!world) throw new Error(`no organisation ${organisationId}`);
    return world;
  }
}
