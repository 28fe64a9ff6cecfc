import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { currencyByCode, currencyById } from '../../sandbox/zoho-books/currencies.ts';
import { zohoBooks } from '../../server/connectors/zoho-books/connector.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { zohoInventory } from '../../server/connectors/zoho-inventory/connector.ts';
import type { Connector } from '../../server/core/connector.ts';
import type { Sentence } from '../../server/core/sentence.ts';
import type { World } from '../../server/engine/ports.ts';
import { orders } from '../../server/flows/orders/flow.ts';
import { passingFailure } from '../../server/store/database-failure.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';
import { ORGANISATION, openRig } from '../engine/rig.ts';
import { integrationRow } from '../integration-row.ts';
import { type Deed, type ShopUnderTest, type Story, woo } from './shops.ts';

type Row = Record<string, unknown>;

export interface Run {
  readonly state: string;
  readonly label: string | null;
  readonly summary: Sentence | null;
  readonly error: { readonly kind: string; readonly field?: string; readonly waitsFor?: string } | null;
}

/** What an order became in Books, amounts in minor units. */
export interface EnteredOrder {
  readonly id: string;
  readonly number: string;
  readonly reference: string;
  readonly status: string;
  readonly customer: string;
  readonly total: number;
  readonly lines: readonly {
    readonly sku: string | null;
    readonly name: string;
    readonly quantity: number;
    readonly rate: number;
  }[];
}

export interface BookedOrder {
  readonly reference: string;
  readonly status: string;
  readonly customer: string;
  readonly currency: string;
  readonly total: number;
  readonly tax: number;
  readonly paid: number;
  readonly adjustment: number;
  readonly lines: readonly {
    readonly name: string;
    readonly rate: number;
    readonly quantity: number;
    readonly tax: string;
  }[];
  readonly comments: readonly string[];
}

/** What PostgreSQL ended in the midst of it is told once more; what is told of by nobody is a case of its own. */
const DELIVERED_AGAIN = 4;

