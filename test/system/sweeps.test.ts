import { setTimeout as sleep } from 'node:timers/promises';
import { endAll } from './aftermath.ts';
import { createWonDeals, editDeals } from './crm.ts';
import { allSettled, json, type Liaison, play, startLiaison, until, webhookOf } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { created, messages, setFault } from './vendors.ts';

/** What is younger is left to a later look: its webhook may be on its way. */
const GRACE_MS = 3_000;
const DEALS = 'deal-won-to-slack';
const PAYMENTS = 'stripe-payment-to-books';

let place: ServedPlace;
let liaison: Liaison;
/** Both applications lose deliveries at the same time: one wait is enough for both. */
let payments: Promise<[pause: number, since: number]>;
beforeAll(async () => {
  place = await newServedPlace({
    LIAISON_SWEEP_SECONDS: '1',
    LIAISON_GRACE_SECONDS: String(GRACE_MS / 1_000),
  });
  liaison = await startLiaison(place);
  await Promise.all([looked(DEALS, 0), looked(PAYMENTS, 0)]);
  payments = losePayments();
  // Told where it is awaited.
  payments.catch(() => {});
});
afterAll(() => endAll(place, [liaison]));

interface Looks {
  readonly lookedAt: string | null;
  readonly found: number;
}
const looksOf = async (id: string): Promise<Looks> => {
  const { integrations: flows } = await json<{ integrations: { id: string; looks: Looks }[] }>(
    `${liaison.url}/api/v1/integrations`,
  );
  return (flows.find((flow) => flow.id === id) as { looks: Looks }).looks;
};

/** A look has ended that saw everything that stands now, and what it found is done. */
async function looked(flow: string, graceMs = GRACE_MS): Promise<void> {
  const from = Date.now() + graceMs + 1_500;
  await until(async () => Date.parse((await looksOf(flow)).lookedAt ?? '') > from);
  await allSettled(liaison.url);
}

const lose = (vendor: string) => setFault(liaison.sandboxUrl, vendor, { loseDeliveries: 1 });
const hear = (vendor: string) =>
  fetch(`${liaison.sandboxUrl}/_sandbox/faults/${vendor}`, { method: 'DELETE' });
const setFlow = (id: string, change: object) =>
  json(`${liaison.url}/api/v1/integrations/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
const told = async (name: string): Promise<number> =>
  (await messages(liaison.sandboxUrl)).filter((text) => text.includes(`! ${name} -`)).length;

interface Deal {
  readonly id: string;
  readonly Deal_Name: string;
  readonly Stage: string;
}
async function dealCalled(wanted: (deal: Deal) => boolean): Promise<Deal> {
  const { tables } = await json<{ tables: { Deals: Deal[] } }>(
    `${liaison.sandboxUrl}/_sandbox/state/zoho-crm`,
  );
  return tables.Deals.find(wanted) as Deal;
}

/** As the CRM's workflow rule sends it, some time after it happened. */
async function deliverLate(id: string): Promise<void> {
  const webhook = await webhookOf(liaison.sandboxUrl, 'zoho-crm');
  const answer = await fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [webhook.carrier.toLowerCase()]: webhook.secret },
    body: JSON.stringify({ id, module: 'Deals', rule: 'closed-won', stage: 'Closed Won', late: true }),
  });
  expect(answer.status).toBe(200);
}

describe('won deals, when webhooks are lost', () => {
  it('a deal that was won before the flow was turned on is no win when somebody edits it', async () => {
    const old = await dealCalled(({ Stage }) => Stage === 'Closed Won');
    const before = await messages(liaison.sandboxUrl);
    await editDeals(liaison.sandboxUrl, [{ id: old.id, Next_Step: 'Facturer', Amount: 12 }]);
    await looked(DEALS);
    expect(await messages(liaison.sandboxUrl)).toEqual(before);
    expect((await looksOf(DEALS)).found).toBe(0);
  });

  it('a lost win has one message, also when it is edited and then delivered after all; a second win has a second one', async () => {
    await lose('zoho-crm');
    const [id = ''] = await createWonDeals(liaison.sandboxUrl, ['Tardive']);
    await looked(DEALS);
    expect(await told('Tardive')).toBe(1);
    await sleep(1_100);
    await editDeals(liaison.sandboxUrl, [{ id, Next_Step: 'Facturer' }]);
    await deliverLate(id);
    await looked(DEALS);
    expect(await told('Tardive')).toBe(1);

    await editDeals(liaison.sandboxUrl, [{ id, Stage: 'Negotiation/Review' }]);
    await sleep(1_100);
    await editDeals(liaison.sandboxUrl, [{ id, Stage: 'Closed Won' }]);
    await hear('zoho-crm');
    await looked(DEALS);
    expect(await told('Tardive')).toBe(2);
  }, 120_000);

  it('what webhooks tell of is not counted as found', async () => {
    const { found } = await looksOf(DEALS);
    await createWonDeals(liaison.sandboxUrl, ['Annoncée']);
    await looked(DEALS);
    expect(await told('Annoncée')).toBe(1);
    expect((await looksOf(DEALS)).found).toBe(found);
  });

  it('turning the flow on again announces nothing of the time when it was off', async () => {
    await setFlow(DEALS, { enabled: false });
    await createWonDeals(liaison.sandboxUrl, ['Pendant la pause']);
    await sleep(1_100);
    await setFlow(DEALS, { enabled: true });
    await sleep(1_100);
    await lose('zoho-crm');
    await createWonDeals(liaison.sandboxUrl, ['Après la pause']);
    await hear('zoho-crm');
    await looked(DEALS);
    expect(await told('Après la pause')).toBe(1);
    expect(await told('Pendant la pause')).toBe(0);
  });

  it('another stage that means won is looked for from when it was chosen', async () => {
    const id = await createWonDeals(liaison.sandboxUrl, ['Autre étape']).then(([first]) => first ?? '');
    await editDeals(liaison.sandboxUrl, [{ id, Stage: 'Closed Lost' }]);
    await sleep(1_100);
    await looked(DEALS, 0);
    const { integrations: flows } = await json<{
      integrations: { id: string; settings: { values: object } }[];
    }>(`${liaison.url}/api/v1/integrations`);
    const { values } = flows.find((flow) => flow.id === DEALS)?.settings ?? { values: {} };
    const before = (await messages(liaison.sandboxUrl)).length;
    await setFlow(DEALS, { settings: { ...values, wonStage: 'Closed Lost' } });
    await looked(DEALS);
    expect((await messages(liaison.sandboxUrl)).length).toBe(before);
    await setFlow(DEALS, { settings: values });
  });
});

/** Two payments that nobody tells of, while the flow is off and since. @returns how many times each is booked. */
async function losePayments(): Promise<[pause: number, since: number]> {
  await setFlow(PAYMENTS, { enabled: false });
  const pause = await play(liaison.sandboxUrl, 'stripe-payment');
  await sleep(1_100);
  await setFlow(PAYMENTS, { enabled: true });
  await sleep(1_100);
  await lose('stripe');
  const since = await play(liaison.sandboxUrl, 'stripe-payment');
  await hear('stripe');
  await looked(PAYMENTS);
  const made = await created(liaison.sandboxUrl);
  const booked = ({ paymentIntent }: Record<string, unknown>) =>
    made.filter((one) => one === `zoho-books customerpayment ${String(paymentIntent)}`).length;
  return [booked(pause), booked(since)];
}

describe('payments, when webhooks are lost', () => {
  it('those of the time when the flow was off are not booked, those since are', async () => {
    expect(await payments).toEqual([0, 1]);
  });
});
