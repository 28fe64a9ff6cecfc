import { v7 } from 'uuid';
import type { AlertServices } from '../../../server/api/alerts/alert-services.ts';
import { storedAlertServices } from '../../../server/api/alerts/stored-alert-services.ts';
import { storedSyncServices } from '../../../server/api/syncs/stored-sync-services.ts';
import type { SyncServices } from '../../../server/api/syncs/sync-services.ts';
import type { Connector } from '../../../server/core/connector.ts';
import { LiaisonError } from '../../../server/core/errors.ts';
import type { SyncRules } from '../../../server/core/sync/mapping.ts';
import type { SyncSettings } from '../../../server/core/sync-flow.ts';
import type { SyncField, SyncObject } from '../../../server/core/sync-object.ts';
import { insertConnection } from '../../postgres/insert-connection.ts';
import { type MemoryCompanions, memoryCompanions } from '../../sync/memory-companions.ts';
import { type MemoryVendor, memoryVendor } from '../../sync/memory-object.ts';
import { openSyncRig, type SharedDatabase, type SyncRig } from '../../sync/rig.ts';

const words = (en: string, fr: string) => ({ en, fr });

const GOOGLE_FIELDS: readonly SyncField[] = [
  { id: 'names', titles: words('Name', 'Nom'), kind: 'name' },
  { id: 'emails', titles: words('E-mail', 'E-mail'), kind: 'email' },
  { id: 'phones', titles: words('Phone', 'Téléphone'), kind: 'phone' },
  { id: 'company', titles: words('Company', 'Société'), kind: 'company' },
  { id: 'note', titles: words('Note', 'Note'), kind: 'long-text' },
  { id: 'birthday', titles: words('Birthday', 'Anniversaire'), kind: 'date' },
  {
    id: 'updated',
    titles: words('Changed on', 'Modifié le'),
    kind: 'text',
    readOnly: true,
    newName: words('Google changed on', 'Google modifié le'),
  },
];
const CRM_FIELDS: readonly SyncField[] = [
  { id: 'Full_Name', titles: words('Full name', 'Nom complet'), kind: 'name', required: true },
  { id: 'Email', titles: words('E-mail', 'E-mail'), kind: 'email' },
  { id: 'Phone', titles: words('Phone', 'Téléphone'), kind: 'phone' },
  { id: 'Account_Name', titles: words('Account', 'Compte'), kind: 'company' },
  { id: 'Description', titles: words('Description', 'Description'), kind: 'long-text' },
  { id: 'Department', titles: words('Department', 'Service'), kind: 'text' },
  { id: 'Annual_Revenue', titles: words('Revenue', 'Chiffre d’affaires'), kind: 'number' },
];

const both = (left: string, right: string, kind: SyncField['kind']) => ({
  left,
  right,
  kind,
  direction: 'both' as const,
  master: 'right' as const,
  blank: 'ask' as const,
});

export const PEOPLE_RULES: SyncRules = {
  fields: [
    both('names', 'Full_Name', 'name'),
    both('emails', 'Email', 'email'),
    both('phones', 'Phone', 'phone'),
    both('company', 'Account_Name', 'company'),
  ],
  matchBy: [['emails'], ['names', 'phones']],
  create: { left: true, right: true },
  remove: { left: 'delete', right: 'delete' },
  country: 'FR',
};

const label = (values: Record<string, unknown>, field: string): string => {
  const { given = '', family = '' } = Object(values[field]) as { given?: string; family?: string };
  return `${given} ${family}`.trim();
};

/** A memory vendor, dressed as one that people know. */
function dressed(
  vendor: MemoryVendor,
  titles: SyncObject['titles'],
  name: string,
  nameField: string,
): SyncObject {
  const { object } = vendor;
  const relabel = <T extends { values: object; label: string }>(record: T): T => ({
    ...record,
    label: label(record.values as Record<string, unknown>, nameField) || record.label,
  });
  return {
    ...object,
    titles,
    connector: { ...object.connector, titles: words(name, name) } as Connector,
    async changes(client, wish) {
      const found = await object.changes(client, wish);
      return { ...found, records: found.records.map(relabel) };
    },
    read: async (client, wish) => (await object.read(client, wish)).map(relabel),
    url: (id) => `https://${object.connector.id}.example/records/${id}`,
  };
}

