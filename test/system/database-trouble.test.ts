import { join } from 'node:path';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { type Freezable, freezable } from '../postgres/freezable.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { onlyRead, refuseWrites } from '../postgres/trouble.ts';
import { endAll } from './aftermath.ts';
import {
  allSettled,
  deliverStripe,
  json,
  type Liaison,
  newPlace,
  type Place,
  startLiaison,
  until,
  type Webhook,
  webhookOf,
} from './liaison-process.ts';
import { paymentSucceeded, sendStripe } from './payments.ts';
import { created, repeated, setFault } from './vendors.ts';

/** Every table that work goes through on its way. */
const ALL = ['inbox', 'inbox_waiting', 'runs', 'run_events', 'steps', 'claims', 'links', 'syncs', 'queue'];

/** Runs that are at a vendor when the database stops storing. */
const IN_HAND = 12;

let test: TestDatabase;
let control: Database;
let way: Freezable;
let place: Place;
let liaison: Liaison;

async function begin(environment: Record<string, string> = {}): Promise<void> {
  test = await createTestDatabase();
  control = openDatabase(test.connectionString, { max: 1, onError() {} });
  way = await freezable(test.connectionString);
  place = await newPlace({ DATABASE_URL: way.connectionString, SANDBOX_RECORD: '', ...environment });
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
}
async function end(): Promise<void> {
  way.thaw();
  await endAll(place, [liaison]);
  await control.close();
  await way.stop();
  await test.drop();
}

const payments = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `pi_${name}_${index}`,
    payer: { email: `${name}-${index % 20}@panne.example`, name: `Payeur ${name} ${index % 20}` },
  }));
type Payments = ReturnType<typeof payments>;

/** As vendors do: until it is taken. A test that failed before it waits for this must not fail again by it. */
function send(webhook: Webhook, all: Payments): Promise<unknown> {
  const sent = Promise.all(all.map(({ id, payer }) => sendStripe(webhook, paymentSucceeded(id, payer))));
  sent.catch(() => {});
  return sent;
}

async function expectOnce(all: Payments): Promise<void> {
  await allSettled(liaison.url);
  const made = await created(liaison.sandboxUrl);
  expect(repeated(made)).toEqual([]);
  for (const { id } of all)
    expect([id, made.filter((one) => one.endsWith(` ${id}`)).length]).toEqual([id, 2]);
  const { shelved } = await json<{ shelved: number }>(`${liaison.url}/api/v1/runs/counts`);
  expect(shelved).toBe(0);
  expect(await (await fetch(`${liaison.url}/metrics`)).text()).toMatch(/^liaison_runs_in_hand 0$/m);
}

const running = async (): Promise<number> => {
  const [row] = await control.query<{ count: number }>(
    `select count(*)::int as count from runs where state = 'running'`,
  );
  return row?.count ?? 0;
};

interface AlertSeen {
  readonly sentence: { readonly en: string; readonly fr: string };
}
const alertAbout = (words: string): Promise<AlertSeen> =>
  until(async () => {
    const { alerts } = await json<{ alerts: AlertSeen[] }>(`${liaison.url}/api/v1/alerts`);
    return alerts.find(({ sentence }) => sentence.en.includes(words));
  });

async function readyz(): Promise<{ status: number; reason: string }> {
  const answer = await fetch(`${liaison.url}/readyz`);
  const { reason = '' } = (await answer.json()) as { reason?: string };
  return { status: answer.status, reason };
}
/** How long it took `/readyz` to say this. */
async function saysReady(status: number): Promise<{ tookMs: number; reason: string }> {
  const began = performance.now();
  const { reason } = await until(async () => {
    const found = await readyz();
    return found.status === status && found;
  });
  return { tookMs: performance.now() - began, reason };
}

