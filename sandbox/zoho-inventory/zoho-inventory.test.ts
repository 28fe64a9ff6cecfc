import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { company } from '../company/index.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { issueAccessToken } from '../zoho-accounts/issue.ts';
import { zohoAccounts } from '../zoho-accounts/simulator.ts';
import { zohoBooks } from '../zoho-books/simulator.ts';
import { zohoInventory } from './simulator.ts';

interface Row extends Record<string, unknown> {
  readonly line_items: readonly Row[];
}
/** What some answer holds; each call holds some of it. */
interface Answer {
  readonly code: number;
  readonly item?: Row;
  readonly items?: readonly Row[];
  readonly contact?: Row;
  readonly contacts?: readonly Row[];
  readonly invoice?: Row;
  readonly salesorder?: Row;
  readonly salesorders?: readonly Row[];
  readonly inventory_adjustments?: readonly Row[];
}

let folder: string;
let sandbox: RunningSandbox;
let token: string;
let customer: string;

const SCOPES = ['ZohoBooks.fullaccess.all', 'ZohoInventory.fullaccess.all'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-inventory-'));
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    record: join(folder, 'record.ndjson'),
    simulators: [zohoAccounts, zohoBooks, zohoInventory],
    scenarios: [],
    limitFactor: 1_000,
  });
  token = tokenFor(SCOPES);
  customer = String((await inventory('GET', '/contacts')).contacts?.[0]?.contact_id);
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

function tokenFor(scopes: readonly string[]): string {
  const desk = sandbox.desk('zoho-accounts');
  return issueAccessToken(desk, { clientId: 'sandbox-zoho-inventory', user: 'hugo', scopes }, null).token;
}

async function ask(base: string, method: string, path: string, body?: unknown, with_ = token) {
  const url = new URL(`${sandbox.url}/${base}${path}`);
  if (!url.searchParams.has('organization_id')) url.searchParams.set('organization_id', company.zgid);
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Zoho-oauthtoken ${with_}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, ...((await answer.json()) as Answer) };
}
const inventory = (method: string, path: string, body?: unknown) =>
  ask('zoho-inventory/inventory/v1', method, path, body);
const books = (method: string, path: string, body?: unknown) =>
  ask('zoho-books/books/v3', method, path, body);

const itemOf = async (sku: string) => (await inventory('GET', `/items?sku=${sku}`)).items?.[0] as Row;
const stockOf = async (sku: string) => {
  const { stock_on_hand: hand, actual_available_stock: free } = await itemOf(sku);
  return [hand, free];
};

let last = 0;
async function order(lines: readonly object[], more: object = {}) {
  last += 1;
  const body = { customer_id: customer, salesorder_number: `SO-T${last}`, line_items: lines, ...more };
  return inventory('POST', '/salesorders?ignore_auto_number_generation=true', body);
}

describe('stock', () => {
  it('is wanted by a confirmed order, taken once by its invoice when that is sent, and back when it is voided', async () => {
    const { item_id: id } = await itemOf('AFF-A2');
    const [hand, free] = (await stockOf('AFF-A2')) as [number, number];
    const { salesorder } = await order([{ item_id: id, quantity: 3, rate: 10 }]);
    expect(await stockOf('AFF-A2')).toEqual([hand, free]);
    await inventory('POST', `/salesorders/${salesorder?.salesorder_id}/status/confirmed`);
    expect(await stockOf('AFF-A2')).toEqual([hand, free - 3]);

    const [line] = salesorder?.line_items ?? [];
    const lines = [{ item_id: id, salesorder_item_id: line?.line_item_id, quantity: 3, rate: 10 }];
    const { invoice } = await books('POST', '/invoices', { customer_id: customer, line_items: lines });
    expect(await stockOf('AFF-A2')).toEqual([hand, free]);
    await books('POST', `/invoices/${invoice?.invoice_id}/status/sent`);
    expect(await stockOf('AFF-A2')).toEqual([hand - 3, free - 3]);

    const again = await books('POST', '/invoices', { customer_id: customer, line_items: lines });
    expect([again.status, again.code]).toEqual([400, 4027]);
    await books('POST', `/invoices/${invoice?.invoice_id}/status/void`);
    expect(await stockOf('AFF-A2')).toEqual([hand, free - 3]);
    await inventory('POST', `/salesorders/${salesorder?.salesorder_id}/status/void`);
    expect(await stockOf('AFF-A2')).toEqual([hand, free]);
  });

  it('is moved by signed decimal steps, may fall below zero, and is not kept of what is not counted', async () => {
    const adjust = (item_id: unknown, quantity_adjusted: number) =>
      inventory('POST', '/inventoryadjustments', {
        date: '2026-11-24',
        reason: 'Test',
        adjustment_type: 'quantity',
        reference_number: 'T-1',
        line_items: [{ item_id, quantity_adjusted }],
      });
    const { items = [] } = await inventory('GET', '/items?name=Chutes de papier (kg)');
    const [offcuts] = items;
    expect(offcuts?.stock_on_hand).toBe(12.5);
    for (const by of [0.1, 0.2, -20]) expect((await adjust(offcuts?.item_id, by)).code).toBe(0);
    const { item } = await inventory('GET', `/items/${offcuts?.item_id}`);
    expect(item?.stock_on_hand).toBe(-7.2);
    expect(
      (await inventory('GET', '/inventoryadjustments?reference_number=T-1')).inventory_adjustments,
    ).toHaveLength(3);

    const gift = await itemOf('EMB');
    expect(gift.stock_on_hand).toBe('');
    expect(await adjust(gift.item_id, 1)).toMatchObject({ status: 400, code: 2007 });
    expect(await adjust(offcuts?.item_id, 0)).toMatchObject({ status: 400, code: 2 });
  });
});

