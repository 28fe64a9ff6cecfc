import { deleteWebhook, quietenWebhook } from '../conformance/mailchimp-owner.ts';
import { endAll } from './aftermath.ts';
import { openCrm } from './crm-program.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  startLiaison,
  until,
  type Webhook,
} from './liaison-process.ts';
import { mailchimpWorld } from './mailchimp-world.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, systemSync } from './syncs.ts';

/** Somebody deletes, or switches off, in a vendor's dashboard what calls Liaison. */

let place: ServedPlace;
let liaison: Liaison;
beforeAll(async () => {
  place = await newServedPlace({ LIAISON_ROUND_SECONDS: '0.5' });
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
  ['delete-endpoint', 'was deleted', {}],
  ['disable-endpoint', 'was switched off', {}],
  ['change-endpoint', 'was changed', { events: ['customer.created'] }],
  ['delete-endpoint', 'was deleted', {}],
])('by %s: it is told of and set up anew, alone, and payments are booked again', async (how, told, wish) => {
  const [before] = await endpoints();
  await act({ act: how, endpoint: before?.id, ...wish });
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

describe('at Mailchimp', () => {
  let sync: SystemSync;
  let mailchimp: ReturnType<typeof mailchimpWorld>;
  beforeAll(async () => {
    sync = await systemSync(place.connectionString, 'mailchimp-crm');
    mailchimp = mailchimpWorld(liaison.sandboxUrl);
    await sync.preview();
    await sync.apply();
    await sync.whenTold();
  });
  afterAll(() => sync.close());

  const held = async () => {
    const { webhooks } = await json<{ webhooks: (Webhook & { id: string })[] }>(
      `${liaison.sandboxUrl}/_sandbox/webhooks`,
    );
    return webhooks.filter(({ vendor }) => vendor === 'mailchimp');
  };

  it.each([
    ['deleted', 'was deleted', (id: string) => deleteWebhook(liaison.sandboxUrl, id)],
    ['told less', 'was changed', (id: string) => quietenWebhook(liaison.sandboxUrl, id, ['unsubscribe'])],
  ])('%s: it is told of and set up anew, alone, and who leaves is heard again', async (_how, told, take) => {
    const [before] = await until(async () => {
      const now = await held();
      return now.length === 1 && now;
    });
    await take(String(before?.id));
    await until(async () => {
      const now = await held();
      return now.length === 1 && now[0]?.topics.join() === before?.topics.join() && now;
    });
    await until(async () =>
      (await alerts()).some((text) => text.includes(told) && text.includes('Mailchimp')),
    );
    const { email } = await mailchimp.play('mailchimp-unsubscribe');
    const crm = await openCrm(liaison.sandboxUrl);
    await until(
      async () => (await crm.contacts()).find((one) => one.Email === email)?.Email_Opt_Out === true,
    );
  });
});

it('what stands as it was set up is left alone', async () => {
  const before = await endpoints();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await endpoints()).toEqual(before);
});
