import { endAll } from './aftermath.ts';
import { json, type Liaison, ledger, play, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, systemSync } from './syncs.ts';

/** Products and orders of one shop beside each other, as an organisation has them: what is sold is counted off once. */

let place: ServedPlace;
let liaison: Liaison;
let sync: SystemSync;
let id = '';
beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
});
afterAll(async () => {
  await sync?.close();
  await endAll(place, [liaison]);
});

const send = (method: string, path: string, body?: unknown, language = 'en') =>
  fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': language },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
async function done<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await send(method, path, body);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}
interface Account {
  readonly id: string;
  readonly connector: { readonly id: string };
}
interface Detail {
  readonly phase: string;
  readonly pause: { readonly code: string; readonly sentence: { readonly fr: string } } | null;
}
const detail = () => done<Detail>('GET', `/integrations/${id}`);
const shopCount = async (sku: string): Promise<number> => {
  const { tables } = await json<{ tables: { products: { sku: string; stock_quantity: number }[] } }>(
    `${liaison.sandboxUrl}/_sandbox/state/woocommerce`,
  );
  return tables.products.find((one) => one.sku === sku)?.stock_quantity ?? Number.NaN;
};
const written = async (): Promise<number> =>
  (await ledger(liaison.sandboxUrl)).filter(
    ({ vendor, object }) => vendor === 'woocommerce' && object === 'product',
  ).length;

it('is offered for shops, previewed, and told that the orders of the shop take nothing from the stock', async () => {
  const { connections } = await done<{ connections: Account[] }>('GET', '/connections');
  const left = connections.find(({ connector }) => connector.id === 'woocommerce')?.id;
  const { flows } = await done<{
    flows: { id: string; roles: Record<string, { accounts: { connector: { id: string } }[] }> }[];
  }>('GET', '/flows');
  const offered = flows.find((one) => one.id === 'products')?.roles.left?.accounts;
  expect(offered?.map(({ connector }) => connector.id).sort()).toEqual(['shopify', 'woocommerce']);
  const wish = { flow: 'products', name: 'Boutique', connections: { left }, settings: {} };
  id = (await done<{ id: string }>('POST', '/integrations', wish)).id;
  sync = await systemSync(place.connectionString, id);
  expect((await sync.preview()).plan).toMatchObject({ counts: { matched: 4, right: { create: 2 } } });
  const before = await written();
  await sync.startApply();
  await until(async () => (await detail()).phase === 'paused');
  expect((await detail()).pause).toMatchObject({
    code: 'contradiction',
    sentence: { fr: expect.stringContaining('remis en vente') },
  });
  expect(await written()).toBe(before);
});

it('goes on once the orders make sales orders, and an order of the shop is counted off once on both sides', async () => {
  await done('PATCH', '/integrations/orders', { settings: { documents: 'order-and-invoice' } });
  await done('POST', `/integrations/${id}/resume`, {});
  await until(async () => (await detail()).phase === 'live');
  await sync.everySecond();
  await sync.quiet();
  const count = await shopCount('AFF-A2');
  const writes = await written();
  await play(liaison.sandboxUrl, 'shop-order', { quantity: 4 });
  expect(await shopCount('AFF-A2')).toBe(count - 4);
  await until(async () => (await ledger(liaison.sandboxUrl)).some(({ object }) => object === 'salesorder'));
  const agreed = async () => {
    const [link] = await sync.database.query<{ base: Record<string, { left: number; right: number }> }>(
      `select l.base from sync_links l join sync_records r on r.integration = l.integration and r.record_id = l.left_id
       where l.integration = $1 and r.field_values->>'sku' = 'AFF-A2'`,
      [id],
    );
    return link?.base.stock_quantity;
  };
  await until(async () => (await agreed())?.right === count - 4);
  await sync.quiet();
  expect(await agreed()).toEqual({ left: count - 4, right: count - 4 });
  expect(await shopCount('AFF-A2')).toBe(count - 4);
  // Nobody wrote it there.
  expect(await written()).toBe(writes);
});
