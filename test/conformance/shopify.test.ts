import { setTimeout as sleep } from 'node:timers/promises';
import type { ShopifyClient } from '../../server/connectors/shopify/client.ts';
import { shopify } from '../../server/connectors/shopify/connector.ts';
import { sweepOrders } from '../../server/connectors/shopify/order-sweep.ts';
import { countOf } from '../../server/connectors/shopify/product-record.ts';
import { ORDER_TOPICS } from '../../server/connectors/shopify/webhooks.ts';
import { asLiaisonError } from '../../server/core/errors.ts';
import { documentLines, sumOf } from '../../server/core/order/document-lines.ts';
import { verify } from '../../server/hooks/verify.ts';
import { type Receiver, startReceiver } from '../sandbox/receiver.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const SHOP = 'atelier-lumen.myshopify.com';
let sandbox: OpenSandbox;
let connected: Connected<ShopifyClient>;

beforeAll(async () => {
  sandbox = await openSandbox('shopify', { only: ['shopify'], limitFactor: 100 });
  // Our own budget would only make the tests wait.
  connected = await sandbox.connect({ ...shopify, budgets: [] });
});
afterAll(() => sandbox.close());

interface Told {
  readonly id: number;
  readonly order_number: number;
  readonly line_items: readonly { readonly id: number }[];
}
const act = async (wish: object) => (await sandbox.act('shopify', wish)) as { order: Told };
const placed = async (wish: object): Promise<Told> => (await act({ act: 'order', ...wish })).order;
const read = async ({ id }: Told) => {
  const order = await connected.client.order(String(id));
  if (order === null) throw new Error(`no order ${id}`);
  return order;
};
const POSTERS = { lines: [{ sku: 'AFF-A2', quantity: 10 }] };
const amounts = (order: Awaited<ReturnType<typeof read>>) =>
  order.lines.map(({ kind, netMinor, taxMinor, taxPercent }) => [kind, netMinor, taxMinor, taxPercent]);

describe('the account', () => {
  it('is the shop by its address at Shopify, and a token that is no good is refused', async () => {
    expect(connected.account).toEqual({
      id: SHOP,
      name: 'Atelier Lumen',
      facts: { currency: 'EUR' },
    });
    expect(await sandbox.connect(shopify, 'shpat_wrong').catch(asLiaisonError)).toMatchObject({
      kind: 'reconnect',
    });
  });

  it.each([
    ['atelier-lumen', SHOP],
    [' https://Atelier-Lumen.myshopify.com/admin ', SHOP],
    ['https://admin.shopify.com/store/atelier-lumen/orders', SHOP],
    ['https://atelier-lumen.myshopify.com.evil.example', null],
    ['evil.example', null],
    ['http://atelier-lumen.myshopify.com', null],
    ['atelier.lumen.myshopify.com', null],
    ['atelier-lumen.myshopify.com@evil.example', null],
    ['evil.example/.myshopify.com', null],
    ['-.myshopify.com', null],
    ['', null],
  ])('is found by what somebody types, and nothing else is: %s', (text, host) => {
    expect(shopify.site?.named?.hostOf(text)).toBe(host);
  });
});