/** One organisation whose Google contacts and CRM contacts are in memory, under the real engine and store. */
export interface SyncWorld {
  readonly google: MemoryVendor;
  readonly crm: MemoryVendor;
  /** The accounts of the CRM. */
  readonly accounts: MemoryCompanions;
  readonly rig: SyncRig;
  readonly services: ReturnType<typeof storedSyncServices>;
  /** The services as a session of this organisation finds them, whatever it calls itself. */
  readonly asSession: SyncServices;
  readonly alerts: AlertServices;
  /** Connectors that are not connected. */
  readonly disconnected: Set<string>;
  /** The engine works until nothing is due, and tells. */
  turns(): Promise<void>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const contact = (given: string, family: string, more: Record<string, unknown> = {}) => ({
  names: { given, family },
  emails: `${given}.${family}@clients.example`.toLowerCase().replaceAll(/[^a-z.@]/g, ''),
  ...more,
});

/** The same person as the CRM writes it. */
export const crmContact = (given: string, family: string, more: Record<string, unknown> = {}) => {
  const { names, emails } = contact(given, family);
  return { Full_Name: names, Email: emails, ...more };
};

export async function openSyncWorld(
  shared: SharedDatabase,
  settings: Partial<SyncSettings> & { rules?: SyncRules } = {},
): Promise<SyncWorld> {
  const google = memoryVendor('google', { fields: GOOGLE_FIELDS });
  const crmFields = [...CRM_FIELDS];
  const crm = memoryVendor('crm', { fields: crmFields });
  const googleObject = dressed(google, words('Google contacts', 'Contacts Google'), 'Google', 'names');
  const accounts = memoryCompanions('Account_Name');
  const crmObject: SyncObject = {
    ...dressed(crm, words('CRM contacts', 'Contacts CRM'), 'CRM', 'Full_Name'),
    companions: accounts.companions,
    async makeFields(_client, wishes) {
      const made = wishes.map(({ name, kind }) => ({
        id: name.replaceAll(' ', '_'),
        titles: words(name, name),
        kind,
      }));
      for (const field of made) if (!crmFields.some(({ id }) => id === field.id)) crmFields.push(field);
      return made.map(({ id }) => id);
    },
    cost: {
      unit: words('CRM credits', 'crédits CRM'),
      credits: ({ list, records }) => list * 3 + Math.ceil(records / 10),
    },
  };
  const rig = await openSyncRig(shared, {
    left: google,
    right: crm,
    rules: PEOPLE_RULES,
    settings: { brake: { records: 5, percent: 10 }, ...settings },
    about: {
      titles: words('Contacts: Google ↔ CRM', 'Contacts : Google ↔ CRM'),
      direction: words(
        'Keeps the contacts of a Google account and those of the CRM equal, both ways.',
        'Maintient identiques, dans les deux sens, les contacts Google et ceux du CRM.',
      ),
      native: words(
        'The CRM has a sync of its own. It fits when one side always wins.',
        'Le CRM a sa propre synchronisation. Elle convient si un côté l’emporte toujours.',
      ),
      left: {
        object: googleObject,
        options: [
          {
            id: 'group',
            titles: words('Contact group', 'Groupe de contacts'),
            kind: 'choice',
            fallback: 'all',
            holdsRecords: true,
            choices: async () => [
              { id: 'all', title: 'myContacts' },
              { id: 'clients', title: 'Clients' },
            ],
          },
        ],
      },
      right: {
        object: crmObject,
        options: [
          {
            id: 'createAccounts',
            titles: words('Create accounts that are missing', 'Créer les comptes qui manquent'),
            kind: 'boolean',
            fallback: true,
          },
        ],
      },
    },
  });
  const { database, key } = rig;
  for (const connector of ['google', 'crm']) {
    const account = { id: connector, name: 'Atelier Lumen' };
    await insertConnection(database, { organisationId: key.organisationId, connector, account });
  }
  const disconnected = new Set<string>();
  const services = storedSyncServices({
    database,
    syncs: new Map([[rig.flow.id, rig.flow]]),
    world: {
      connectors: rig.world.connectors,
      async open(organisationId, connector, options) {
        if (disconnected.has(connector.id)) {
          throw new LiaisonError('reconnect', {
            sentence: words(
              `${connector.titles.en} is not connected. An admin can connect it under Connections.`,
              `${connector.titles.fr} n’est pas connecté. Un administrateur peut le connecter sous Connexions.`,
            ),
          });
        }
        return rig.world.open(organisationId, connector, options);
      },
    },
    newId: () => v7(),
    now: Date.now,
    onError(error) {
      throw error;
    },
  });
  const alerts = storedAlertServices({
    database,
    flows: new Map(),
    syncs: new Map([[rig.flow.id, rig.flow]]),
    connectors: rig.world.connectors,
    world: rig.world,
    mail: false,
    sendTest: async () => {},
    now: Date.now,
  });
  const forSession = <Services extends object>(all: Services): Services =>
    Object.fromEntries(
      Object.entries(all).map(([name, service]) => [
        name,
        (_session: string, ...rest: unknown[]) =>
          (service as (...all: unknown[]) => unknown)(key.organisationId, ...rest),
      ]),
    ) as Services;
  const world: SyncWorld = {
    google,
    accounts,
    crm,
    rig,
    services,
    asSession: forSession<SyncServices>(services),
    alerts: forSession(alerts),
    disconnected,
    async turns() {
      await rig.turns();
      services.changed(key);
    },
    async settle() {
      await rig.settle();
      services.changed(key);
    },
    close: () => rig.close(),
  };
  return world;
}
