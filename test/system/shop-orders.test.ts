import { openDatabase } from '../../server/store/database.ts';
import { endAll } from './aftermath.ts';
import { type EagerLooks, lookEagerly } from './eager-looks.ts';
import { json, type Liaison, ledger, play, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { offered, tryOn } from './tried.ts';
import { setFault } from './vendors.ts';

/** Each shop as the sandbox has it: its scenario, its integration, and how its orders are referred to. */
const SHOPS = [
  {
    vendor: 'woocommerce',
    scenario: 'shop-order',
    integration: 'orders',
    at: 'boutique.atelier-lumen.example',
    awaited: 'Hélène',
  },
  {
    vendor: 'shopify',
    scenario: 'shopify-order',
    integration: 'orders-shopify',
    at: 'atelier-lumen.myshopify.com',
    awaited: 'Marius',
  },
] as const;
type Shop = (typeof SHOPS)[number];

let place: ServedPlace;
let liaison: Liaison;
const looks = new Map<string, EagerLooks>();
beforeAll(async () => {
  // Orders that no webhook told of are taken up, and what is wrong is told, as soon as can be.
  place = await newServedPlace({ LIAISON_GRACE_SECONDS: '3', LIAISON_ROUND_SECONDS: '0.5' });
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

it('waits as long as Shopify asks where it is asked too much, and books the order then', async () => {
  const [, shop] = SHOPS;
  const cost = {
    requestedQueryCost: 150,
    actualQueryCost: null,
    throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 50, restoreRate: 100 },
  };
  const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }];
  const body = { errors, extensions: { cost } };
  await setFault(liaison.sandboxUrl, shop.vendor, { status: 200, body, count: 3, path: 'graphql' });
  const order = await ordered(shop, { email: 'lent@exemple.example' });
  await allBooked([order]);
  expect(await documentsOf([order])).toEqual([[1, 1]]);
});

it('tries an order of either shop with a setting that would invoice it, and writes nothing', async () => {
  for (const { integration, awaited } of SHOPS) {
    // Whose transfer is awaited: not invoiced, unless the setting says so.
    const { records } = await offered(liaison, integration, awaited);
    const open = records?.[0];
    const before = (await ledger(liaison.sandboxUrl)).length;
    const tried = await tryOn(liaison, integration, open?.id, { invoiceWhen: 'placed' });
    expect(tried.steps.map(({ step, state }) => [step, state])).toEqual(
      expect.arrayContaining([
        ['order', 'read'],
        ['invoice', 'would-write'],
      ]),
    );
    expect((await ledger(liaison.sandboxUrl)).length).toBe(before);
  }
});

const alerts = async (): Promise<string[]> => {
  const { alerts: open } = await json<{ alerts: { sentence: { en: string } }[] }>(
    `${liaison.url}/api/v1/alerts`,
  );
  return open.map(({ sentence }) => sentence.en);
};
const told = (words: RegExp) => until(async () => (await alerts()).find((text) => words.test(text)) ?? null);
const acted = (wish: object): Promise<unknown> =>
  json(`${liaison.sandboxUrl}/_sandbox/acts/shopify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });

/** All that is stored of anybody by this name, in whatever table. */
async function traces(name: string): Promise<string[]> {
  const database = openDatabase(place.connectionString, { max: 1, onError() {} });
  try {
    const tables = [
      'runs',
      'steps',
      'inbox',
      'event_bodies',
      'record_names',
      'links',
      'privacy_requests',
      'alerts',
    ];
    const rows = await database.query<{ name: string }>(
      tables
        .map((table) => `select '${table}' as name from ${table} t where t::text ilike $1`)
        .join(' union '),
      [`%${name}%`],
    );
    return rows.map((row) => row.name).sort();
  } finally {
    await database.close();
  }
}

it('tells admins of a customer who asks what is held, erases whoever asks for that, and leaves others as they are', async () => {
  await setFault(liaison.sandboxUrl, 'shopify', {});
  const [, shop] = SHOPS;
  const person = { firstName: 'Oubliette', lastName: 'Durand', email: 'oubliette@exemple.example' };
  const other = { firstName: 'Memoria', lastName: 'Durand', email: 'memoria@exemple.example' };
  const made = await play(liaison.sandboxUrl, shop.scenario, person);
  const { id, order_number: number } = made.order as { id: number; order_number: number };
  await allBooked([`${shop.at} #${number}`, await ordered(shop, other)]);
  const isKnown = async (name: string) => {
    const held = await traces(name);
    return ['links', 'record_names', 'runs', 'steps'].every((table) => held.includes(table));
  };
  await until(() => isKnown('oubliette'));
  await until(() => isKnown('memoria'));
  await acted({ act: 'privacy', topic: 'customers/data_request', order: id });
  expect(await told(/oubliette@exemple\.example asks what is held/)).toMatch(
    new RegExp(`Liaison’s log has \\d+ entr(y|ies) of their orders \\(${id}\\), for 30 days`),
  );
  await acted({ act: 'privacy', topic: 'customers/redact', order: id });
  await told(/asks to be forgotten/);
  await until(async () => (await traces('oubliette')).length === 0);
  expect(await isKnown('memoria')).toBe(true);
});

it('has a shop that took Liaison out to be connected again, at once, and what is of another shop refused', async () => {
  const { webhooks } = await json<{ webhooks: { vendor: string; url: string }[] }>(
    `${liaison.sandboxUrl}/_sandbox/webhooks`,
  );
  const url = webhooks.find(({ vendor }) => vendor === 'shopify')?.url ?? '';
  const about = { topic: 'orders/updated', body: { id: 1, admin_graphql_api_id: 'gid://shopify/Order/1' } };
  await acted({ act: 'announce', url, ...about, domain: 'lumen-destockage.myshopify.com', event: 'foreign' });
  const lastOf = async () => {
    const { deliveries } = await json<{
      deliveries: { topic: string; headers: object; last: string | null }[];
    }>(`${liaison.sandboxUrl}/_sandbox/deliveries`);
    return deliveries.find(({ headers }) => JSON.stringify(headers).includes('"foreign"'))?.last ?? null;
  };
  expect(await until(lastOf)).toContain('401');
  await acted({ act: 'uninstall' });
  await told(/Shopify must be connected again/);
});
