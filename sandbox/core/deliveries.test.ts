import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counter, delivery } from '../../test/sandbox/counter.ts';
import { type Receiver, startReceiver } from '../../test/sandbox/receiver.ts';
import { slackSignature } from '../slack/sign.ts';
import { stripeSignature } from '../stripe/sign.ts';
import { type RunningSandbox, startSandbox } from './host.ts';

let folder: string;
let sandbox: RunningSandbox;
let receiver: Receiver | undefined;

const signers = { 'stripe-signature': stripeSignature, 'slack-signature': slackSignature };
const start = (): Promise<RunningSandbox> =>
  startSandbox({ port: 0, dataFolder: folder, simulators: [{ ...counter, signers }] });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-deliveries-'));
  sandbox = await start();
});
afterEach(async () => {
  await sandbox.stop();
  await receiver?.stop();
  rmSync(folder, { recursive: true });
});

const held = async (): Promise<{ state: string; attempts: number; last: string }[]> => {
  const answer = await fetch(`${sandbox.url}/_sandbox/deliveries`);
  return ((await answer.json()) as { deliveries: { state: string; attempts: number; last: string }[] })
    .deliveries;
};

async function settled(): Promise<Awaited<ReturnType<typeof held>>> {
  for (;;) {
    const all = await held();
    if (all.every(({ state }) => state === 'delivered')) return all;
  }
}

const fault = (body: object): Promise<Response> =>
  fetch(`${sandbox.url}/_sandbox/faults/counter`, { method: 'PUT', body: JSON.stringify(body) });

test('a delivery is tried again until a 2xx, redirects not followed', async () => {
  receiver = await startReceiver([500, 302, 204]);
  sandbox.desk('counter').deliver(delivery(receiver.url));
  for (let turn = 0; turn < 3; turn += 1) expect((await receiver.next()).body).toBe('{"n":1}');
  expect(await settled()).toMatchObject([{ attempts: 3, last: '204' }]);
});

test('what was not delivered is taken up again after a restart', async () => {
  const gone = await startReceiver();
  await gone.stop();
  sandbox.desk('counter').deliver(delivery(gone.url));
  while ((await held())[0]?.last === null);
  await sandbox.stop();
  const { port } = new URL(gone.url);
  receiver = await startReceiver([200], Number(port));
  sandbox = await start();
  expect((await receiver.next()).body).toBe('{"n":1}');
});

test('a reset forgets what waits', async () => {
  const gone = await startReceiver();
  await gone.stop();
  sandbox.desk('counter').deliver(delivery(gone.url));
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
  expect(await held()).toEqual([]);
});

test('duplicate sends everything twice, loseDeliveries sends nothing', async () => {
  receiver = await startReceiver();
  await fault({ duplicate: true });
  sandbox.desk('counter').deliver(delivery(receiver.url));
  await receiver.next();
  await receiver.next();
  await fault({ loseDeliveries: 1 });
  sandbox.desk('counter').deliver(delivery(receiver.url));
  expect(await held()).toHaveLength(2);
});

test('reorder delivers everything once', async () => {
  receiver = await startReceiver();
  await fault({ reorder: true });
  for (let n = 0; n < 8; n += 1) sandbox.desk('counter').deliver(delivery(receiver.url, { body: String(n) }));
  const came: string[] = [];
  for (let n = 0; n < 8; n += 1) came.push((await receiver.next()).body);
  expect(came.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
});

test('signatures are those that the vendors document', async () => {
  receiver = await startReceiver();
  const desk = sandbox.desk('counter');
  const hmac = (text: string): string => createHmac('sha256', 'whsec_x').update(text).digest('hex');
  desk.deliver(delivery(receiver.url, { sign: { scheme: 'stripe-signature', secret: 'whsec_x' } }));
  const stripe = String((await receiver.next()).headers['stripe-signature']);
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(stripe) ?? [];
  expect(v1).toBe(hmac(`${t}.{"n":1}`));
  desk.deliver(delivery(receiver.url, { sign: { scheme: 'slack-signature', secret: 'whsec_x' } }));
  const { headers } = await receiver.next();
  expect(headers['x-slack-signature']).toBe(
    `v0=${hmac(`v0:${headers['x-slack-request-timestamp']}:{"n":1}`)}`,
  );
  desk.deliver(
    delivery(receiver.url, { sign: { scheme: 'secret-header', secret: 'open', carrier: 'X-Sesame' } }),
  );
  expect((await receiver.next()).headers['x-sesame']).toBe('open');
});