describe('a sales order', () => {
  it('has a number that no other has, and only its own where that is asked for', async () => {
    const line = { name: 'Port', quantity: 1, rate: 4.95 };
    const { salesorder } = await order([line], { salesorder_number: 'BOUTIQUE 1' });
    expect(salesorder).toMatchObject({ salesorder_number: 'BOUTIQUE 1', status: 'draft', total: 4.95 });
    expect(await order([line], { salesorder_number: 'BOUTIQUE 1' })).toMatchObject({ status: 400 });
    const body = { customer_id: customer, salesorder_number: 'X', line_items: [line] };
    expect(await inventory('POST', '/salesorders', body)).toMatchObject({ status: 400, code: 4097 });
    const found = (await inventory('GET', '/salesorders?salesorder_number=BOUTIQUE 1')).salesorders;
    expect(found).toHaveLength(1);
  });

  it('is invoiced once it is confirmed and for whom it is, and then neither changed nor voided', async () => {
    const { salesorder } = await order([{ name: 'Port', quantity: 2, rate: 5 }]);
    const path = `/salesorders/${salesorder?.salesorder_id}`;
    const line = { name: 'Port', rate: 5, salesorder_item_id: salesorder?.line_items[0]?.line_item_id };
    const invoice = (quantity: number, of = customer) =>
      books('POST', '/invoices', { customer_id: of, line_items: [{ ...line, quantity }] });
    expect(await invoice(1)).toMatchObject({ status: 400, code: 4026 });
    await inventory('POST', `${path}/status/confirmed`);
    const { contacts = [] } = await inventory('GET', '/contacts');
    const other = contacts.find(({ contact_id: id }) => id !== customer);
    expect(await invoice(1, String(other?.contact_id))).toMatchObject({ status: 400, code: 4025 });
    expect(await invoice(1)).toMatchObject({ code: 0 });
    const change = { customer_id: customer, salesorder_number: 'X', line_items: [{ ...line, quantity: 9 }] };
    expect(await inventory('PUT', path, change)).toMatchObject({ status: 400 });
    expect(await inventory('POST', `${path}/status/void`)).toMatchObject({ status: 400 });
    const { salesorder: now } = await inventory('GET', path);
    expect(now).toMatchObject({ status: 'confirmed', invoices: [{ status: 'draft', total: 5 }] });
    expect(now?.line_items[0]).toMatchObject({ quantity: 2, quantity_invoiced: 1, is_invoiced: false });
  });
});

describe('while lists come late', () => {
  const fault = (method: string, body?: object) =>
    fetch(`${sandbox.url}/_sandbox/faults/zoho-inventory`, { method, body: JSON.stringify(body) });

  it('what was written a moment ago stands in none, and is there by its id', async () => {
    await fault('PUT', { lagMs: 600_000 });
    const { item_id } = await itemOf('AFF-A2');
    const { salesorder } = await order([{ name: 'Port', quantity: 1, rate: 5 }], {
      salesorder_number: 'TARD',
    });
    await inventory('POST', '/inventoryadjustments', {
      ...{ date: '2026-11-24', reason: 'Test', adjustment_type: 'quantity', reference_number: 'TARD' },
      line_items: [{ item_id, quantity_adjusted: 1 }],
    });
    const listed = async () => [
      (await inventory('GET', '/salesorders?salesorder_number=TARD')).salesorders?.length,
      (await inventory('GET', '/inventoryadjustments?reference_number=TARD')).inventory_adjustments?.length,
    ];
    expect(await listed()).toEqual([0, 0]);
    expect((await inventory('GET', `/salesorders/${salesorder?.salesorder_id}`)).code).toBe(0);
    await fault('DELETE');
    expect(await listed()).toEqual([1, 1]);
  });

  it('an item that was changed is listed as it was, a new one not at all, and both are there by their ids', async () => {
    const made = await inventory('POST', '/items', { name: 'Tard fait', sku: 'TARD-1' });
    const before = await itemOf('CAR-LUM');
    await fault('PUT', { lagMs: 600_000 });
    await inventory('PUT', `/items/${before.item_id}`, { name: before.name, rate: 99 });
    await inventory('PUT', `/items/${made.item?.item_id}`, { name: 'Tard fait', rate: 1 });
    const late = await inventory('POST', '/items', { name: 'Plus tard', sku: 'TARD-2' });
    await inventory('POST', '/inventoryadjustments', {
      ...{ date: '2026-11-24', reason: 'Test', adjustment_type: 'quantity' },
      line_items: [{ item_id: before.item_id, quantity_adjusted: 1 }],
    });
    const bySku = async (sku: string) => (await inventory('GET', `/items?sku=${sku}`)).items ?? [];
    expect(await bySku('CAR-LUM')).toEqual([before]);
    expect(await bySku('TARD-2')).toEqual([]);
    const { item } = await inventory('GET', `/items/${before.item_id}`);
    expect(item).toMatchObject({ rate: 99, stock_on_hand: Number(before.stock_on_hand) + 1 });
    expect((await inventory('GET', `/items/${late.item?.item_id}`)).code).toBe(0);
    await fault('DELETE');
    expect(await bySku('CAR-LUM')).toMatchObject([{ rate: 99 }]);
    expect(await bySku('TARD-2')).toHaveLength(1);
  });
});

