import { endAll } from './aftermath.ts';
import { createWonDeals } from './crm.ts';
import {
  allSettled,
  freePort,
  json,
  type Liaison,
  newPlace,
  type Place,
  play,
  startLiaison,
  until,
} from './liaison-process.ts';
import { created, messages } from './vendors.ts';

const MANY = 6;
const FOUND_WITHIN_MS = 60_000;

let place: Place;
let first: Liaison;
let second: Liaison;
beforeAll(async () => {
  // A webhook endpoint of Stripe is ended here, which is left out of the contract that recordings are held to.
  place = await newPlace({ SANDBOX_RECORD: '' });
  first = await startLiaison(place);
  await until(async () => {
    const { integrations } = await json<{
      integrations: { kind: string; looks: { lookedAt: string | null } | null }[];
    }>(`${first.url}/api/v1/integrations`);
    return integrations
      .filter(({ kind }) => kind === 'automation')
      .every(({ looks }) => looks === null || looks.lookedAt !== null);
  });
  await allSettled(first.url);
});
afterAll(() => endAll(place, [first, second]));

it('what went to the address of a server that died is found by the one that is started elsewhere, each once', async () => {
  await first.kill();
  const names = Array.from({ length: MANY }, (_, index) => `Orpheline ${index}`);
  await createWonDeals(first.sandboxUrl, names);
  const paid: string[] = [];
  for (let count = 0; count < MANY; count += 1)
    paid.push(String((await play(first.sandboxUrl, 'stripe-payment')).paymentIntent));

  second = await startLiaison({ ...place, port: await freePort() });
  const { sandboxUrl, url } = second;
  const done = async (): Promise<number[]> => {
    const [texts, made] = await Promise.all([messages(sandboxUrl), created(sandboxUrl)]);
    return [
      ...names.map((name) => texts.filter((text) => text.includes(name)).length),
      ...paid.map((id) => made.filter((one) => one === `zoho-books customerpayment ${id}`).length),
    ];
  };
  await until(async () => (await done()).every((count) => count > 0), FOUND_WITHIN_MS);
  await allSettled(url);
  expect(await done()).toEqual([...names, ...paid].map(() => 1));
}, 120_000);