describe('a database that does not store for a while', () => {
  beforeAll(() => begin({ LIAISON_WIDTH: '80' }), 60_000);
  afterAll(end, 30_000);

  it('full while deliveries arrive and runs are in hand: all of it is done, once, without a restart, and told', async () => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
    await setFault(liaison.sandboxUrl, 'zoho-books', { latencyMs: 1_500 });
    const all = payments('plein', 60);
    const sent = send(webhook, all);
    await until(async () => (await running()) >= IN_HAND);
    const room = await refuseWrites(control, ALL);
    const refused = await until(async () => {
      const answer = await deliverStripe(
        webhook,
        paymentSucceeded('pi_plein_0', { email: 'x@panne.example', name: 'X' }),
      );
      return answer.status >= 500 && answer;
    });
    expect(await refused.json()).toMatchObject({ error: 'storage' });
    await until(async () => {
      const metrics = await (await fetch(`${liaison.url}/metrics`)).text();
      return Number(/^liaison_store_refusals_total (\d+)$/m.exec(metrics)?.[1]) > 200;
    });
    await setFault(liaison.sandboxUrl, 'zoho-books', { latencyMs: 30 });
    await room();
    const back = performance.now();
    await sent;
    await expectOnce(all);
    expect(performance.now() - back).toBeLessThan(30_000);
    const told = await alertAbout('own database did not store');
    expect(told.sentence.fr).toContain('No space left on device');
    expect(liaison.output()).toContain('the database does not store');
  });

  it('read-only, its sessions ended: the runs that were in hand are done, and /readyz says what it is', async () => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
    await setFault(liaison.sandboxUrl, 'zoho-books', { latencyMs: 1_500 });
    const all = payments('lecture', 40);
    await send(webhook, all);
    await until(async () => (await running()) >= IN_HAND);
    const writable = await onlyRead(control);
    expect((await saysReady(503)).reason).toContain('only reads');
    await setFault(liaison.sandboxUrl, 'zoho-books', { latencyMs: 30 });
    await writable();
    await saysReady(200);
    await expectOnce(all);
  });

  it('frozen: /readyz says so in a moment, /metrics and /healthz go on, and so does everything when it is back', async () => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
    const all = payments('gel', 20);
    way.freeze();
    const sent = send(webhook, all);
    const { tookMs, reason } = await saysReady(503);
    expect(tookMs).toBeLessThan(5_000);
    expect(reason).toContain('does not answer');
    expect((await fetch(`${liaison.url}/healthz`)).status).toBe(200);
    const began = performance.now();
    const metrics = await (await fetch(`${liaison.url}/metrics`)).text();
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(metrics).toMatch(/^liaison_runs_in_hand \d+$/m);
    // Nobody is told a figure that nobody knows.
    expect(metrics).not.toMatch(/^liaison_inbox_waiting/m);
    way.thaw();
    expect((await saysReady(200)).tookMs).toBeLessThan(5_000);
    await sent;
    await expectOnce(all);
  });
});

describe.each([
  ['ahead', 600_000],
  ['behind', -600_000],
])('a server whose clock is ten minutes %s', (_name, shift) => {
  beforeAll(
    () =>
      begin({
        NODE_OPTIONS: `--import=${join(import.meta.dirname, 'shifted-clock.mjs')}`,
        SHIFT_MS: String(shift),
      }),
    60_000,
  );
  afterAll(end, 30_000);

  it('takes what is signed now, tries again when the vendor said, and says that it is off', async () => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
    const [payment] = payments('heure', 1) as [Payments[number]];
    const asked: number[] = [];
    await setFault(liaison.sandboxUrl, 'zoho-books', { status: 429, retryAfter: 2, rate: 1 });
    const event = paymentSucceeded(payment.id, payment.payer);
    expect((await deliverStripe(webhook, event)).status).toBe(200);
    const old = Math.floor(Date.now() / 1_000) - 400;
    expect((await deliverStripe(webhook, event, old)).status).toBe(400);
    const waiting = await until(async () => {
      const [row] = await control.query<{ attempt: number; inMs: number }>(
        `select attempt, extract(epoch from due_at - clock_timestamp())::float8 * 1000 as "inMs"
         from runs where state = 'waiting' and attempt > 0`,
      );
      return row;
    });
    asked.push(waiting.attempt);
    expect(waiting.inMs).toBeLessThan(3_000);
    await fetch(`${liaison.sandboxUrl}/_sandbox/faults/zoho-books`, { method: 'DELETE' });
    const began = performance.now();
    await expectOnce([payment]);
    expect(performance.now() - began).toBeLessThan(15_000);
    const { sentence } = await alertAbout(shift > 0 ? 's ahead of' : 's behind');
    expect(sentence.en).toMatch(/\b(599|600|601) s\b/);
  });
});
