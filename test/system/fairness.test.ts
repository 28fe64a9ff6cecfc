import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { endAll } from './aftermath.ts';
import { createWonDeals } from './crm.ts';
import {
  allSettled,
  type Liaison,
  newPlace,
  type Place,
  startLiaison,
  until,
  webhookOf,
} from './liaison-process.ts';
import { paymentSucceeded, sendStripe } from './payments.ts';
import { created, messages, setFault } from './vendors.ts';

/** As many hands as in production: what one vendor holds must leave some to the others. */
const WITHIN_MS = 10_000;
const FULL = process.env.LIAISON_TEST_SIZE === 'full';

let database: TestDatabase;
let place: Place;
let liaison: Liaison;

beforeAll(async () => {
  database = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: database.connectionString, SANDBOX_RECORD: '' });
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
});
afterAll(async () => {
  await liaison.kill();
  await endAll(place, [liaison]);
  await database.drop();
});

const names = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name} ${i}`);

async function pay(name: string, count: number, payers = count): Promise<string[]> {
  const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
  const ids = names(`pi_${name}`, count).map((one) => one.replace(' ', '_'));
  for (let start = 0; start < count; start += 100)
    await Promise.all(
      ids.slice(start, start + 100).map((id, i) => {
        const who = (start + i) % payers;
        const payer = { email: `${name}-${who}@file.example`, name: `Payeur ${name} ${who}` };
        return sendStripe(webhook, paymentSucceeded(id, payer));
      }),
    );
  return ids;
}

const paid = async (ids: readonly string[]): Promise<number> => {
  const made = new Set(await created(liaison.sandboxUrl));
  return ids.filter((id) => made.has(`zoho-books customerpayment ${id}`)).length;
};

describe('a vendor that many wait for', () => {
  it.each([FULL ? 3_000 : 500])(
    'slow for %i payments: deals that are won meanwhile are announced within 10 s',
    async (count) => {
      await setFault(liaison.sandboxUrl, 'zoho-books', { latencyMs: 100 });
      const ids = await pay('flot', count, 50);
      const beganAt = performance.now();
      await createWonDeals(liaison.sandboxUrl, names('Gagnée', 4));
      await until(async () => (await messages(liaison.sandboxUrl)).length === 4, WITHIN_MS);
      expect(performance.now() - beganAt).toBeLessThan(WITHIN_MS);
      // The announcements did not simply come after the payments.
      expect(await paid(ids)).toBeLessThan(count);
      await setFault(liaison.sandboxUrl, 'zoho-books', { latencyMs: 0 });
      await until(async () => (await paid(ids)) === count, 200_000);
    },
    240_000,
  );

  it.each([100, 300])(
    'that hangs with %i messages waiting: 20 payments are booked within 10 s',
    async (waiting) => {
      await setFault(liaison.sandboxUrl, 'slack', { latencyMs: 30_000 });
      await createWonDeals(liaison.sandboxUrl, names(`Attente ${waiting}`, waiting));
      await sleep(1_500);
      const beganAt = performance.now();
      const ids = await pay(`vite${waiting}`, 20);
      await until(async () => (await paid(ids)) === 20, WITHIN_MS);
      expect(performance.now() - beganAt).toBeLessThan(WITHIN_MS);
    },
  );
});
