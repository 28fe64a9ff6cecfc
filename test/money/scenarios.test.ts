import { endAll } from '../system/aftermath.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  type Place,
  play,
  startLiaison,
  until,
} from '../system/liaison-process.ts';
import { newServedPlace } from '../system/served-place.ts';

let place: Place;
let liaison: Liaison;
beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
});
afterAll(() => endAll(place, [liaison]));

const written = async (object: string) =>
  (await ledger(liaison.sandboxUrl)).filter((one) => one.vendor === 'zoho-books' && one.object === object);
const commentsWith = async (id: unknown) =>
  (await written('comment')).filter(({ record }) => String(record.description).includes(String(id)));

it('an invoice that is paid in two parts, played in the sandbox, is booked as what was paid', async () => {
  const { paymentIntents } = await play(liaison.sandboxUrl, 'stripe-invoice-two-payments');
  const own = async () =>
    (await written('customerpayment')).filter(({ marker }) =>
      (paymentIntents as string[]).includes(String(marker)),
    );
  await until(async () => (await own()).length >= 2);
  await allSettled(liaison.url);
  expect((await own()).map(({ record }) => record.amount).toSorted()).toEqual([400, 600]);
});

it('a refund that fails and a dispute stand on the invoice of their payment, and in the log under the payer’s name', async () => {
  const { charge } = await play(liaison.sandboxUrl, 'stripe-payment');
  await until(async () => (await written('customerpayment')).length >= 3);
  const failed = await play(liaison.sandboxUrl, 'stripe-refund-fails', { charge, amountMinor: 1_000 });
  const disputed = await play(liaison.sandboxUrl, 'stripe-dispute', { charge });
  await until(async () => (await commentsWith(`${disputed.dispute}, fonds retirés`)).length > 0);
  await until(async () => (await commentsWith(`${failed.refund}, échoué`)).length > 0);
  await allSettled(liaison.url);
  expect(await commentsWith(`(${failed.refund})`)).toEqual([]);
  const { runs } = await json<{ runs: { state: string; record: { label: string | null } }[] }>(
    `${liaison.url}/api/v1/runs?flow=stripe-payment-to-books`,
  );
  expect(runs.filter(({ state }) => state !== 'done' && state !== 'skipped')).toEqual([]);
  expect(runs.filter(({ record }) => /^(pi|ch|re|dp|in)_/.test(record.label ?? 'pi_'))).toEqual([]);
});

interface Detail {
  readonly id: string;
  readonly summary: { readonly en: string; readonly fr: string } | null;
  readonly steps: readonly { readonly name: string; readonly state: string; readonly found: boolean }[];
}

it('a payment that is announced twice says the second time that nothing had to be done, and by which steps it was found', async () => {
  const before = new Set((await runIds()).map(({ id }) => id));
  await play(liaison.sandboxUrl, 'stripe-invoice-paid');
  const fresh = async () => (await runIds()).filter(({ id }) => !before.has(id));
  await until(async () => (await fresh()).length >= 2);
  await allSettled(liaison.url);
  const details = await Promise.all(
    (await fresh()).map(({ id }) => json<Detail>(`${liaison.url}/api/v1/runs/${id}`)),
  );
  const again = details.filter(({ summary }) => summary?.fr.startsWith('Déjà enregistré, rien à faire'));
  expect(again).toHaveLength(1);
  const found = (detail: Detail | undefined) =>
    detail?.steps.filter((step) => step.found).map(({ name }) => name);
  expect(found(again[0])).toEqual(['invoice', 'settlement']);
  const first = details.find(({ id }) => id !== again[0]?.id);
  expect(first?.steps.find(({ name }) => name === 'invoice')).toMatchObject({ state: 'done', found: false });
});

const runIds = async (): Promise<{ id: string }[]> =>
  (
    await json<{ runs: { id: string }[] }>(
      `${liaison.url}/api/v1/runs?flow=stripe-payment-to-books&limit=200`,
    )
  ).runs;
