import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { storedIntegrationServices } from '../../server/api/integrations/stored-integration-services.ts';
import { storedSyncServices } from '../../server/api/syncs/stored-sync-services.ts';
import type { Connector, ConnectorHttp } from '../../server/core/connector.ts';
import { LiaisonError } from '../../server/core/errors.ts';
import type { Person, PersonPart } from '../../server/core/sync/person.ts';
import type { SyncFlow } from '../../server/core/sync-flow.ts';
import type { SyncField } from '../../server/core/sync-object.ts';
import { bindAccounts, offeredRoles } from '../../server/engine/bind-roles.ts';
import { noCrash } from '../../server/engine/crash-point.ts';
import { exclusiveLocks } from '../../server/engine/exclusive.ts';
import type { OpenOptions, World } from '../../server/engine/ports.ts';
import { storeTrouble } from '../../server/engine/store-trouble.ts';
import { syncEngine } from '../../server/engine/sync/sync-engine.ts';
import { connectionById, deleteConnection } from '../../server/store/connections.ts';
import { integrationsOf } from '../../server/store/integrations.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { memoryVendor } from './memory-object.ts';
import type { SharedDatabase } from './rig.ts';

const words = (text: string) => ({ en: text, fr: text });

/** What an application calls the parts of a person, as fields. */
export const fieldsOf = (parts: Person['parts']): SyncField[] =>
  (Object.entries(parts) as [PersonPart, string][]).map(([kind, id]) => ({ id, kind, titles: words(id) }));

/** A pretended application whose connector offers people, by these objects of its own. */
export function peopleVendor(
  name: string,
  objects: Readonly<Record<string, { readonly person: Person; readonly topics?: readonly string[] }>>,
) {
  const ids = Object.keys(objects).map((object) => `${name}.${object}`);
  const connector = {
    id: name,
    titles: words(`The ${name}`),
    objects: ids.map((id) => ({ id, titles: words(id) })),
    offers: { people: ids },
    client: () => ({}),
  } as unknown as Connector;
  const kept = Object.entries(objects).map(([object, { person, topics = [] }]) => {
    const vendor = memoryVendor(name, { fields: fieldsOf(person.parts), topics });
    const id = `${name}.${object}`;
    return [
      object,
      { vendor, object: { ...vendor.object, id, connector, titles: words(id), person } },
    ] as const;
  });
  return { connector, of: new Map(kept), objects: kept.map(([, { object }]) => object) };
}

export type PeopleWorld = Awaited<ReturnType<typeof openPeopleWorld>>;

/** A new organisation with this one flow: the services that the API asks, and an engine that works when it is told. */
export async function openPeopleWorld(
  shared: SharedDatabase,
  flow: SyncFlow,
  connectors: readonly Connector[],
  ways: Readonly<Record<string, (options: OpenOptions) => ConnectorHttp>> = {},
) {
  const { database } = shared;
  const organisation = {
    id: randomUUID(),
    name: 'Atelier',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  };
  const organisationId = organisation.id;
  await database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, $2, 'A', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [organisationId, organisationId],
  );
  const known = new Map(connectors.map((one) => [one.id, one]));
  const syncs = new Map([[flow.id, flow]]);
  /** Ids of the connections that were opened, in order. */
  const opened: string[] = [];
  const world: World = {
    flows: [],
    syncs: [flow],
    connectors: known,
    organisation: async () => organisation,
    integrations: (id) => integrationsOf(database, id),
    async open({ connectionId }, connector, options) {
      const row = connectionId ? await connectionById(database, connectionId) : null;
      if (row === null || row.connector !== connector.id)
        throw new LiaisonError('reconnect', { sentence: words(`${connector.titles.en} is not connected.`) });
      opened.push(row.id);
      return ways[connector.id]?.(options) ?? ({ account: row.account } as ConnectorHttp);
    },
  };
  const onError = (error: unknown): never => {
    throw error;
  };
  const services = storedSyncServices({
    database,
    syncs,
    world,
    newId: () => v7(),
    now: Date.now,
    onError,
  });
  const integrations = storedIntegrationServices({
    database,
    flows: new Map(),
    offeredSyncs: syncs,
    connectors: known,
    automations: { listFlows: async () => [], getFlow: async () => null, setFlow: async () => null },
    syncs: services,
    newId: () => randomUUID().slice(0, 8),
    onFlowChange: async () => {},
  });
  const locks = exclusiveLocks(shared.connectionString, () => {});
  const log = { info() {}, warn() {}, error() {} };
  const engine = syncEngine({
    database,
    world,
    timing: { now: Date.now, random: () => 0, pause: async () => {} },
    log,
    crash: noCrash,
    trouble: storeTrouble({ log, now: Date.now }),
    ifFree: locks.ifFree,
    ending: new AbortController().signal,
    newId: () => v7(),
    onChange() {},
    only: organisationId,
  });

  const self = {
    database,
    organisationId,
    world,
    services,
    integrations,
    opened,
    asker: { organisationId, role: 'admin', user: null } as const,
    /** An account is connected, as it is by a person: roles that only it can take are its. */
    async connect(connector: string, account = connector): Promise<string> {
      const wish = { organisationId, connector, account: { id: account, name: account } };
      const { id } = await insertConnection(database, wish);
      await bindAccounts(database, offeredRoles(new Map(), syncs), known, organisationId);
      return id;
    },
    disconnect: (id: string) => deleteConnection(database, id),
    async make(name: string, connections: Record<string, string> = {}): Promise<string> {
      const wish = { flow: flow.id, name, owner: 'organisation', connections, settings: {}, enabled: false };
      const made = await integrations.make(self.asker, wish as Parameters<typeof integrations.make>[1], null);
      return made?.id ?? '';
    },
    /** Everything is due at once, until nothing is. */
    async settle(): Promise<void> {
      await database.query(
        `update syncs set next_at = now(), left_state = left_state - 'askedAt', right_state = right_state - 'askedAt' where organisation_id = $1`,
        [organisationId],
      );
      await self.turns();
    },
    async turns(): Promise<void> {
      for (let turn = 0; await engine.once(); turn += 1) {
        if (turn > 500) throw new Error('the sync does not come to rest');
      }
    },
    async previewAndApply(id: string): Promise<void> {
      await services.startPreview(organisationId, id);
      await self.turns();
      await services.apply(organisationId, id);
      await self.turns();
    },
    close: () => locks.close(),
  };
  return self;
}
