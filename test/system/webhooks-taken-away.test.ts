import { endAll } from './aftermath.ts';
import { allSettled, json, type Liaison, ledger, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';

/** Somebody deletes, or switches off, in a vendor's dashboard what calls Liaison. */

let place: ServedPlace;
let liaison: Liaison;
beforeAll(async () => {
  place = await newServedPlace();
  // No sweep makes up for it here.
  liaison = await startLiaison(place, { LIAISON_LOOK_SECONDS: '1', LIAISON_SWEEP_SECONDS: '86400' });
  await allSettled(liaison.url);
});
afterAll(() => endAll(place, [liaison]));

const act = <T>(wish: object) =>
  json<T>(`${liaison.sandboxUrl}/_sandbox/acts/stripe`, { method: 'POST', body: JSON.stringify(wish) });

interface Endpoint {
  readonly id: string;
  readonly status: string;
}
const endpoints = async (): Promise<Endpoint[]> =>
  (await json<{ tables: { webhook_endpoints?: Endpoint[] } }>(`${liaison.sandboxUrl}/_sandbox/state/stripe`))
    .tables.webhook_endpoints ?? [];

interface Alert {
  readonly sentence: { readonly en: string; readonly fr: string };
}
const alerts = async (): Promise<string[]> =>
  (await json<{ alerts: Alert[] }>(`${liaison.url}/api/v1/alerts`)).alerts.map(({ sentence }) => sentence.en);

it.each([
  ['delete-endpoint', 'was deleted'],
  ['disable-endpoint', 'was switched off'],
  ['delete-endpoint', 'was deleted'],
])('by %s: it is told of and set up anew, alone, and payments are booked again', async (how, told) => {
  const [before] = await endpoints();
  await act({ act: how, endpoint: before?.id });
  await until(async () => {
    const now = await endpoints();
    return now.length === 1 && now[0]?.status === 'enabled' && now[0].id !== before?.id;
  });
  await until(async () => (await alerts()).some((text) => text.includes(told) && text.includes('Stripe')));
  const { intent } = await act<{ intent: { id: string } }>({
    act: 'pay',
    email: 'odile@atelier.example',
    amountMinor: 4_900,
    currency: 'eur',
  });
  const booked = async () =>
    (await ledger(liaison.sandboxUrl)).filter(
      ({ vendor, action, record }) =>
        vendor === 'zoho-books' && action === 'create' && record.reference_number === intent.id,
    );
  await until(async () => (await booked()).length === 2);
  await allSettled(liaison.url);
  expect((await booked()).map(({ object }) => object)).toEqual(['invoice', 'customerpayment']);
});

it('what stands as it was set up is left alone', async () => {
  const before = await endpoints();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await endpoints()).toEqual(before);
});
