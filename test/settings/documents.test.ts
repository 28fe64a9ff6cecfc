import { randomUUID } from 'node:crypto';
import { ROUTES } from '../../server/api/contract.ts';
import { storedDocuments } from '../../server/api/flows/stored-documents.ts';
import { connectors } from '../../server/connectors/index.ts';
import type { Connector } from '../../server/core/connector.ts';
import { syncFor } from '../../server/core/sync-flow.ts';
import { flowDocuments } from '../../server/flows/flow-documents.ts';
import { flows, syncs } from '../../server/flows/index.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { saveIntegration } from '../../server/store/integrations.ts';
import { saveOrganisation } from '../../server/store/organisations.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

/** The documentation in the app, over a real store: what stands in `docs/flows`, as an organisation has it. */

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 3, onError: () => {} });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const byId = new Map<string, Connector>(connectors.map((one) => [one.id, one]));

async function organisation(): Promise<string> {
  const id = randomUUID();
  await saveOrganisation(database, {
    id,
    externalId: id,
    name: 'Atelier Lumen',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  });
  return id;
}

/** Every answer must be one that the contract lets out. */
async function documents(organisationId: string) {
  const parts = { database, flows, offeredSyncs: syncs, connectors: byId };
  return ROUTES.listDocuments.answer.parse({ documents: await storedDocuments(parts, organisationId) })
    .documents;
}
const oneOf = async (organisationId: string, id: string) =>
  (await documents(organisationId)).find((document) => document.id === id);

it('what nobody changed is told as the generated files tell it', async () => {
  expect(await documents(await organisation())).toEqual(flowDocuments());
});

it('what an admin changed is told as it is now, in this organisation only', async () => {
  const [own, other] = [await organisation(), await organisation()];
  const contacts = syncFor(syncs.get('contacts-google-crm')!, null);
  const { rules } = contacts.defaults;
  await saveIntegration(database, {
    organisationId: own,
    id: 'contacts-google-crm',
    flow: 'contacts-google-crm',
    enabled: true,
    settings: {
      rules: {
        ...rules,
        fields: rules.fields.slice(0, 1).map((field) => ({ ...field, master: 'left', blank: 'ask' })),
      },
      everySeconds: 3_600,
      options: { left: {}, right: { createAccounts: false } },
    },
  });
  await saveIntegration(database, {
    organisationId: own,
    id: 'deal-won-to-slack',
    flow: 'deal-won-to-slack',
    enabled: true,
    settings: { channel: '#annonces' },
  });
  await saveIntegration(database, {
    organisationId: own,
    id: 'sheet-row-to-lead',
    flow: 'sheet-row-to-lead',
    enabled: true,
    settings: { everySeconds: 300 },
  });

  const sync = await oneOf(own, 'contacts-google-crm');
  expect(sync?.mapping).toEqual([
    {
      left: 'names',
      titles: { left: { en: 'Name', fr: 'Nom' }, right: { en: 'Full name', fr: 'Nom complet' } },
      direction: 'both',
      right: 'Full_Name',
      master: contacts.left.object.titles,
      blank: { en: 'a person decides', fr: 'une personne décide' },
    },
  ]);
  expect(sync?.frequency.en).toMatch(/every hour; everything is compared every 24 hours\.$/);
  expect(sync?.settings.at(-1)?.value).toEqual({ en: 'no', fr: 'non' });
  const message = await oneOf(own, 'deal-won-to-slack');
  expect(message?.settings[0]?.value.en).toBe('#annonces');
  expect((await oneOf(own, 'sheet-row-to-lead'))?.frequency).toEqual({
    en: 'Looked for every 5 minutes.',
    fr: 'Recherché toutes les 5 minutes.',
  });
  expect(await documents(other)).toEqual(flowDocuments());
});

it('settings that a flow no longer takes are told as what it does instead', async () => {
  const own = await organisation();
  await saveIntegration(database, {
    organisationId: own,
    id: 'sheet-row-to-lead',
    flow: 'sheet-row-to-lead',
    enabled: true,
    settings: { everySeconds: 'often' },
  });
  expect((await oneOf(own, 'sheet-row-to-lead'))?.frequency.en).toBe('Looked for every minute.');
});

it('each integration of a flow has a document of its own, under its name and with its settings', async () => {
  const own = await organisation();
  const wish = { organisationId: own, flow: 'deal-won-to-slack', enabled: true };
  await saveIntegration(database, { ...wish, id: wish.flow, settings: { channel: '#ventes' } });
  await saveIntegration(database, { ...wish, id: 'x1', name: 'Studio', settings: { channel: '#studio' } });
  const contacts = { organisationId: own, flow: 'contacts-google-crm', enabled: true };
  await saveIntegration(database, {
    ...contacts,
    id: 'x2',
    name: 'Carnet',
    settings: { everySeconds: 3_600 },
  });

  const all = await documents(own);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all).toHaveLength(flowDocuments().length + 1);
  const told = (id: string) => all.find((one) => one.id === id);
  expect(told('deal-won-to-slack')?.settings[0]?.value.en).toBe('#ventes');
  expect([told('x1')?.titles.fr, told('x1')?.settings[0]?.value.en]).toEqual(['Studio', '#studio']);
  // The only one of its flow stands in the place of the flow itself.
  expect(told('contacts-google-crm')).toBeUndefined();
  expect([told('x2')?.titles.fr, told('x2')?.frequency.fr]).toEqual([
    'Carnet',
    expect.stringMatching(/chaque heure/),
  ]);
});
