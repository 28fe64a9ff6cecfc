import { setTimeout as sleep } from 'node:timers/promises';
import type { WooCommerceClient } from '../../server/connectors/woocommerce/client.ts';
import { wooCommerce } from '../../server/connectors/woocommerce/connector.ts';
import { sweepOrders } from '../../server/connectors/woocommerce/order-sweep.ts';
import { ORDER_TOPICS } from '../../server/connectors/woocommerce/webhooks.ts';
import { asLiaisonError } from '../../server/core/errors.ts';
import { documentLines, sumOf } from '../../server/core/order/document-lines.ts';
import { verify } from '../../server/hooks/verify.ts';
import { type Receiver, startReceiver } from '../sandbox/receiver.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let connected: Connected<WooCommerceClient>;

beforeAll(async () => {
  sandbox = await openSandbox('woocommerce', { only: ['woocommerce', 'zoho-accounts'] });
  connected = await sandbox.connect(wooCommerce);
});
afterAll(() => sandbox.close());

const act = async (wish: object) => (await sandbox.act('woocommerce', wish)) as { order: { id: number } };
const placed = async (fields: object, raw: object = {}) =>
  String((await act({ act: 'order', fields, raw })).order.id);
const read = async (id: string) => {
  const order = await connected.client.order(id);
  if (order === null) throw new Error(`no order ${id}`);
  return order;
};

describe('the account', () => {
  it('is the shop’s address, and keys that are no good are refused', async () => {
    expect(connected.account).toEqual({
      id: 'boutique.atelier-lumen.example',
      name: 'boutique.atelier-lumen.example',
    });
    const wrong = JSON.stringify({ consumerKey: 'ck_wrong', consumerSecret: 'cs_wrong' });
    expect(await sandbox.connect(wooCommerce, wrong).catch(asLiaisonError)).toMatchObject({
      kind: 'reconnect',
    });
  });
});

describe('an order', () => {
  it('is worth what the customer paid, where its own lines are a cent more', async () => {
    const id = await placed({
      status: 'processing',
      line_items: [{ product_id: 10, quantity: 10 }],
      coupon_lines: [{ code: 'bienvenue25' }],
    });
    const order = await read(id);
    expect(order).toMatchObject({
      id,
      reference: `boutique.atelier-lumen.example #${id}`,
      state: 'accepted',
      totalMinor: 17_925,
      coupons: ['bienvenue25'],
      lines: [{ sku: 'AFF-A2', quantity: '10', netMinor: 14_938, taxMinor: 2_988, taxPercent: 20 }],
    });
    const made = documentLines(order, () => true);
    expect([sumOf(made.lines), made.roundingMinor]).toEqual([17_926, -1]);
  });

  it('has its fees, the shipping and their taxes, a name as people read it, and what was given back', async () => {
    const id = await placed(
      {
        status: 'completed',
        line_items: [{ product_id: 12 }],
        fee_lines: [{ name: 'Emballage', total: '10.00' }],
        shipping_lines: [{ method_title: 'Colissimo', total: '4.95' }],
      },
      { refunds: [{ id: 9, reason: 'Abîmé', total: '-30.00' }] },
    );
    const order = await read(id);
    expect(
      order.lines.map(({ kind, name, netMinor, taxMinor, taxPercent }) => [
        kind,
        name,
        netMinor,
        taxMinor,
        taxPercent,
      ]),
    ).toEqual([
      ['product', 'Livre « Composer & imprimer »', 3_223, 177, 5.5],
      ['fee', 'Emballage', 1_000, 200, 20],
      ['shipping', 'Colissimo', 495, 99, 20],
    ]);
    expect(order).toMatchObject({ totalMinor: 5_194, refunds: [{ id: '9', minor: 3_000, reason: 'Abîmé' }] });
    expect(documentLines(order, () => true).roundingMinor).toBe(0);
  });

  it('has a rate for several taxes together, compound ones on top, and none that nobody tells', async () => {
    const fee = (taxes: object[], tax: string) => ({ name: 'F', total: '100.00', total_tax: tax, taxes });
    const id = await placed(
      {},
      {
        total: '361.90',
        fee_lines: [
          fee(
            [
              { id: 3, total: '5' },
              { id: 4, total: '9.975' },
            ],
            '14.98',
          ),
          fee(
            [
              { id: 3, total: '5' },
              { id: 5, total: '10.5' },
            ],
            '15.50',
          ),
          fee([{ id: 99, total: '1' }], '1.00'),
        ],
        tax_lines: [
          { rate_id: 3, rate_percent: 5, compound: false },
          { rate_id: 4, rate_percent: 9.975, compound: false },
          { rate_id: 5, rate_percent: 10, compound: true },
        ],
      },
    );
    expect((await read(id)).lines.map(({ taxPercent }) => taxPercent)).toEqual([14.975, 15.5, null]);
  });

  it.each([
    ['checkout-draft', 'draft'],
    ['pending', 'unpaid'],
    ['on-hold', 'held'],
    ['failed', 'ended'],
  ])('that is %s at the shop is %s', async (status, state) => {
    expect(await read(await placed({ status }))).toMatchObject({ state, paidAt: null });
  });

  it('in the bin is gone, and has its number and its amount still', async () => {
    const id = await placed({ status: 'processing', line_items: [{ product_id: 10, quantity: 1 }] });
    await act({ act: 'bin', order: Number(id) });
    expect(await read(id)).toMatchObject({ id, number: id, state: 'gone', totalMinor: 2_390 });
    await act({ act: 'delete', order: Number(id) });
    expect(await connected.client.order(id)).toBeNull();
  });

  it('paid in a plugin’s test mode is a test, one of a guest nobody’s, and one that is not there is null', async () => {
    const id = await placed({ meta_data: [{ id: 1, key: '_wcpay_mode', value: 'test' }] });
    expect(await read(id)).toMatchObject({ isTest: true, customer: { id: null, email: null } });
    expect(await connected.client.order('999999')).toBeNull();
  });

  it('whose amount is no number is refused, and names it', async () => {
    const id = await placed({}, { total: 'douze' });
    expect(await read(id).catch(asLiaisonError)).toMatchObject({
      kind: 'rejected',
      details: { field: 'total' },
    });
  });
});

