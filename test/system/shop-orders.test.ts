import { endAll } from './aftermath.ts';
import { type EagerLooks, lookEagerly } from './eager-looks.ts';
import { json, type Liaison, ledger, play, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { setFault } from './vendors.ts';

let place: ServedPlace;
let liaison: Liaison;
let looks: EagerLooks;
beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  looks = lookEagerly(place.connectionString, 'orders');
});
afterAll(async () => {
  await looks.stop();
  await endAll(place, [liaison]);
});

/** How many invoices and payments each of the orders has. */
async function documentsOf(orders: readonly string[]): Promise<[number, number][]> {
  const lines = await ledger(liaison.sandboxUrl);
  const made = (object: string, order: string): number =>
    lines.filter(
      (line) => line.object === object && line.action === 'create' && line.marker?.endsWith(` #${order}`),
    ).length;
  return orders.map((order) => [made('invoice', order), made('customerpayment', order)]);
}

const ordered = async (about: object): Promise<string> =>
  String(((await play(liaison.sandboxUrl, 'shop-order', about)).order as { id: number }).id);

const foundSoFar = async (): Promise<number> => {
  const { integrations } = await json<{
    integrations: { id: string; looks: { lookedAt: string | null; found: number } | null }[];
  }>(`${liaison.url}/api/v1/integrations`);
  return integrations.find(({ id }) => id === 'orders')?.looks?.found ?? 0;
};

const allBooked = (orders: readonly string[]) =>
  until(async () =>
    (await documentsOf(orders)).every(([invoices, payments]) => invoices > 0 && payments > 0),
  );

it('books an order that the shop told of, from the sandbox’s first start', async () => {
  await until(async () => {
    const { webhooks } = await json<{ webhooks: { vendor: string }[] }>(
      `${liaison.sandboxUrl}/_sandbox/webhooks`,
    );
    return webhooks.some(({ vendor }) => vendor === 'woocommerce');
  });
  const order = await ordered({});
  await allBooked([order]);
  expect(await documentsOf([order])).toEqual([[1, 1]]);
});

it('finds every order of a shop whose webhooks are lost, says how many, and books each once when they come twice', async () => {
  await looks.twice();
  const before = await foundSoFar();
  await setFault(liaison.sandboxUrl, 'woocommerce', { loseDeliveries: 1 });
  const lost: string[] = [];
  for (let count = 0; count < 6; count += 1)
    lost.push(await ordered({ email: `perdu${count}@exemple.example` }));
  await allBooked(lost);
  await looks.twice();
  expect((await foundSoFar()) - before).toBe(6);
  await setFault(liaison.sandboxUrl, 'woocommerce', { duplicate: true, reorder: true });
  const doubled = await Promise.all(
    [1, 2, 3].map((count) => ordered({ email: `double${count}@exemple.example` })),
  );
  await allBooked(doubled);
  await looks.twice();
  expect(await documentsOf([...lost, ...doubled])).toEqual([...lost, ...doubled].map(() => [1, 1]));
});
