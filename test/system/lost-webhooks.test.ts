import { endAll } from './aftermath.ts';
import { createWonDeals } from './crm.ts';
import { lookEagerly } from './eager-looks.ts';
import { allSettled, json, type Liaison, ledger, play, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { created, repeated, setFault } from './vendors.ts';

/** As a person waits for it; in production looks are a minute apart. */
const FOUND_WITHIN_MS = 60_000;
const LOST = 10;

let place: ServedPlace;
let liaison: Liaison;
/** Both applications lose deliveries at the same time: one wait is enough for both. */
let payments: Promise<LostPayments>;
beforeAll(async () => {
  // Looks are as far apart as they are by default; what there is to tell of them is told at once.
  place = await newServedPlace({ LIAISON_ROUND_SECONDS: '0.5' });
  liaison = await startLiaison(place);
  payments = losePayments();
  // Told where it is awaited.
  payments.catch(() => {});
});
afterAll(() => endAll(place, [liaison]));

interface Looks {
  readonly lookedAt: string | null;
  readonly found: number;
  readonly foundAt: string | null;
  readonly missing: number;
}
const looksOf = async (id: string): Promise<Looks> => {
  const { integrations: flows } = await json<{ integrations: { id: string; looks: Looks | null }[] }>(
    `${liaison.url}/api/v1/integrations`,
  );
  const { looks } = flows.find((flow) => flow.id === id) ?? { looks: null };
  if (looks === null) throw new Error(`${id} has no sweep`);
  return looks;
};

interface Alerts {
  readonly alerts: {
    kind: string;
    integration: { id: string } | null;
    occurrences: number;
    sentence: { fr: string };
  }[];
  readonly recovered: Alerts['alerts'];
}
const alerts = () => json<Alerts>(`${liaison.url}/api/v1/alerts`);
const ofDeliveries = (found: Alerts['alerts'], flow: string) =>
  found.filter((one) => one.kind === 'deliveries' && one.integration?.id === flow);

const clearFault = (vendor: string) =>
  fetch(`${liaison.sandboxUrl}/_sandbox/faults/${vendor}`, { method: 'DELETE' });

const messages = async (): Promise<string[]> =>
  (await ledger(liaison.sandboxUrl))
    .filter(({ vendor, object }) => vendor === 'slack' && object === 'message')
    .map(({ record }) => String(record.text));

/** How many messages name each of the deals. */
const told = async (names: readonly string[]): Promise<number[]> => {
  const texts = await messages();
  return names.map((name) => texts.filter((text) => text.includes(`! ${name} -`)).length);
};

interface LostPayments {
  /** How many times each stands in the books. */
  readonly booked: () => Promise<number[]>;
  /** From the first delivery that was lost until each was booked. */
  readonly withinMs: number;
}

/** Twenty payments, of which the first ten are announced by nobody; resolves when all are booked. */
async function losePayments(): Promise<LostPayments> {
  await until(async () => (await looksOf('stripe-payment-to-books')).lookedAt !== null);
  await setFault(liaison.sandboxUrl, 'stripe', { loseDeliveries: 1 });
  const played: Record<string, unknown>[] = [];
  const lostAt = performance.now();
  for (let count = 0; count < 2 * LOST; count += 1) {
    if (count === LOST) await clearFault('stripe');
    played.push(await play(liaison.sandboxUrl, 'stripe-payment'));
  }
  const booked = async () => {
    const made = await created(liaison.sandboxUrl);
    return played.map(
      ({ paymentIntent }) =>
        made.filter((one) => one === `zoho-books customerpayment ${String(paymentIntent)}`).length,
    );
  };
  await until(async () => (await booked()).every((count) => count > 0), FOUND_WITHIN_MS);
  return { booked, withinMs: performance.now() - lostAt };
}

const names = (prefix: string) => Array.from({ length: LOST }, (_, index) => `${prefix} ${index + 10}`);
const once = names('').map(() => 1);

describe('webhooks that never come', () => {
  it('ten lost of twenty won deals: each is announced once within a minute, counted and told, and over when webhooks come again', async () => {
    await until(async () => (await looksOf('deal-won-to-slack')).lookedAt !== null);
    await setFault(liaison.sandboxUrl, 'zoho-crm', { loseDeliveries: 1 });
    await createWonDeals(liaison.sandboxUrl, names('Perdu'));
    const lostAt = performance.now();
    await clearFault('zoho-crm');
    await createWonDeals(liaison.sandboxUrl, names('Reçu'));
    const all = [...names('Perdu'), ...names('Reçu')];
    await until(async () => (await told(all)).every((count) => count > 0), FOUND_WITHIN_MS);
    expect(performance.now() - lostAt).toBeLessThan(FOUND_WITHIN_MS);
    await allSettled(liaison.url);
    expect(await told(all)).toEqual([...once, ...once]);

    expect(await looksOf('deal-won-to-slack')).toMatchObject({ found: LOST, foundAt: expect.any(String) });
    expect(await (await fetch(`${liaison.url}/metrics`)).text()).toContain(
      `liaison_events_found_total{flow="deal-won-to-slack"} ${LOST}`,
    );
    const [open] = await until(async () => {
      const { alerts: now, recovered } = await alerts();
      const found = ofDeliveries([...now, ...recovered], 'deal-won-to-slack');
      return found.length > 0 && found;
    });
    expect(open).toMatchObject({ occurrences: LOST });
    expect(open?.sentence.fr).toContain('10 événements ont été retrouvés');

    // Found within a minute by itself: that it is over is seen at the next look, which need not be waited for.
    const eager = lookEagerly(place.connectionString, 'deal-won-to-slack');
    await createWonDeals(liaison.sandboxUrl, ['De retour']);
    await until(
      async () => ofDeliveries((await alerts()).recovered, 'deal-won-to-slack').length === 1,
      FOUND_WITHIN_MS,
    ).finally(() => eager.stop());
    expect((await looksOf('deal-won-to-slack')).missing).toBe(0);
  }, 240_000);

  it('ten lost of twenty payments: each is booked once within a minute', async () => {
    const { booked, withinMs } = await payments;
    expect(withinMs).toBeLessThan(FOUND_WITHIN_MS);
    await allSettled(liaison.url);
    expect(await booked()).toEqual([...once, ...once]);
    expect(repeated(await created(liaison.sandboxUrl))).toEqual([]);
    const { found } = await looksOf('stripe-payment-to-books');
    expect(found).toBeGreaterThanOrEqual(LOST);
  }, 120_000);
});