describe('looking for what no webhook told', () => {
  const look = (cursor: unknown) => sweepOrders(connected.client, { cursor, onForMs: 0, graceMs: 0 });

  it('finds every change since the flow was on, those of the same second too, and nothing older', async () => {
    const before = await placed({ status: 'pending' });
    await sleep(1_100);
    const { cursor } = await look(null);
    await sleep(1_100);
    const [one, two] = [await placed({ status: 'processing' }), await placed({ status: 'processing' })];
    const found = await look(cursor);
    expect(found.events.map(({ recordId }) => recordId)).toEqual(expect.arrayContaining([one, two]));
    expect(found.events.map(({ recordId }) => recordId)).not.toContain(before);
    expect(found.events.every(({ topic }) => topic === 'order.updated')).toBe(true);
  });

  it('finds what was thrown away since, once, and what was thrown away before not', async () => {
    const [before, after] = [await placed({ status: 'processing' }), await placed({ status: 'processing' })];
    await act({ act: 'bin', order: Number(before) });
    await sleep(1_100);
    const { cursor } = await look(null);
    await sleep(1_100);
    await act({ act: 'bin', order: Number(after) });
    const binned = async (from: unknown) =>
      (await look(from)).events.filter(({ topic }) => topic === 'order.deleted');
    const found = await binned(cursor);
    expect(found.map(({ recordId }) => recordId)).toEqual([after]);
    expect((await binned((await look(cursor)).cursor)).map(({ key }) => key)).toEqual([found[0]?.key]);
    // As earlier versions left it.
    const { from } = cursor as { from: number };
    expect((await binned({ from })).map(({ recordId }) => recordId)).toEqual([after]);
  });

  it('begins anew for a cursor of another shape', async () => {
    expect(await look({ page: 3 }).catch(asLiaisonError)).toMatchObject({ kind: 'cursor-lost' });
  });
});

