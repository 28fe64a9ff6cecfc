import { randomUUID } from 'node:crypto';
import { storedIntegrationServices } from '../../server/api/integrations/stored-integration-services.ts';
import { stripePaymentToBooks } from '../../server/flows/stripe-payment-to-books/flow.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { insertIntegration, integrationsOf, renameIntegration } from '../../server/store/integrations.ts';
import { saveOrganisation } from '../../server/store/organisations.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

/**
 * A change that gives another name and is refused gives the old one back; somebody may have given that to another
 * integration meanwhile, and then two would be called the same.
 */

const ORGANISATION = randomUUID();
const FLOW = stripePaymentToBooks.id;

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 3, onError: () => {} });
  const about = { name: 'Atelier', locale: 'fr-FR', timeZone: 'Europe/Paris', currency: 'EUR' };
  await saveOrganisation(database, { id: ORGANISATION, externalId: ORGANISATION, ...about });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  await database.query('delete from integrations');
  for (const name of ['One', 'Other'])
    await insertIntegration(
      database,
      { organisationId: ORGANISATION, id: name, flow: FLOW, enabled: false, settings: {}, name, owner: null },
      null,
    );
});

/** Asks for a change that is refused, after what happens meanwhile. */
function refusedAfter(meanwhile: () => Promise<void>): Promise<unknown> {
  const services = storedIntegrationServices({
    database,
    flows: new Map([[FLOW, stripePaymentToBooks as never]]),
    offeredSyncs: new Map(),
    connectors: new Map(),
    automations: {
      listFlows: async () => [],
      getFlow: async () => null,
      setFlow: async () => {
        await meanwhile();
        throw new Error('these settings are refused');
      },
    },
    syncs: {} as never,
    newId: randomUUID,
    onFlowChange: async () => {},
  });
  return services.set(ORGANISATION, 'One', { name: 'Better', settings: { account: 'none' } });
}

const names = async () =>
  Object.fromEntries((await integrationsOf(database, ORGANISATION)).map(({ id, name }) => [id, name]));

it('the old name comes back', async () => {
  await expect(refusedAfter(async () => {})).rejects.toThrow('these settings are refused');
  expect(await names()).toEqual({ One: 'One', Other: 'Other' });
});

it('unless another one has it by then: no two are called the same, and what is answered is why it was refused', async () => {
  const taken = () => renameIntegration(database, { organisationId: ORGANISATION, id: 'Other' }, 'One');
  await expect(refusedAfter(taken)).rejects.toThrow('these settings are refused');
  expect(await names()).toEqual({ One: 'Better', Other: 'One' });
});
