import { endAll } from './aftermath.ts';
import { createWonDeals } from './crm.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  newPlace,
  type Place,
  startLiaison,
  until,
  type Webhook,
  webhookOf,
} from './liaison-process.ts';
import { type Payer, paymentSucceeded, sendStripe, sendWorkflow } from './payments.ts';
import { created, messages, notes, repeated } from './vendors.ts';

const FULL = process.env.LIAISON_TEST_SIZE === 'full';
const KILLS = FULL ? 10 : 4;
const DELIVERIES = FULL ? 1_000 : 300;
const DEALS = FULL ? 60 : 20;
/** Deliveries that the vendor sends ahead of what is booked: so they last for as long as the work does. */
const AHEAD = 40;
const TWICE_EVERY = 20;
const SENDERS = 8;
const SETTLED_WITHIN_MS = 60_000;

/** Some are contacts of the CRM, who get a note; the others are new everywhere. */
const PAYERS: readonly Payer[] = [
  { email: 'juliette@boulangerie-pelissier.example', name: 'Juliette Pélissier' },
  { email: 'karim@garage-benali.example', name: 'Karim Benali' },
  ...Array.from({ length: 10 }, (_, index) => ({
    email: `payeur-${index}@crash.example`,
    name: `Payeur n° ${index}`,
  })),
];

let place: Place;
let liaison: Liaison;

beforeAll(async () => {
  place = await newPlace();
  liaison = await startLiaison(place);
});
afterAll(() => endAll(place, [liaison]));

async function booked(): Promise<number> {
  const { entries } = await json<{ entries: { object: string }[] }>(
    `${liaison.sandboxUrl}/_sandbox/ledger?vendor=zoho-books`,
  );
  return entries.filter((entry) => entry.object === 'customerpayment').length;
}

/** Sends every payment, each until it is taken, one in twenty twice, and never far ahead of the books. */
async function sendAll(
  webhook: Webhook,
  paymentIds: readonly string[],
  seen: { booked: number },
): Promise<void> {
  let next = 0;
  async function sender(): Promise<void> {
    for (;;) {
      const index = next;
      next += 1;
      const id = paymentIds[index];
      if (id === undefined) return;
      await until(async () => index < seen.booked + AHEAD, SETTLED_WITHIN_MS);
      const event = paymentSucceeded(id, PAYERS[index % PAYERS.length] as Payer);
      await sendStripe(webhook, event);
      if (index % TWICE_EVERY === 0) await sendStripe(webhook, event);
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

describe(`a server that is killed ${KILLS} times while ${DELIVERIES} deliveries arrive`, () => {
  it('does everything it acknowledged, once, within a minute of its last start', async () => {
    const stripeHook = await webhookOf(liaison.sandboxUrl, 'stripe');
    const crmHook = await webhookOf(liaison.sandboxUrl, 'zoho-crm');
    const paymentIds = Array.from({ length: DELIVERIES - DEALS }, (_, index) => `pi_crash_${index}`);
    const dealNames = Array.from({ length: DEALS }, (_, index) => `Affaire ${index}`);

    const seen = { booked: 0 };
    const sent = sendAll(stripeHook, paymentIds, seen);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const share = dealNames.slice(((kill - 1) * DEALS) / KILLS, (kill * DEALS) / KILLS);
      // The rule of the CRM announces each deal; a second, different announcement of some follows.
      const ids = await createWonDeals(liaison.sandboxUrl, share);
      const again = ids.slice(0, 2).map((id) => sendWorkflow(crmHook, { id, module: 'Deals', again: kill }));
      const enough = Math.floor((paymentIds.length * (kill - Math.random() / 2)) / (KILLS + 1));
      await until(async () => {
        seen.booked = await booked();
        return seen.booked >= enough;
      });
      await liaison.kill();
      liaison = await startLiaison(place);
      await Promise.all(again);
    }
    const lastStart = performance.now();
    seen.booked = DELIVERIES;
    await sent;
    await allSettled(liaison.url);
    expect(performance.now() - lastStart).toBeLessThan(SETTLED_WITHIN_MS);

    const made = await created(liaison.sandboxUrl);
    expect(repeated(made)).toEqual([]);
    for (const object of ['invoice', 'customerpayment']) {
      const wanted = paymentIds.map((id) => `zoho-books ${object} ${id}`);
      expect(made.filter((one) => one.startsWith(`zoho-books ${object} `)).sort()).toEqual(wanted.sort());
    }
    const customers = made.filter((one) => one.startsWith('zoho-books contact payeur-'));
    expect(customers).toHaveLength(10);

    const texts = await messages(liaison.sandboxUrl);
    for (const name of dealNames) expect(texts.filter((text) => text.includes(`${name} -`))).toHaveLength(1);
    expect(texts).toHaveLength(DEALS);

    const noted = await notes(liaison.sandboxUrl);
    const known = paymentIds.filter((_, index) => index % PAYERS.length < 2);
    for (const id of known)
      expect([id, noted.filter((text) => text.includes(`${id}.`)).length]).toEqual([id, 1]);
    expect(noted).toHaveLength(known.length);

    const counts = await json<Record<string, number>>(`${liaison.url}/api/v1/runs/counts`);
    expect(counts.shelved).toBe(0);
    expect((await ledger(liaison.sandboxUrl)).some(({ action }) => action === 'delete')).toBe(false);
    expect(await liaison.stop()).toBe(0);
  }, 240_000);
});
