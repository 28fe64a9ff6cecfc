import { zohoBooks } from '../../server/connectors/zoho-books/connector.ts';
import type { ZohoInventoryClient } from '../../server/connectors/zoho-inventory/client.ts';
import { zohoInventory } from '../../server/connectors/zoho-inventory/connector.ts';
import type { NewSalesOrder } from '../../server/connectors/zoho-inventory/sales-orders.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let inventory: Connected<ZohoInventoryClient>;
let customerId: string;

beforeAll(async () => {
  sandbox = await openSandbox('zoho-inventory', {
    only: ['zoho-accounts', 'zoho-crm', 'zoho-books', 'zoho-inventory'],
  });
  inventory = await sandbox.connect(zohoInventory);
  const { client } = await sandbox.connect(zohoBooks);
  const currencyId = (await client.currencies()).find(({ code }) => code === 'EUR')?.id ?? '';
  const customer = { name: 'Épicerie Ŝ', email: 'epicerie@exemple.example', personName: null, currencyId };
  customerId = (await client.createContact(customer)).id;
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );

const itemOf = async (sku: string) => (await inventory.client.itemsBySku(sku))[0];

const orderOf = (number: string, lines: NewSalesOrder['lines']): NewSalesOrder => ({
  customerId,
  number,
  reference: number,
  date: '2026-11-23',
  lines,
});

it('is of the same organisation as the books', async () => {
  const books = await sandbox.connect(zohoBooks);
  expect(inventory.client.organisation).toBe(books.client.organisation);
  expect((await failureOf(sandbox.connect(zohoInventory, 'wrong'))).kind).toBe('reconnect');
});

describe('items', () => {
  it('are found by their whole code, with their stock; what is not counted has none', async () => {
    expect(await itemOf('AFF-A2')).toMatchObject({ sku: 'AFF-A2', isActive: true, onHand: '140' });
    expect(await itemOf('EMB')).toMatchObject({ sku: 'EMB', onHand: null, free: null });
    expect(await inventory.client.itemsBySku('AFF')).toEqual([]);
  });

  it('without a code are none of anybody’s', async () => {
    expect(await inventory.client.itemsBySku('')).toEqual([]);
    expect(await inventory.client.itemsBySku('  ')).toEqual([]);
  });

  it('are read together by their ids, those that are gone left out', async () => {
    const [one, other] = [await itemOf('AFF-A2'), await itemOf('CAR-LUM')];
    const ids = [one?.id ?? '', '999', other?.id ?? ''];
    expect(await inventory.client.itemsById(ids)).toEqual([one, other]);
    const gift = await itemOf('EMB');
    expect(await inventory.client.itemsById([gift?.id ?? ''])).toEqual([gift]);
  });
});

describe('a sales order', () => {
  it('is made under its own number, confirmed, changed and voided, to the last digit', async () => {
    const { client } = inventory;
    const itemId = (await itemOf('CAR-LUM'))?.id ?? '';
    const lines = [
      { name: 'Carnet', itemId, rate: '12.50', quantity: '2.5' },
      { name: 'Port'.repeat(60), rate: '4.95', quantity: '1' },
    ];
    const made = await client.createSalesOrder(orderOf('boutique #1', lines));
    expect(made).toMatchObject({ number: 'boutique #1', status: 'draft', total: '36.2' });
    expect(made.lines).toMatchObject([{ itemId, quantity: '2.5', invoiced: '0' }, { itemId: null }]);
    await client.confirmSalesOrder(made.id);
    const [line] = lines;
    await client.changeSalesOrder(made.id, orderOf('boutique #1', line ? [{ ...line, quantity: '3' }] : []));
    expect(await client.salesOrderByNumber('boutique #1')).toMatchObject({
      id: made.id,
      status: 'confirmed',
      total: '37.5',
      invoices: [],
    });
    await client.voidSalesOrder(made.id);
    expect(await client.salesOrdersOf(customerId)).toMatchObject([{ id: made.id, status: 'void' }]);
  });

  it('keeps the whole of a name that is too long for a line', async () => {
    const name = 'Port '.repeat(60).trim();
    const lines = [{ name, rate: '4.95', quantity: '1' }];
    const { id } = await inventory.client.createSalesOrder(orderOf('boutique #4', lines));
    const { salesOrders = [] } = await sandbox.state('zoho-inventory');
    const made = salesOrders.find(({ salesorder_id }) => salesorder_id === id);
    const [line] = (made?.lines ?? []) as { name: string; description: string }[];
    expect(line?.name).toHaveLength(100);
    expect(line?.description).toBe(name);
  });

  it('of a number that is taken is refused, and one that is not there is gone', async () => {
    const lines = [{ name: 'Port', rate: '1.00', quantity: '1' }];
    await inventory.client.createSalesOrder(orderOf('boutique #2', lines));
    const twice = failureOf(inventory.client.createSalesOrder(orderOf('boutique #2', lines)));
    expect((await twice).kind).toBe('rejected');
    expect(await inventory.client.salesOrderByNumber('boutique #3')).toBeNull();
    expect((await failureOf(inventory.client.salesOrder('1'))).kind).toBe('gone');
  });
});

describe('stock', () => {
  it('is moved by signed steps, found by their reference, also below zero', async () => {
    const { client } = inventory;
    const item = await itemOf('LIV-TYP');
    const step = (by: string) =>
      client.createAdjustment({
        reference: 'boutique #9',
        date: '2026-11-23',
        reason: 'Commande',
        lines: [{ itemId: item?.id ?? '', by }],
      });
    await step('-40.5');
    await step('0.25');
    expect((await itemOf('LIV-TYP'))?.onHand).toBe(String(Number(item?.onHand) - 40.25));
    expect(await client.adjustmentsByReference('boutique #9')).toHaveLength(2);
    expect(await client.adjustmentsByReference('boutique')).toEqual([]);
  });
});

it('speaks to no host but those that it declares', () => {
  for (const host of hostsOf(inventory.exchanges)) expect(Object.keys(zohoInventory.hosts)).toContain(host);
});
