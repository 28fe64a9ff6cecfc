import { accounts, deals } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { notionTables, type PropertyRow, type StoredValue } from './rows.ts';

const id = (group: string, place: number): string =>
  `${group}00000-1a2b-4c3d-8e4f-${String(place).padStart(12, '0')}`;

const DATABASES = {
  projects: id('a10', 1),
  customers: id('a10', 2),
  archive: id('a10', 3),
  secret: id('a10', 4),
};
export const SOURCES = {
  projects: id('b20', 1),
  customers: id('b20', 2),
  archive2025: id('b20', 3),
  archive2026: id('b20', 4),
  secret: id('b20', 5),
};

const options = (prefix: string, ...names: readonly string[]) =>
  names.map((name, at) => ({ id: `${prefix}${at + 1}`, name }));

const PROJECT_PROPERTIES: readonly PropertyRow[] = [
  { id: 'title', name: 'Nom', type: 'title' },
  { id: 'MnTa', name: 'Montant', type: 'number', format: 'euro' },
  { id: 'Prb%3A', name: 'Probabilité', type: 'number', format: 'percent' },
  { id: 'EtPe', name: 'Étape', type: 'select', options: options('et', 'Négociation', 'Closed Won') },
  {
    id: 'StTu',
    name: 'Avancement',
    type: 'status',
    options: options('st', 'À faire', 'En cours', 'Terminé'),
  },
  { id: 'Clo%3B', name: 'Clôture', type: 'date' },
  { id: 'ReSp', name: 'Responsable', type: 'people' },
  { id: 'ClIe', name: 'Client', type: 'relation', relatesTo: SOURCES.customers },
  { id: 'NoTe', name: 'Notes', type: 'rich_text' },
  { id: 'EtIq', name: 'Étiquettes', type: 'multi_select', options: options('tg', 'Web', 'Print') },
  { id: 'SiTe', name: 'Site', type: 'url' },
  { id: 'MaIl', name: 'E-mail', type: 'email' },
  { id: 'TeLe', name: 'Téléphone', type: 'phone_number' },
  { id: 'UrGe', name: 'Urgent', type: 'checkbox' },
  { id: 'DoCs', name: 'Documents', type: 'files' },
  { id: 'CrEe', name: 'Créé le', type: 'created_time' },
];
const PLAIN: readonly PropertyRow[] = [
  { id: 'title', name: 'Nom', type: 'title' },
  { id: 'SiTe', name: 'Site', type: 'url' },
];

/** The company's workspace: its projects and customers, an archive of two data sources, and what it shares with nobody. */
export function seed(desk: VendorDesk): void {
  const { databases, sources, pages } = notionTables(desk);
  const now = desk.clock().getTime();
  const at = new Date(now - 90 * 86_400_000).toISOString();
  const database = (key: keyof typeof DATABASES, title: string, shared = true) =>
    databases.put(DATABASES[key], { id: DATABASES[key], title, createdAt: at, shared });
  database('projects', 'Projets');
  database('customers', 'Clients');
  database('archive', 'Archives');
  database('secret', 'Salaires', false);
  const source = (
    key: keyof typeof SOURCES,
    of: keyof typeof DATABASES,
    name: string,
    properties: readonly PropertyRow[],
  ) => {
    const row = {
      id: SOURCES[key],
      databaseId: DATABASES[of],
      name,
      properties,
      createdAt: at,
      editedAt: at,
    };
    sources.put(row.id, row);
  };
  source('projects', 'projects', 'Projets', PROJECT_PROPERTIES);
  source('customers', 'customers', 'Clients', PLAIN);
  source('archive2025', 'archive', 'Projets 2025', PLAIN);
  source('archive2026', 'archive', 'Projets 2026', PLAIN);
  source('secret', 'secret', 'Salaires', PLAIN);
  const page = (group: string, place: number, sourceId: string, values: Record<string, StoredValue>) => {
    const row = { id: id(group, place), sourceId, values, inTrash: false, createdAt: now, editedAt: now };
    pages.put(row.id, row);
  };
  accounts.forEach(({ name }, index) => {
    page('c30', index + 1, SOURCES.customers, { title: [name] });
  });
  const [old] = deals;
  page('d40', 1, SOURCES.archive2025, { title: [`Maquette, ${old?.name ?? 'projet'}`] });
}
