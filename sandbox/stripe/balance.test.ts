import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { stripe as simulator } from './simulator.ts';

const DAY = 86_400_000;
let folder: string;
let sandbox: RunningSandbox;
let client: Stripe;
let now = Date.UTC(2026, 10, 24, 9);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-balance-'));
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators: [simulator],
    scenarios: [],
    clock: () => new Date(now),
  });
  const keys = (await (await fetch(`${sandbox.url}/_sandbox/keys`)).json()) as { stripe: string };
  const httpClient = Stripe.createFetchHttpClient((url, init) =>
    fetch(String(url).replace(/(:\d+)\//, '$1/stripe/'), init),
  );
  client = new Stripe(keys.stripe, {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient,
  });
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function act<Made>(wish: object): Promise<Made> {
  const answer = await fetch(`${sandbox.url}/_sandbox/acts/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  return (await answer.json()) as Made;
}

const paidNow = (amountMinor: number, currency: string, more: object = {}) =>
  act<{ charge: Stripe.Charge }>({ act: 'pay', email: 'a@exemple.example', amountMinor, currency, ...more });

const since = () => ({ created: { gte: Math.floor(now / 1_000) }, limit: 100 });

test('money of another currency comes in the account’s own, with its rate and its fee, and is available days later', async () => {
  const { charge } = await paidNow(10_000, 'jpy');
  const [transaction] = (
    await client.balanceTransactions.list({ source: charge.id, expand: ['data.source'] })
  ).data;
  expect(transaction).toMatchObject({
    amount: 6_100,
    currency: 'eur',
    exchange_rate: 0.0061,
    fee: 117,
    net: 5_983,
    status: 'pending',
    reporting_category: 'charge',
    source: { id: charge.id, amount: 10_000, currency: 'jpy' },
  });
  expect(transaction?.id).toBe(charge.balance_transaction);
  expect(transaction).not.toHaveProperty('paid_out_by');
});

test('a fee that is told later leaves the charge without a balance transaction until it is', async () => {
  now += DAY;
  const { charge } = await paidNow(4_900, 'eur', { feeLater: true });
  expect(charge.balance_transaction).toBeNull();
  expect((await client.balanceTransactions.list(since())).data).toEqual([]);
  const settled = await act<{ charge: Stripe.Charge }>({ act: 'settle-charge', charge: charge.id });
  const read = await client.charges.retrieve(charge.id, { expand: ['balance_transaction'] });
  expect(read.balance_transaction).toMatchObject({ id: settled.charge.balance_transaction, fee: 99 });
});

test('what goes back, fails to, or is disputed moves the balance, and a payout takes what is available', async () => {
  now += 30 * DAY;
  await act({ act: 'pay-out' });
  const { charge } = await paidNow(20_000, 'eur');
  const { refund } = await act<{ refund: Stripe.Refund }>({
    act: 'refund',
    charge: charge.id,
    amountMinor: 5_000,
  });
  await act({ act: 'end-refund', refund: refund.id, status: 'failed' });
  const { dispute } = await act<{ dispute: Stripe.Dispute }>({
    act: 'dispute',
    charge: charge.id,
    amountMinor: 7_000,
  });
  await act({ act: 'turn-dispute', dispute: dispute.id, turn: 'withdrawn' });
  await act({ act: 'turn-dispute', dispute: dispute.id, turn: 'reinstated' });
  now += 10 * DAY;
  const { payout } = await act<{ payout: Stripe.Payout }>({ act: 'pay-out' });
  expect(payout.amount).toBe(20_000 - 325);
  const taken = await client.balanceTransactions.list({ payout: payout.id, limit: 100 });
  expect(taken.data.map((one) => [one.reporting_category, one.amount, one.fee]).toReversed()).toEqual([
    ['charge', 20_000, 325],
    ['refund', -5_000, 0],
    ['refund_failure', 5_000, 0],
    ['dispute', -7_000, 1_500],
    ['dispute_reversal', 7_000, -1_500],
    ['payout', -19_675, 0],
  ]);
  expect(taken.data.reduce((sum, { net }) => sum + net, 0)).toBe(0);
  expect((await client.payouts.list({ limit: 1 })).data[0]?.id).toBe(payout.id);
});

test('a list is refused a parameter that Stripe does not have', async () => {
  await expect(client.balanceTransactions.list({ charge: 'ch_1' } as never)).rejects.toMatchObject({
    statusCode: 400,
    param: 'charge',
  });
});
