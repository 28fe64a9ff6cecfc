import type { Answer, RecordCard } from '../../server/api/contract.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import {
  json,
  type Liaison,
  newPlace,
  type Place,
  removePlace,
  startLiaison,
} from '../system/liaison-process.ts';

let place: Place;
let test: TestDatabase;
let liaison: Liaison;

beforeAll(async () => {
  test = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: test.connectionString });
  liaison = await startLiaison(place);
}, 120_000);
afterAll(async () => {
  await liaison?.stop();
  await test.drop();
  await removePlace(place);
});

const api = (path: string) => `${liaison.url}/api/v1${path}`;
const page = (module: string, id: string, query = '') =>
  json<Answer<'getRecord'>>(api(`/records/${module}/${id}${query}`));
const card = (module: string, id: string, connector: string) =>
  json<RecordCard>(api(`/records/${module}/${id}/cards/${connector}`));

type CrmRow = { id: string } & Record<string, unknown>;

/** The id of a CRM record by one of its fields. */
async function crmId(module: string, field: string, value: string): Promise<string> {
  const { tables } = await json<{ tables: Record<string, CrmRow[]> }>(
    `${liaison.sandboxUrl}/_sandbox/state/zoho-crm`,
  );
  const found = Object.values(tables)
    .flat()
    .find((row) => row[field] === value && (field !== 'Email' || 'Full_Name' in row));
  if (found === undefined) throw new Error(`no ${module} has ${field} ${value}`);
  return found.id;
}

const section = (one: RecordCard, id: string) => one.data?.sections.find((found) => found.id === id);

it('a contact is shown with what the CRM and Stripe hold of it', async () => {
  const id = await crmId('Contacts', 'Last_Name', 'Vasseur');
  const shown = await page('Contacts', id);
  expect(shown.title).toBe('Noémie Vasseur');
  expect(shown.cards.map(({ connector }) => connector.id)).toContain('stripe');
  const stripe = await card('Contacts', id, 'stripe');
  expect(stripe.state).toBe('fresh');
  expect(section(stripe, 'customer')?.rows).toMatchObject([
    { values: [{ text: 'Noémie Vasseur' }] },
    { id: 'lifetime-value', values: [{ kind: 'money', minor: 240_000, currency: 'EUR' }] },
  ]);
  expect(section(stripe, 'payments')?.rows).toMatchObject([
    {
      label: { text: 'Identité visuelle' },
      values: [{ minor: 240_000 }, { tone: 'good' }, { kind: 'date' }],
    },
  ]);
});