describe('an order', () => {
  it('is worth what the customer paid: ten at 23.90 with a quarter off', async () => {
    const order = await read(await placed({ ...POSTERS, code: { code: 'BIENVENUE25', percent: 25 } }));
    expect(order).toMatchObject({
      reference: `${SHOP} #${order.number}`,
      state: 'accepted',
      currency: 'EUR',
      totalMinor: 17_925,
      coupons: ['BIENVENUE25'],
      paidBy: 'Shopify Payments',
      paidAt: expect.any(String),
      lines: [{ sku: 'AFF-A2', quantity: '10', netMinor: 14_937, taxMinor: 2_988, taxPercent: 20 }],
    });
    expect(order).not.toHaveProperty('shopTotal');
  });

  it('whose discount comes before the tax is 88.00 of which 8.00 are tax', async () => {
    const order = await read(
      await placed({
        taxesIncluded: false,
        lines: [
          { title: 'A', price: '60.00', rates: [10] },
          { title: 'B', price: '40.00', rates: [10] },
        ],
        orderDiscount: '20.00',
      }),
    );
    expect(order.totalMinor).toBe(8_800);
    expect(amounts(order)).toEqual([
      ['product', 4_800, 480, 10],
      ['product', 3_200, 320, 10],
    ]);
  });

  it('in another currency is one of it throughout, says what the shop counts, and has no decimals in yen', async () => {
    const made = await placed({
      currency: 'JPY',
      rate: 0.006_028,
      lines: [{ title: 'Poster', price: '1800', rates: [10] }],
    });
    await act({ act: 'refund', order: made.id, amount: '900' });
    expect(await read(made)).toMatchObject({
      currency: 'JPY',
      totalMinor: 1_800,
      shopTotal: { minor: 1_085, currency: 'EUR' },
      lines: [{ netMinor: 1_636, taxMinor: 164, taxPercent: 10 }],
      refunds: [{ minor: 900 }],
    });
  });

  it('has its shipping, fees, duties and tip, several rates together, and lines that come to the total', async () => {
    const order = await read(
      await placed({
        taxesIncluded: false,
        lines: [{ title: 'Quebec', price: '100.00', rates: [5, 9.975] }],
        shipping: { title: 'Colissimo', price: '5.00', rates: [5] },
        fees: [{ name: 'Import', price: '3.00' }],
        duties: '7.00',
        tip: '2.00',
      }),
    );
    expect(amounts(order)).toEqual([
      ['product', 10_000, 1_498, 14.975],
      ['shipping', 500, 25, 5],
      ['fee', 300, 0, null],
      ['tip', 200, 0, null],
      ['duties', 700, 0, null],
    ]);
    const made = documentLines(order, () => true);
    expect(sumOf(made.lines) + made.roundingMinor).toBe(order.totalMinor);
    expect(made.lines.some(({ kind }) => kind === 'rest')).toBe(false);
  });

  it('paid in part by a gift card is paid by both', async () => {
    const order = await read(await placed({ ...POSTERS, giftCard: '39.00' }));
    expect(order).toMatchObject({ totalMinor: 23_900, paidBy: 'Gift Card, Shopify Payments' });
    expect(order.paidAt).not.toBeNull();
  });

  it.each([
    [{ paid: false, gateway: 'Bank Deposit' }, 'held', false],
    [{ paid: 'authorized' }, 'held', false],
    [{ paid: '10.00' }, 'held', false],
    [{ paid: false, gateway: 'Cash on Delivery (COD)' }, 'accepted', false],
    [{ paid: false, gateway: 'Paiement à la livraison' }, 'accepted', false],
    [{ paid: false, gateway: 'Bank Deposit', fulfilled: true }, 'fulfilled', false],
    [{ paid: true }, 'accepted', true],
    [{ paid: true, fulfilled: true }, 'fulfilled', true],
  ])('that is %j is %s', async (wish, state, isPaid) => {
    const order = await read(await placed({ ...POSTERS, ...wish }));
    expect([order.state, order.paidAt !== null, order.totalMinor]).toEqual([state, isPaid, 23_900]);
  });

  it('given back as a favour, or for goods, stays what was charged; all of it is a refund', async () => {
    const made = await placed(POSTERS);
    const [line] = made.line_items;
    await act({ act: 'refund', order: made.id, amount: '10.00', note: 'Retard' });
    await act({ act: 'refund', order: made.id, amount: '47.80', units: { [String(line?.id)]: 2 } });
    const order = await read(made);
    expect(order).toMatchObject({
      state: 'accepted',
      totalMinor: 23_900,
      refunds: [{ minor: 1_000, reason: 'Retard' }, { minor: 4_780 }],
      lines: [{ quantity: '10', netMinor: 19_917, taxMinor: 3_983 }],
    });
    await act({ act: 'refund', order: made.id, amount: '181.20' });
    expect(await read(made)).toMatchObject({ state: 'refunded', totalMinor: 23_900 });
  });

  it('tells what went back with what it was for, each with its tax, and an amount alone without lines', async () => {
    const made = await placed({
      ...POSTERS,
      code: { code: 'BIENVENUE25', percent: 25 },
      shipping: { title: 'Colissimo', price: '6.00' },
    });
    const units = { [String(made.line_items[0]?.id)]: 2 };
    await act({ act: 'refund', order: made.id, amount: '41.85', note: 'Abîmé', units, shipping: '6.00' });
    await act({ act: 'refund', order: made.id, amount: '5.00' });
    const refunds = await shopify.offers?.orders?.refunds?.(connected.client, await read(made));
    expect(refunds).toMatchObject([
      {
        minor: 4_185,
        reason: 'Abîmé',
        lines: [
          { kind: 'product', sku: 'AFF-A2', quantity: '2', netMinor: 2_987, taxMinor: 598 },
          { kind: 'shipping', name: 'Colissimo', netMinor: 500, taxMinor: 100 },
        ],
      },
      { minor: 500, lines: [] },
    ]);
    expect(refunds?.every(({ at }) => Date.parse(at ?? '') > 0)).toBe(true);
  });

  it('tells all that went back, also where it does not fit into a page', async () => {
    const made = await placed({ lines: Array.from({ length: 70 }, () => ({ sku: 'CAR-LUM' })) });
    const units = Object.fromEntries(made.line_items.map(({ id }) => [String(id), 1]));
    await act({ act: 'refund', order: made.id, amount: '875.00', units });
    const order = await read(made);
    const [refund] = (await shopify.offers?.orders?.refunds?.(connected.client, order)) ?? [];
    expect(refund?.lines).toHaveLength(70);
    const given = refund?.lines?.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0);
    expect(given).toBe(87_500);
  });

  it('tells of more than twenty refunds, as many as the order itself has', async () => {
    const made = await placed(POSTERS);
    for (let count = 1; count <= 21; count += 1)
      await act({ act: 'refund', order: made.id, amount: `${count}.00` });
    const order = await read(made);
    expect(order.refunds).toHaveLength(21);
    const refunds = (await shopify.offers?.orders?.refunds?.(connected.client, order)) ?? [];
    expect(refunds.map(({ minor }) => minor)).toEqual(order.refunds.map(({ minor }) => minor));
  });

  it('edited before it is paid is what is left and what was added; edited afterwards it owes the difference', async () => {
    const made = await placed({ ...POSTERS, paid: false, gateway: 'Bank Deposit' });
    const [line] = made.line_items;
    const add = [{ sku: 'CAR-LUM', quantity: 1 }];
    await act({ act: 'edit', order: made.id, take: { [String(line?.id)]: 4 }, add });
    await act({ act: 'pay', order: made.id });
    const paid = await read(made);
    expect(paid).toMatchObject({ totalMinor: 6 * 2_390 + 1_250, refunds: [] });
    expect(paid.lines.map(({ quantity }) => quantity)).toEqual(['6', '1']);
    expect(documentLines(paid, () => true).roundingMinor).toBe(0);
    await act({ act: 'edit', order: made.id, add });
    expect(await read(made)).toMatchObject({ totalMinor: 6 * 2_390 + 2 * 1_250, paidAt: null });
  });

  it('cancelled is over, with its money given back; one that nobody paid keeps its amount', async () => {
    const [paid, unpaid] = [await placed(POSTERS), await placed({ ...POSTERS, paid: false })];
    for (const { id } of [paid, unpaid]) await act({ act: 'cancel', order: id });
    expect(await read(paid)).toMatchObject({
      state: 'ended',
      totalMinor: 23_900,
      refunds: [{ minor: 23_900, reason: 'Annulation' }],
    });
    expect(await read(unpaid)).toMatchObject({ state: 'ended', totalMinor: 23_900, refunds: [] });
  });

  it('of a product without variants is called as the product is, and without a number of stock has none', async () => {
    const order = await read(await placed({ lines: [{ title: 'Tasse - Default Title', price: '9.00' }] }));
    expect(order.lines).toMatchObject([{ name: 'Tasse', sku: null }]);
  });

  it('of more lines than fit into a page has them all', async () => {
    const lines = Array.from({ length: 120 }, (_, index) => ({ title: `L${index}`, price: '1.00' }));
    const order = await read(await placed({ lines }));
    expect([order.lines.length, order.totalMinor]).toEqual([120, 12_000]);
  });

  it('placed to try is a test; one that was deleted, and one that never was, is null', async () => {
    const made = await placed({ ...POSTERS, test: true });
    expect(await read(made)).toMatchObject({ isTest: true });
    await act({ act: 'delete', order: made.id });
    expect(await connected.client.order(String(made.id))).toBeNull();
    expect(await connected.client.order('999999')).toBeNull();
    expect(await connected.client.order('x')).toBeNull();
  });

  it('is of whoever it says: nobody, a number of the shop’s, an address; what Shopify withholds is nobody', async () => {
    const nobody = { id: null, email: null, firstName: '', lastName: '', company: '', phone: '' };
    expect((await read(await placed({ ...POSTERS, phone: '+33612345678' }))).customer).toEqual({
      ...nobody,
      phone: '+33612345678',
    });
    expect((await read(await placed({ ...POSTERS, customer: { id: 207_119_551 } }))).customer).toEqual({
      ...nobody,
      id: '207119551',
    });
    const known = await placed({
      ...POSTERS,
      customer: { id: 7, email: 'ada@exemple.example', firstName: 'A.', lastName: 'L.' },
      billing: { firstName: 'Ada', lastName: 'Lovelace', company: 'Analytique' },
      shippingTo: { firstName: 'Charles', lastName: 'Babbage', phone: '+33700000001' },
    });
    const ada = { id: '7', email: 'ada@exemple.example', firstName: 'Ada', lastName: 'Lovelace' };
    expect((await read(known)).customer).toEqual({ ...ada, company: 'Analytique', phone: '+33700000001' });
    await act({ act: 'withhold-persons', withheld: true });
    expect((await read(known)).customer).toEqual(nobody);
    expect((await connected.client.latestOrders(null)).length).toBeGreaterThan(0);
    await act({ act: 'withhold-persons', withheld: false });
  });
});

