import { endAll } from './aftermath.ts';
import { type EagerLooks, lookEagerly } from './eager-looks.ts';
import { json, type Liaison, ledger, play, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { setFault } from './vendors.ts';

/** Each shop as the sandbox has it: its scenario, its integration, and how its orders are referred to. */
const SHOPS = [
  {
    vendor: 'woocommerce',
    scenario: 'shop-order',
    integration: 'orders',
    at: 'boutique.atelier-lumen.example',
  },
  {
    vendor: 'shopify',
    scenario: 'shopify-order',
    integration: 'orders-shopify',
    at: 'atelier-lumen.myshopify.com',
  },
] as const;
type Shop = (typeof SHOPS)[number];

let place: ServedPlace;
let liaison: Liaison;
const looks = new Map<string, EagerLooks>();
beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  for (const { integration } of SHOPS)
    looks.set(integration, lookEagerly(place.connectionString, integration));
});
afterAll(async () => {
  for (const one of looks.values()) await one.stop();
  await endAll(place, [liaison]);
});

/** How many invoices and payments each of the orders has, by what it is referred to as. */
async function documentsOf(orders: readonly string[]): Promise<[number, number][]> {
  const lines = await ledger(liaison.sandboxUrl);
  const made = (object: string, order: string): number =>
    lines.filter((line) => line.object === object && line.action === 'create' && line.marker?.endsWith(order))
      .length;
  return orders.map((order) => [made('invoice', order), made('customerpayment', order)]);
}

async function ordered({ scenario, at }: Shop, about: object): Promise<string> {
  const { order } = await play(liaison.sandboxUrl, scenario, about);
  const { number, order_number: told } = order as { number?: string; order_number?: number };
  return `${at} #${number ?? told}`;
}

const foundSoFar = async (integration: string): Promise<number> => {
  const { integrations } = await json<{
    integrations: { id: string; looks: { lookedAt: string | null; found: number } | null }[];
  }>(`${liaison.url}/api/v1/integrations`);
  return integrations.find(({ id }) => id === integration)?.looks?.found ?? 0;
};

const allBooked = (orders: readonly string[]) =>
  until(async () =>
    (await documentsOf(orders)).every(([invoices, payments]) => invoices > 0 && payments > 0),
  );

/** One after the other they would wait twice as long for their looks. */
const eachShop = (check: (shop: Shop) => Promise<void>) => async (): Promise<void> => {
  await Promise.all(SHOPS.map(check));
};

it(
  'books an order that a shop told of, from the sandbox’s first start',
  eachShop(async (shop) => {
    await until(async () => {
      const { webhooks } = await json<{ webhooks: { vendor: string }[] }>(
        `${liaison.sandboxUrl}/_sandbox/webhooks`,
      );
      return webhooks.some(({ vendor }) => vendor === shop.vendor);
    });
    const order = await ordered(shop, {});
    await allBooked([order]);
    expect(await documentsOf([order])).toEqual([[1, 1]]);
  }),
);

it(
  'finds every order of a shop whose webhooks are lost, says how many, and books each once when they come twice',
  eachShop(async (shop) => {
    const { vendor, integration } = shop;
    const eager = looks.get(integration);
    await eager?.twice();
    const before = await foundSoFar(integration);
    await setFault(liaison.sandboxUrl, vendor, { loseDeliveries: 1 });
    const lost: string[] = [];
    for (let count = 0; count < 6; count += 1)
      lost.push(await ordered(shop, { email: `perdu${count}.${vendor}@exemple.example` }));
    await allBooked(lost);
    await eager?.twice();
    expect((await foundSoFar(integration)) - before).toBe(6);
    await setFault(liaison.sandboxUrl, vendor, { duplicate: true, reorder: true });
    const doubled = await Promise.all(
      [1, 2, 3].map((count) => ordered(shop, { email: `double${count}.${vendor}@exemple.example` })),
    );
    await allBooked(doubled);
    await eager?.twice();
    expect(await documentsOf([...lost, ...doubled])).toEqual([...lost, ...doubled].map(() => [1, 1]));
  }),
);