/** The real engine and the real connectors over a sandbox of its own: a shop's orders go in, Books and CRM are looked at. */
export async function openShop(given: Record<string, unknown> = {}, under: ShopUnderTest = woo) {
  const vendor = under.connector.id;
  const numbers = new Map<string, string>();
  let settings = given;
  const sandbox = await openSandbox('orders', {
    only: ['zoho-accounts', 'zoho-crm', 'zoho-books', 'zoho-inventory', vendor],
    limitFactor: 1_000_000,
  });
  const rig = await openRig();
  const ways = new Map<string, Awaited<ReturnType<typeof sandbox.way>>>();
  const connectors = new Map<string, Connector>();
  for (const declared of [under.connector, zohoBooks, zohoCrm, zohoInventory] as unknown as Connector[]) {
    // The sandbox sets no limits here; ours would only make the tests wait.
    const connector = { ...declared, budgets: [] };
    connectors.set(connector.id, connector);
    ways.set(connector.id, await sandbox.way(connector));
  }
  const calls: string[] = [];
  const account = ways.get(vendor)?.account.id ?? '';
  const shop = { role: 'shop', connector: vendor, accountId: account, connectionId: randomUUID() };
  const world: World = {
    flows: [orders as never],
    syncs: [],
    connectors,
    organisation: async () => ORGANISATION,
    integrations: async () => [
      integrationRow({ organisationId: ORGANISATION.id, flow: orders.id, settings, roles: [shop] }),
    ],
    open: async (_account, connector, options) => {
      const way = ways.get(connector.id);
      if (way === undefined) throw new Error(`no way to ${connector.id}`);
      return way.open({
        ...options,
        onExchange: (exchange: object) => {
          const { method, url } = exchange as { method: string; url: string };
          calls.push(`${method} ${new URL(url).pathname}`);
          options?.onExchange?.(exchange as never);
        },
      } as never);
    },
  };
  const engine = await rig.engine([orders as never], { world });
  const tables = sandbox.state;
  const { invoices: seeded = [] } = await tables('zoho-books');
  const before = new Set(seeded.map(({ invoice_id }) => invoice_id));
  const { salesOrders: heldOrders = [] } = await tables('zoho-inventory');
  const enteredBefore = new Set(heldOrders.map(({ salesorder_id: id }) => id));
  const { contacts: people = [] } = await contactTable();
  const known = new Set(people.map(({ id }) => id));

  async function contactTable(): Promise<{ contacts: Row[] }> {
    return { contacts: (await tables('zoho-crm', 'Contacts')).Contacts ?? [] };
  }

  /** What a person does at one of Zoho's applications. */
  async function byHand(connector: string, method: string, path: string, body?: object): Promise<void> {
    const http = ways.get(connector)?.open({});
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { 'content-type': 'application/json' };
    const query = `organization_id=${http?.account.id}`;
    await http?.fetch(`${http.apiUrl}${path}?${query}`, { method, headers, ...json });
  }

  return {
    sandbox,
    rig,
    world,

    /** Somebody changes the settings. */
    set(changed: Record<string, unknown>): void {
      settings = { ...settings, ...changed };
    },
    books: () => tables('zoho-books'),
    reference: (order: string) => `${account} #${numbers.get(order) ?? order}`,
    topics: under.topics,

    /** Somebody orders, as people tell of it; the shop says its id. */
    async order(story: Story): Promise<string> {
      const { id, number } = under.read(await sandbox.act(vendor, under.act(story)));
      numbers.set(id, number);
      return id;
    },
    deed: (order: string, deed: Deed) => sandbox.act(vendor, under.deed(order, deed)),
    /** What the shop itself says of an order. */
    async truth(order: string): Promise<ReturnType<ShopUnderTest['truth']>> {
      const { orders: rows = [] } = await tables(vendor, 'orders');
      return under.truth(rows.find(({ id }) => String(id) === order));
    },

    /** What the shop says of each order at this moment. */
    async truths(): Promise<(order: string) => ReturnType<ShopUnderTest['truth']>> {
      const { orders: rows = [], refunds = [] } = await tables(vendor, 'orders', 'refunds');
      const byId = new Map(rows.map((row) => [String(row.id), row]));
      const refundsOf = Map.groupBy(refunds, ({ order }) => String(order));
      return (order) => under.truth(byId.get(order), refundsOf.get(order));
    },

    /** Somebody orders, in WooCommerce's own words; the shop says its number. */
    async place(fields: object, raw: object = {}): Promise<string> {
      const made = (await sandbox.act('woocommerce', { act: 'order', fields, raw })) as {
        order: { id: number };
      };
      return String(made.order.id);
    },
    act: (wish: object) => sandbox.act('woocommerce', wish),

    /** Deliveries about an order, as the door accepts them, in this order, each once the one before was handled. */
    async tell(order: string, ...topics: readonly string[]): Promise<void> {
      for (const topic of topics) {
        await this.accept(order, topic);
        await rig.settled();
      }
    },

    accept(order: string, ...topics: readonly string[]): Promise<void> {
      return this.acceptAll(topics.map((topic) => [order, topic]));
    },

    /** Deliveries about many orders, all at once. What is not acknowledged is delivered again, under the same key. */
    async acceptAll(deliveries: readonly (readonly [order: string, topic: string])[]): Promise<void> {
      const events = deliveries.map(([order, topic]) => ({
        organisationId: ORGANISATION.id,
        connectionId: shop.connectionId,
        connector: vendor,
        account,
        eventKey: randomUUID(),
        topic,
        recordId: order,
        contentType: 'application/json',
        body: JSON.stringify({ id: Number(order), status: 'pending' }),
      }));
      for (let left = DELIVERED_AGAIN; ; left -= 1)
        try {
          return await engine.accept(events);
        } catch (error) {
          if (left === 0 || passingFailure(error) === undefined) throw error;
        }
    },

    async replayShelved(): Promise<void> {
      await engine.replay(ORGANISATION.id, { sql: `r.state = 'shelved'`, values: [] });
      await rig.settled();
    },

    /** Somebody adds a currency in Books. */
    addCurrency: (code: string) => sandbox.act('zoho-books', { act: 'add-currency', code }),

    /** Resolves when so many runs are left on the shelf, and every other one is over. */
    async stillShelved(count: number): Promise<void> {
      const left = async (): Promise<string[]> =>
        (await this.runs()).map(({ state }) => state).filter((state) => !['done', 'skipped'].includes(state));
      while ((await left()).join() !== Array(count).fill('shelved').join()) await sleep(100);
    },

    /** Somebody voids the invoice of an order in Books. */
    async voidInvoice(reference: string): Promise<void> {
      const { invoices = [] } = await tables('zoho-books');
      const id = invoices.find((row) => row.reference_number === reference)?.invoice_id;
      await byHand('zoho-books', 'POST', `/books/v3/invoices/${id}/status/void`);
    },

    /** Somebody records the payment of an order's invoice, without naming the order. */
    async payByHand(reference: string): Promise<void> {
      const { invoices = [] } = await tables('zoho-books');
      const row = invoices.find((one) => one.reference_number === reference);
      const amount = Number(row?.totalMinor) / 100;
      await byHand('zoho-books', 'POST', '/books/v3/customerpayments', {
        ...{ customer_id: row?.customer_id, payment_mode: 'cash', amount, date: '2026-03-02' },
        invoices: [{ invoice_id: row?.invoice_id, amount_applied: amount }],
      });
    },

    /** Somebody deletes the sales order of an order in Inventory, or voids it. */
    async salesOrderByHand(reference: string, does: 'delete' | 'void'): Promise<void> {
      const { salesOrders = [] } = await tables('zoho-inventory');
      const id = salesOrders.find((row) => row.reference_number === reference)?.salesorder_id;
      if (does === 'void')
        await byHand('zoho-inventory', 'POST', `/inventory/v1/salesorders/${id}/status/void`);
      else await sandbox.act('zoho-inventory', { act: 'delete-order', order: id });
    },

    /** Somebody makes the invoice of a sales order, and sends it. */
    async invoiceByHand(reference: string): Promise<void> {
      const { salesOrders = [] } = await tables('zoho-inventory');
      const row = salesOrders.find((one) => one.reference_number === reference);
      const lines = ((row?.lines ?? []) as Row[]).map((line) => ({
        ...{ item_id: line.item_id, quantity: line.quantity, rate: line.rate, tax_id: line.tax_id },
        salesorder_item_id: line.line_item_id,
      }));
      await byHand('zoho-books', 'POST', '/books/v3/invoices', {
        customer_id: row?.customer_id,
        is_inclusive_tax: true,
        notes: `À la main ${reference}`,
        line_items: lines,
      });
      const { invoices = [] } = await tables('zoho-books');
      const made = invoices.find(({ notes }) => notes === `À la main ${reference}`);
      await byHand('zoho-books', 'POST', `/books/v3/invoices/${made?.invoice_id}/status/sent`);
    },

    /** Another program makes the invoice of an order, with a line of text. */
    async invoiceOfText(reference: string, rate: number): Promise<void> {
      const { contacts = [] } = await tables('zoho-books');
      await byHand('zoho-books', 'POST', '/books/v3/invoices', {
        customer_id: contacts.find(({ currency_id: id }) => id === currencyByCode('EUR').currency_id)
          ?.contact_id,
        reference_number: reference,
        line_items: [{ name: 'Commande', rate, quantity: 1 }],
      });
    },

    /** Invoices that were made since the shop opened, oldest first. */
    async booked(): Promise<BookedOrder[]> {
      const { invoices = [], comments = [], contacts = [] } = await tables('zoho-books');
      return invoices
        .filter(({ invoice_id: id }) => !before.has(id))
        .map((row) => ({
          reference: String(row.reference_number),
          status: String(row.set),
          customer: String(contacts.find(({ contact_id: id }) => id === row.customer_id)?.contact_name),
          currency: currencyById(String(row.currency_id))?.currency_code ?? '',
          total: Number(row.totalMinor),
          tax: Number(row.taxMinor),
          paid: Number(row.paidMinor),
          adjustment: Number(row.adjustmentMinor ?? 0),
          lines: (row.lines as Row[]).map(({ name, rate, quantity, tax_id: tax }) => ({
            name: String(name),
            rate: Number(rate),
            quantity: Number(quantity),
            tax: String(tax),
          })),
          comments: comments
            .filter((one) => one.invoice_id === row.invoice_id && one.comment_type === 'internal')
            .map((one) => String(one.description)),
        }));
    },

    /** Sales orders that were made in Inventory since the shop opened, oldest first. */
    async entered(): Promise<EnteredOrder[]> {
      const { salesOrders = [], items = [] } = await tables('zoho-inventory');
      const { contacts = [] } = await tables('zoho-books');
      const skuOf = (id: unknown) => items.find((item) => item.item_id === id)?.sku ?? null;
      return salesOrders
        .filter(({ salesorder_id: id }) => !enteredBefore.has(id))
        .map((row) => ({
          id: String(row.salesorder_id),
          number: String(row.salesorder_number),
          reference: String(row.reference_number),
          status: String(row.set),
          customer: String(contacts.find(({ contact_id: id }) => id === row.customer_id)?.contact_name),
          total: Number(row.totalMinor),
          lines: (row.lines as Row[]).map(({ item_id: item, name, quantity, rate }) => ({
            sku: skuOf(item) as string | null,
            name: String(name),
            quantity: Number(quantity),
            rate: Number(rate),
          })),
        }));
    },

    /** Pieces of an item that are there, and those that nobody has ordered. */
    async stock(sku: string): Promise<{ readonly hand: number; readonly free: number }> {
      const inventory = ways.get('zoho-inventory')?.open({});
      if (inventory === undefined) throw new Error('no way to zoho-inventory');
      const [item] = await zohoInventory.client(inventory).itemsBySku(sku);
      return { hand: Number(item?.onHand), free: Number(item?.free) };
    },

    /** Requests that reached a vendor since the shop opened. */
    calls: (): readonly string[] => calls,

    /** Contacts that were made in the CRM since the shop opened. */
    async people(): Promise<Row[]> {
      return (await contactTable()).contacts.filter(({ id }) => !known.has(id));
    },

    runs: (): Promise<Run[]> =>
      rig.database.query<Run>(`select state, record_label as label, summary, error from runs order by id`),

    async close(): Promise<void> {
      await rig.close();
      await sandbox.close();
    },
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