describe('what Shopify asks for', () => {
  it('is waited for: a throttled query says when its points are there', async () => {
    const cost = {
      requestedQueryCost: 802,
      actualQueryCost: null,
      throttleStatus: { maximumAvailable: 1_000, currentlyAvailable: 2, restoreRate: 100 },
    };
    const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }];
    const waiting = await sandbox.connect(shopify);
    await sandbox.fault('shopify', { count: 1, status: 200, body: { errors, extensions: { cost } } });
    const before = Date.now();
    const error = await waiting.client.time().catch(asLiaisonError);
    expect(error).toMatchObject({ kind: 'rate-limited' });
    const { retryAt = 0 } = (error as { details: { retryAt?: number } }).details;
    expect(retryAt - before).toBeGreaterThanOrEqual(8_000);
    expect(retryAt - before).toBeLessThan(12_000);
  });

  it('is asked in smaller pages where it is too dear', async () => {
    const other = await sandbox.connect(shopify);
    const errors = [{ message: 'Query cost is 1200', extensions: { code: 'MAX_COST_EXCEEDED' } }];
    await sandbox.fault('shopify', { count: 2, status: 200, body: { errors } });
    expect((await other.client.latestOrders(null)).length).toBeGreaterThan(0);
    const sizes = other.exchanges
      .slice(-3)
      .map(
        ({ requestBody }) =>
          (JSON.parse(requestBody ?? '') as { variables: { first: number } }).variables.first,
      );
    expect(sizes).toEqual([40, 14, 5]);
  });

  it('was refused names the field that it was refused for', async () => {
    const refused = await connected.client
      .subscribe('ORDERS_CREATE', 'https://elsewhere.example/', [])
      .catch(asLiaisonError);
    expect(refused).toMatchObject({ kind: 'rejected', details: { field: 'uri' } });
  });

  it('is found by an address of whoever ordered, by a number, and by signs that mean something to a search', async () => {
    const made = await placed({ ...POSTERS, email: 'Li"nda@exemple.example' });
    const found = async (text: string) => (await connected.client.latestOrders(text)).map(({ id }) => id);
    expect(await found('li"nda@exemple.example')).toEqual([String(made.id)]);
    expect(await found(`#${made.order_number}`)).toEqual([String(made.id)]);
    expect(await found('updated_at:>=2000-01-01 OR \\ nobody')).toEqual([]);
  });

  it('has changed lately comes latest first, page after page', async () => {
    for (let count = 0; count < 20; count += 1) await placed({ lines: [{ sku: 'CAR-LUM' }] });
    const made = await placed(POSTERS);
    const { orders, more } = await connected.client.recentOrders(86_400_000 * 30);
    expect(more).toBe(false);
    expect(orders.length).toBeGreaterThan(40);
    expect(orders[0]?.id).toBe(String(made.id));
  });
});