describe('being told of orders', () => {
  const receivers: Receiver[] = [];
  const listen = async (statuses?: readonly number[]): Promise<Receiver> => {
    const receiver = await startReceiver(statuses);
    receivers.push(receiver);
    return receiver;
  };
  afterAll(() => Promise.all(receivers.map((one) => one.stop())));

  const secret = 'Secret0Of1Liaison2';
  const subscribe = (url: string) =>
    wooCommerce.webhooks?.subscribe?.(connected.client, { url, secret, topics: [...ORDER_TOPICS] });
  const inspect = async (url: string) => {
    const standing = (await subscribe(url)) ?? [];
    return {
      standing,
      faults: () =>
        wooCommerce.webhooks?.inspect?.(
          connected.client,
          { url, secret, topics: [...ORDER_TOPICS] },
          standing,
        ),
    };
  };

  it('is asked for once for each topic, however often, and what was switched off is told and put right', async () => {
    const url = 'http://127.0.0.1:3000/hooks/woocommerce/once';
    const first = await subscribe(url);
    expect(first).toHaveLength(4);
    expect((await subscribe(url))?.map(({ vendorId }) => vendorId).sort()).toEqual(
      first?.map(({ vendorId }) => vendorId).sort(),
    );
    await act({ act: 'switch-off-webhooks' });
    const { faults } = await inspect(url);
    expect(await faults()).toEqual([]);
    await act({ act: 'switch-off-webhooks' });
    expect(await faults()).toHaveLength(4);
    for (const one of first ?? []) await wooCommerce.webhooks?.unsubscribe?.(connected.client, one);
    expect((await faults())?.every(({ is }) => is === 'gone')).toBe(true);
  });

  it('begins with an unsigned form, and what follows is signed with the secret', async () => {
    const receiver = await listen();
    await subscribe(`${receiver.url}/hooks/woocommerce/key`);
    for (const _ of ORDER_TOPICS) {
      const ping = await receiver.next();
      expect(ping.body).toMatch(/^webhook_id=\d+$/);
      expect(ping.headers['x-wc-webhook-signature']).toBeUndefined();
    }
    const id = await placed({ status: 'processing' });
    const told = [await receiver.next(), await receiver.next()];
    expect(told.map(({ headers }) => headers['x-wc-webhook-topic']).sort()).toEqual([
      'order.created',
      'order.updated',
    ]);
    for (const { headers, body } of told) {
      const known = headers as Record<string, string>;
      const sealed = { headers: known, raw: Buffer.from(body), query: '', body: () => ({}) };
      const verdict = verify(wooCommerce.webhooks?.schemes ?? [], sealed, () => [secret], Date.now());
      expect(verdict).toMatchObject({ ok: true });
      expect(wooCommerce.webhooks?.read(JSON.parse(body), known)).toEqual([
        { key: null, topic: known['x-wc-webhook-topic'], recordId: id },
      ]);
    }
  });

  it('ends after the seventh failure in a row, and nothing is sent again', async () => {
    const receiver = await listen([500]);
    const url = `${receiver.url}/hooks/woocommerce/failing`;
    const { standing, faults } = await inspect(url);
    for (let count = 0; count < 8; count += 1) await placed({ status: 'pending' });
    for (let tries = 0; tries < 50 && ((await faults()) ?? []).length < 2; tries += 1) await sleep(50);
    expect(await faults()).toEqual([
      { is: 'off', name: 'Liaison order.created' },
      { is: 'off', name: 'Liaison order.updated' },
    ]);
    for (const one of standing) await wooCommerce.webhooks?.unsubscribe?.(connected.client, one);
  });

  it('reads a signed refusal as of no record, a bin by its delivery, and nothing without a topic', () => {
    const readOne = (body: object, headers: Record<string, string>) =>
      wooCommerce.webhooks?.read(body as never, headers);
    const gone = {
      code: 'woocommerce_rest_shop_order_invalid_id',
      message: 'Invalid ID.',
      data: { status: 404 },
    };
    expect(readOne(gone, { 'x-wc-webhook-topic': 'order.created' })).toEqual([
      { key: null, topic: 'order.created', recordId: null },
    ]);
    expect(
      readOne({ id: 7 }, { 'x-wc-webhook-topic': 'order.deleted', 'x-wc-webhook-delivery-id': 'abc' }),
    ).toEqual([{ key: 'order.deleted 7 abc', topic: 'order.deleted', recordId: '7' }]);
    expect(readOne({ id: 7 }, {})).toBeNull();
    expect(readOne({ hello: 1 }, { 'x-wc-webhook-topic': 'order.created' })).toBeNull();
  });
});

it('spoke to the shop only', () => {
  expect(hostsOf(connected.exchanges)).toEqual(['boutique.atelier-lumen.example']);
});
