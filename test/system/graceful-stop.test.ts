import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { endAll, stillRunning } from './aftermath.ts';
import { createWonDeals } from './crm.ts';
import {
  allSettled,
  json,
  type Liaison,
  newPlace,
  ofAnyProgram,
  type Place,
  startLiaison,
  until,
  webhookOf,
} from './liaison-process.ts';
import { paymentSucceeded, sendStripe } from './payments.ts';
import { created, messages, repeated, setFault } from './vendors.ts';

const WITHIN_MS = 10_000;
const PAYMENTS = 60;
const DEALS = 6;

let place: Place;
let liaison: Liaison;

beforeEach(async () => {
  place = await newPlace();
});
afterEach(() => endAll(place, [liaison]));

interface Counts {
  readonly waiting: number;
  readonly running: number;
  readonly shelved: number;
}
const counts = () => json<Counts>(`${liaison.url}/api/v1/runs/counts`);

async function stopInTime(): Promise<void> {
  const before = performance.now();
  expect(await liaison.stop()).toBe(0);
  expect(performance.now() - before).toBeLessThan(WITHIN_MS);
  expect(await stillRunning(place)).toEqual([]);
}

describe('a server that is told to stop', () => {
  it('with work in hand ends in time, and the next start does the rest, once', async () => {
    liaison = await startLiaison(place);
    const { url, sandboxUrl } = liaison;
    // Connections that would last for ever, were they waited for.
    const idle = connect(place.port, '127.0.0.1').on('error', () => {});
    const live = await fetch(`${url}/api/v1/live`);
    const hook = await webhookOf(sandboxUrl, 'stripe');
    // One write of each kind was done, and its answer never comes.
    await setFault(sandboxUrl, 'slack', { commitThenFail: 'timeout', count: 1, path: 'chat.postMessage' });
    await setFault(sandboxUrl, 'zoho-books', { latencyMs: 60 });

    const deals = Array.from({ length: DEALS }, (_, index) => `Arrêt ${index}`);
    await createWonDeals(sandboxUrl, deals);
    const ids = Array.from({ length: PAYMENTS }, (_, index) => `pi_stop_${index}`);
    const send = (some: readonly string[]) =>
      Promise.all(
        some.map((id, index) => {
          const payer = { email: `arret-${index % 7}@stop.example`, name: `Payeur ${index % 7}` };
          return sendStripe(hook, paymentSucceeded(id, payer));
        }),
      );
    const sent = send(ids.slice(0, PAYMENTS / 2));
    await until(async () => (await created(sandboxUrl)).some((one) => one.includes('customerpayment')));
    expect((await counts()).running).toBeGreaterThan(0);

    // These arrive while it stops, and again and again until it has started anew.
    const sentLater = send(ids.slice(PAYMENTS / 2));
    await stopInTime();
    idle.destroy();
    await live.body?.cancel().catch(() => {});

    liaison = await startLiaison(place);
    await Promise.all([sent, sentLater]);
    await allSettled(liaison.url);
    const made = await created(liaison.sandboxUrl);
    expect(repeated(made)).toEqual([]);
    for (const object of ['invoice', 'customerpayment'])
      expect(made.filter((one) => one.startsWith(`zoho-books ${object} pi_stop_`))).toHaveLength(PAYMENTS);
    const texts = await messages(liaison.sandboxUrl);
    expect(texts).toHaveLength(DEALS);
    for (const deal of deals) expect(texts.filter((text) => text.includes(`${deal} -`))).toHaveLength(1);
    expect((await counts()).shelved).toBe(0);
    await stopInTime();
  });

  it('while it still starts ends in time, and leaves nothing running', async () => {
    const child = spawn(process.execPath, ['server/main.ts'], {
      cwd: join(import.meta.dirname, '..', '..'),
      env: {
        ...ofAnyProgram(),
        LIAISON_DATA: place.folder,
        PORT: String(place.port),
        SANDBOX_PORT: String(place.sandboxPort),
      },
      stdio: 'ignore',
    });
    const exited = once(child, 'exit');
    // It answers before it is ready, saying that it is not.
    await until(async () => (await fetch(`http://127.0.0.1:${place.port}/readyz`).catch(() => null))?.status);
    const before = performance.now();
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(performance.now() - before).toBeLessThan(WITHIN_MS);
    expect(await stillRunning(place)).toEqual([]);
  });
});