describe('looking for what no webhook told', () => {
  const look = (cursor: unknown) => sweepOrders(connected.client, { cursor, onForMs: 0, graceMs: 0 });

  it('finds every change since the flow was on, each once, and nothing older', async () => {
    const before = await placed(POSTERS);
    await sleep(1_100);
    const { cursor } = await look(null);
    await sleep(1_100);
    const made = [await placed(POSTERS), await placed(POSTERS)].map(({ id }) => String(id));
    const found = await look(cursor);
    expect(found.events.map(({ recordId }) => recordId).sort()).toEqual(made);
    expect(found.events.map(({ recordId }) => recordId)).not.toContain(String(before.id));
    const again = await look(found.cursor);
    expect(new Set(again.events.map(({ key }) => key))).toEqual(new Set(found.events.map(({ key }) => key)));
    expect(found.more).toBe(false);
  });

  it('begins anew for a cursor of another shape', async () => {
    expect(await look({ page: 3 }).catch(asLiaisonError)).toMatchObject({ kind: 'cursor-lost' });
  });
});

describe('being told of orders', () => {
  const receivers: Receiver[] = [];
  afterAll(() => Promise.all(receivers.map((one) => one.stop())));
  const { webhooks } = shopify;
  const wish = (url: string) => ({ url, secret: 'not used', topics: [...ORDER_TOPICS] });
  const subscribe = async (url: string) => (await webhooks?.subscribe?.(connected.client, wish(url))) ?? [];

  it('is asked for once for each topic, however often, and what was taken away is told and put right', async () => {
    const url = 'http://127.0.0.1:3000/hooks/shopify/once';
    const first = await subscribe(url);
    expect(first).toHaveLength(ORDER_TOPICS.length + 1);
    expect(await subscribe(url)).toEqual(first);
    expect(await webhooks?.inspect?.(connected.client, wish(url), first)).toEqual([]);
    await act({ act: 'drop-webhooks' });
    const faults = await webhooks?.inspect?.(connected.client, wish(url), first);
    expect(faults?.map(({ is }) => is)).toEqual(first.map(() => 'gone'));
    for (const one of await subscribe(url)) await webhooks?.unsubscribe?.(connected.client, one);
    expect(await sandbox.webhooks()).toEqual([]);
  });

  it('is signed with the application’s secret, names the order, and carries nothing of anybody', async () => {
    const receiver = await startReceiver();
    receivers.push(receiver);
    const standing = await subscribe(`${receiver.url}/hooks/shopify/key`);
    const { id } = await placed({ ...POSTERS, email: 'secret@exemple.example' });
    await act({ act: 'refund', order: id, amount: '1.00', note: 'Secret' });
    await act({ act: 'edit', order: id, add: [{ sku: 'CAR-LUM' }] });
    await act({ act: 'cancel', order: id });
    await act({ act: 'delete', order: id });
    const told = [];
    for (let count = 0; count < 10; count += 1) told.push(await receiver.next());
    for (const { headers, body } of told) {
      const known = headers as Record<string, string>;
      const sealed = { headers: known, raw: Buffer.from(body), query: '', body: () => ({}) };
      const secrets = () => ['sandbox-secret-shopify'];
      expect(verify(webhooks?.schemes ?? [], sealed, secrets, Date.now())).toMatchObject({ ok: true });
      expect(verify(webhooks?.schemes ?? [], sealed, () => ['other'], Date.now())).toMatchObject({
        ok: false,
      });
      const topic = known['x-shopify-topic'];
      expect(webhooks?.read(JSON.parse(body), known)).toEqual([
        { key: `${topic} ${id} ${known['x-shopify-event-id']}`, topic, recordId: String(id) },
      ]);
      expect(webhooks?.accountOf?.(JSON.parse(body), known)).toBe(SHOP);
      expect(body).not.toMatch(/secret/i);
    }
    expect(new Set(told.map(({ headers }) => headers['x-shopify-topic']))).toEqual(new Set(ORDER_TOPICS));
    for (const one of standing) await webhooks?.unsubscribe?.(connected.client, one);
  });

  it('keeps an id whole that is longer than what a program counts exactly', () => {
    const read = (body: object, topic = 'orders/create') =>
      webhooks?.read(body as never, { 'x-shopify-topic': topic, 'x-shopify-webhook-id': 'w' });
    const gid = 'gid://shopify/Order/820982911946154508';
    expect(read({ id: 820_982_911_946_154_500, admin_graphql_api_id: gid })).toEqual([
      { key: 'orders/create 820982911946154508 w', topic: 'orders/create', recordId: '820982911946154508' },
    ]);
    expect(read({ id: 820_982_911_946_154_500 })).toBeNull();
    expect(read({ id: 1 }, 'nonsense')).toBeNull();
    expect(read({ id: 548_380_009, myshopify_domain: SHOP }, 'app/uninstalled')).toMatchObject([
      { topic: 'app/uninstalled', recordId: null },
    ]);
  });
});

