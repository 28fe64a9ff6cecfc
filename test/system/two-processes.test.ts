import { connectors } from '../../server/connectors/index.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { endAll } from './aftermath.ts';
import {
  allSettled,
  deliverStripe,
  json,
  type Liaison,
  ledger,
  newPlace,
  type Place,
  removePlace,
  startLiaison,
  until,
  type Webhook,
  webhookOf,
} from './liaison-process.ts';
import { paymentSucceeded, sendStripe } from './payments.ts';
import { created, repeated } from './vendors.ts';

const MOVED_WITHIN_MS = 15_000;

let test: TestDatabase;
let database: Database;
let place: Place;
let otherPlace: Place;
let first: Liaison;
let second: Liaison;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 2, onError() {} });
  // Few hands each, so that neither can take all the work at once.
  place = await newPlace({
    DATABASE_URL: test.connectionString,
    LIAISON_WIDTH: '4',
    // Not recorded: a webhook endpoint of Stripe is ended here, which is left out of the contract that recordings are held to.
    SANDBOX_RECORD: '',
  });
  // As on a machine of its own: a data folder that is not there yet.
  otherPlace = await newPlace(place.environment);
  await removePlace(otherPlace);
  [first, second] = await Promise.all([startLiaison(place), startLiaison(otherPlace)]);
  await allSettled(first.url);
});
afterAll(async () => {
  await endAll(otherPlace, [second]);
  await endAll(place, [first]);
  await database.close();
  await test.drop();
});

const payments = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `pi_${name}_${index}`,
    payer: { email: `${name}-${index % 20}@deux.example`, name: `Payeur ${name} ${index % 20}` },
  }));

const send = (webhook: Webhook, all: ReturnType<typeof payments>) =>
  Promise.all(all.map(({ id, payer }) => sendStripe(webhook, paymentSucceeded(id, payer))));

/** Where a person entered the address, it stays as it is. */
const ENTERED = new Set(connectors.filter(({ deliversOnly }) => deliversOnly).map(({ id }) => id));

/** Which processes hold runs at this moment, by the table that decides it. */
const holders = async (): Promise<string[]> => {
  const rows = await database.query<{ owner: string }>(
    `select distinct owner from runs where state = 'running'`,
  );
  return rows.map((row) => row.owner);
};

async function expectOnce(url: string, all: ReturnType<typeof payments>): Promise<void> {
  const made = await created(url);
  expect(repeated(made)).toEqual([]);
  for (const { id } of all)
    expect([id, made.filter((one) => one.endsWith(` ${id}`)).length]).toEqual([id, 2]);
}

describe('two servers on one database', () => {
  it('start at once, serve both, and show the same vendors at both sandbox addresses', async () => {
    for (const { url } of [first, second]) {
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      // The sheet is read in its own time: its rows are the first runs.
      await until(async () => (await json<{ runs: unknown[] }>(`${url}/api/v1/runs`)).runs.length > 0);
    }
    await allSettled(first.url);
    expect(await ledger(second.sandboxUrl)).toEqual(await ledger(first.sandboxUrl));
  });

  it('share the work, whichever of them is told of it, and nothing is done twice', async () => {
    const webhook = await webhookOf(first.sandboxUrl, 'stripe');
    const { pathname } = new URL(webhook.url);
    const all = payments('partage', 60);
    const worked = new Set<string>();
    // The same event at both doors.
    const sent = Promise.all(
      [first, second].map(({ url }) => send({ ...webhook, url: new URL(pathname, url).href }, all)),
    );
    await until(async () => {
      for (const holder of await holders()) worked.add(holder);
      return worked.size === 2;
    });
    await sent;
    await allSettled(second.url);
    await expectOnce(second.sandboxUrl, all);
  });

  it('outlive one of them: the other finishes its runs and hears the vendors from then on', async () => {
    const webhook = await webhookOf(first.sandboxUrl, 'stripe');
    const [killed, survivor] = webhook.url.startsWith(first.url) ? [first, second] : [second, first];
    const all = payments('survie', 40);
    const sent = send(webhook, all);
    await until(async () => (await holders()).length === 2);
    await killed.kill();
    const killedAt = performance.now();
    const moved = await until(async () => {
      const { webhooks } = await json<{ webhooks: Webhook[] }>(
        `${survivor.sandboxUrl}/_sandbox/webhooks`,
      ).catch(() => ({ webhooks: [] }));
      const active = webhooks.filter(
        ({ vendor, url }) => !ENTERED.has(vendor) && !url.startsWith(survivor.url),
      );
      return webhooks.length > 0 && active.length === 0 && webhooks;
    });
    expect(performance.now() - killedAt).toBeLessThan(MOVED_WITHIN_MS);
    expect(moved.map(({ vendor }) => vendor)).toEqual(expect.arrayContaining(['stripe', 'zoho-crm']));
    // A vendor sends again, to the address that it has now.
    const now = await webhookOf(survivor.sandboxUrl, 'stripe');
    // Stripe chose a new secret: until its answer is stored the door refuses, as it must, and a vendor tries on.
    const { id, payer } = all[0] as (typeof all)[number];
    await until(async () => (await deliverStripe(now, paymentSucceeded(id, payer))).ok);
    await send(now, all);
    void sent.catch(() => {});
    await allSettled(survivor.url);
    await expectOnce(survivor.sandboxUrl, all);
  });
});