describe('a place that there is not', () => {
  const elsewhere = { location_id: '999' };
  it.each<[string, string, () => { line_items?: readonly object[]; [field: string]: unknown }]>([
    ['an adjustment', '/inventoryadjustments', () => ({ ...elsewhere })],
    ['a line of an adjustment', '/inventoryadjustments', () => ({ line_items: [elsewhere] })],
    ['a sales order', '/salesorders', () => ({ ...elsewhere, customer_id: customer })],
    ['a line of a sales order', '/salesorders', () => ({ customer_id: customer, line_items: [elsewhere] })],
    ['an item', '/items', () => ({ name: 'Ailleurs', locations: [{ ...elsewhere, initial_stock: 3 }] })],
  ])('is refused in %s', async (_what, path, said) => {
    const { item_id } = await itemOf('AFF-A2');
    const line = { item_id, quantity_adjusted: 1, quantity: 1, rate: 1 };
    const body = said();
    const usual = { date: '2026-11-24', reason: 'Test', adjustment_type: 'quantity' };
    const lines = (body.line_items ?? [{}]).map((one) => ({ ...line, ...one }));
    expect(await inventory('POST', path, { ...usual, ...body, line_items: lines })).toMatchObject({
      status: 400,
      code: 2,
      message: 'Invalid value passed for location_id',
    });
  });
});

describe('the same organisation’s books', () => {
  it('have the same contacts and items, whichever application is asked', async () => {
    const made = await inventory('POST', '/contacts', { contact_name: 'Deux Faces' });
    expect(await books('GET', `/contacts/${made.contact?.contact_id}`)).toMatchObject({ code: 0 });
    const { item_id: id } = await itemOf('CAR-LUM');
    expect((await books('GET', `/items/${id}`)).item).toMatchObject({
      sku: 'CAR-LUM',
      product_type: 'goods',
    });
  });
});

describe('an item', () => {
  it('has a name and a code that no other has, and none is no code', async () => {
    const add = (fields: object) => inventory('POST', '/items', fields);
    expect(await add({ name: 'Sans code 1', sku: '' })).toMatchObject({ code: 0 });
    expect(await add({ name: 'Sans code 2', sku: '' })).toMatchObject({ code: 0 });
    expect(await add({ name: 'Sans code 1' })).toMatchObject({ status: 400 });
    expect(await add({ name: 'Autre', sku: 'aff-a2' })).toMatchObject({ status: 400 });
    expect(await add({ sku: 'NEUF' })).toMatchObject({ status: 400 });
  });

  it('that is inactive stands on no new document', async () => {
    const { item } = await inventory('POST', '/items', { name: 'Fini', sku: 'FINI', rate: 1 });
    await inventory('POST', `/items/${item?.item_id}/inactive`);
    expect(await order([{ item_id: item?.item_id, quantity: 1 }])).toMatchObject({ status: 400, code: 2006 });
  });
});

describe('the door', () => {
  it('wants a token for what is done, and the organisation', async () => {
    const base = 'zoho-inventory/inventory/v1';
    const weak = tokenFor(['ZohoInventory.items.READ']);
    expect(await ask(base, 'GET', '/items', undefined, weak)).toMatchObject({ code: 0 });
    expect(await ask(base, 'GET', '/salesorders', undefined, weak)).toMatchObject({ status: 401, code: 57 });
    expect(await ask(base, 'GET', '/items', undefined, 'dead')).toMatchObject({ status: 401 });
    expect(await ask(base, 'GET', '/items?organization_id=1')).toMatchObject({ status: 400, code: 6041 });
    expect(await inventory('GET', '/nothing')).toMatchObject({ status: 404, code: 5 });
  });
});

it('records what it answers under the vendor’s own address', () => {
  const [first = ''] = readFileSync(join(folder, 'record.ndjson'), 'utf8').split('\n');
  expect(JSON.parse(first)).toMatchObject({
    vendor: 'zoho-inventory',
    url: expect.stringContaining('https://www.zohoapis.eu/inventory/v1/'),
  });
});