describe('stock', () => {
  const location = 'gid://shopify/Location/71000000001';
  const first = async () => {
    const { variants } = await connected.client.soldPage(location, null);
    const [variant] = variants;
    if (variant === undefined) throw new Error('nothing is sold');
    return { variant, count: countOf(variant)?.count ?? 0 };
  };
  const step = async (by: number, from: number, key: string) => {
    const { variant } = await first();
    return connected.client.moveStock({ item: variant.inventoryItem.id, location, by, from, key });
  };

  it('moves once by a step that is repeated, and not from a count that is not there any more', async () => {
    const { count, variant } = await first();
    const wish = { item: variant.inventoryItem.id, location, by: -2, from: count, key: 'step-1' };
    await sandbox.fault('shopify', { commitThenFail: '500', methods: ['POST'], count: 1 });
    const lost = await connected.client.moveStock(wish).catch(asLiaisonError);
    expect(lost).toMatchObject({ details: { mayHaveHappened: true } });
    expect((await first()).count).toBe(count - 2);
    await connected.client.moveStock(wish);
    expect((await first()).count).toBe(count - 2);
    expect(await step(-2, count, 'step-2').catch(asLiaisonError)).toMatchObject({ kind: 'conflict' });
    expect((await first()).count).toBe(count - 2);
    await step(-count, count - 2, 'step-3');
    expect((await first()).count).toBe(-2);
  });

  it('is read at the locations that the shop has, and at no other', async () => {
    const locations = await connected.client.locations();
    expect(locations.map(({ name }) => name)).toEqual(['Atelier', 'Entrepôt de Villeurbanne']);
    const { variants } = await connected.client.soldPage(locations[1]?.id ?? '', null);
    expect(variants.map(countOf)).toEqual(variants.map(() => null));
  });
});

it('spoke to the shop only', () => {
  expect(hostsOf(connected.exchanges)).toEqual([SHOP]);
});
