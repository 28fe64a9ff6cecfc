import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { company } from '../company/index.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { issueAccessToken } from '../zoho-accounts/issue.ts';
import { zohoAccounts } from '../zoho-accounts/simulator.ts';
import { zohoBooks } from './simulator.ts';

interface Row extends Record<string, unknown> {
  contact_id: string;
  invoice_id: string;
  payment_id: string;
  invoice_number: string;
}
/** What some answer holds; each call holds some of it. */
interface Answer {
  code: number;
  message: string;
  contact: Row;
  contacts: Row[];
  invoice: Row;
  invoices: Row[];
  payment: Row;
  payments: Row[];
  customerpayments: Row[];
  payment_refunds: Row[];
  creditnote: Row;
  comments: Row[];
  currencies: { currency_code: string; currency_id: string }[];
  taxes: { tax_id: string; tax_percentage: number }[];
  chartofaccounts: { account_id: string; account_name: string }[];
  organizations: Row[];
  page_context: Row;
}
function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('It is not there.');
  return value;
}

let folder: string;
let sandbox: RunningSandbox;
let now = Date.UTC(2026, 10, 24, 9);
let token: string;

const SCOPES = ['contacts', 'invoices', 'customerpayments', 'creditnotes', 'settings', 'accountants'].map(
  (area) => `ZohoBooks.${area}.ALL`,
);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-books-'));
  now = Date.UTC(2026, 10, 24, 9);
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    record: join(folder, 'record.ndjson'),
    simulators: [zohoAccounts, zohoBooks],
    scenarios: [],
    clock: () => new Date(now),
  });
  token = tokenFor(SCOPES);
  await fetch(`${sandbox.url}/_sandbox/faults/zoho-books`, {
    method: 'PUT',
    body: JSON.stringify({ requestsPerMinute: 10_000 }),
  });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

function tokenFor(scopes: readonly string[]): string {
  const desk = sandbox.desk('zoho-accounts');
  return issueAccessToken(desk, { clientId: 'sandbox-zoho-books', user: 'hugo', scopes }, null).token;
}

async function call(method: string, path: string, body?: unknown, organization: string = company.zgid) {
  const url = new URL(`${sandbox.url}/zoho-books/books/v3${path}`);
  if (organization) url.searchParams.set('organization_id', organization);
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Zoho-oauthtoken ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer };
}

async function currency(code: string): Promise<string> {
  const { body } = await call('GET', '/settings/currencies');
  return present(body.currencies.find((one) => one.currency_code === code)).currency_id;
}

async function customer(code = 'EUR', name = `Cliente ${code}`): Promise<string> {
  const { status, body } = await call('POST', '/contacts', {
    contact_name: name,
    currency_id: await currency(code),
    contact_persons: [{ first_name: 'Ada', last_name: 'Nuñez', email: `ada.${code}@nunez.example` }],
  });
  expect(status).toBe(201);
  return body.contact.contact_id;
}

async function invoice(customer_id: string, rate: number, extra: object = {}): Promise<Row> {
  const { status, body } = await call('POST', '/invoices', {
    customer_id,
    line_items: [{ name: 'Paiement', rate, quantity: 1 }],
    ...extra,
  });
  expect([status, body.code]).toEqual([201, 0]);
  return body.invoice;
}

const payment = (customer_id: string, amount: number, invoices: object[] = [], extra: object = {}) => ({
  customer_id,
  amount,
  payment_mode: 'stripe',
  date: '2026-11-24',
  invoices,
  ...extra,
});

describe('amounts', () => {
  it.each([
    ['EUR', 12_500.1, 2],
    ['JPY', 49_900, 0],
    ['KWD', 4.321, 3],
  ])(
    '%s: an invoice paid to its last unit is paid, with nothing left over',
    async (code, amount, precision) => {
      const customer_id = await customer(code);
      const made = await invoice(customer_id, amount);
      expect(made).toMatchObject({
        currency_code: code,
        total: amount,
        balance: amount,
        status: 'draft',
        price_precision: precision,
      });
      const { status, body } = await call(
        'POST',
        '/customerpayments',
        payment(customer_id, amount, [{ invoice_id: made.invoice_id, amount_applied: amount }]),
      );
      expect(status).toBe(201);
      expect(body.payment).toMatchObject({
        amount,
        invoices: [{ balance_amount: 0, amount_applied: amount }],
      });
      const after = await call('GET', `/invoices/${made.invoice_id}`);
      expect(after.body.invoice).toMatchObject({ status: 'paid', balance: 0, payment_made: amount });
    },
  );

  it('sums of lines and taxes add up to the cent', async () => {
    const { body } = await call('GET', '/settings/taxes');
    const { tax_id } = present(body.taxes.find((one) => one.tax_percentage === 5.5));
    const customer_id = await customer();
    const { body: made } = await call('POST', '/invoices', {
      customer_id,
      line_items: [
        { name: 'Tiers', rate: 33.335, quantity: 3, tax_id },
        { name: 'Dixième', rate: 0.1, quantity: 3 },
      ],
    });
    expect(made.invoice).toMatchObject({ sub_total: 100.31, tax_total: 5.5, total: 105.81 });
  });

  it('the yen has no fraction, in payments either', async () => {
    const customer_id = await customer('JPY');
    const made = await invoice(customer_id, 1000.4);
    expect(made.total).toBe(1000);
    const { status, body } = await call('POST', '/customerpayments', payment(customer_id, 999.5));
    expect([status, body.code]).toEqual([400, 2]);
  });
});

describe('payments', () => {
  it('more than the balance is refused, and changes nothing', async () => {
    const customer_id = await customer();
    const { invoice_id } = await invoice(customer_id, 100);
    const applied = { invoice_id, amount_applied: 100.01 };
    const { status, body } = await call('POST', '/customerpayments', payment(customer_id, 100.01, [applied]));
    expect([status, body.code]).toEqual([400, 24016]);
    const after = await call('GET', `/invoices/${invoice_id}`);
    expect(after.body.invoice).toMatchObject({ balance: 100, status: 'draft' });
    const { body: list } = await call('GET', `/customerpayments?customer_id=${customer_id}`);
    expect(list.customerpayments).toEqual([]);
  });

  it('a part leaves the rest due, and the rest pays', async () => {
    const customer_id = await customer();
    const { invoice_id } = await invoice(customer_id, 90, { date: '2026-11-24', due_date: '2026-12-24' });
    const half = [{ invoice_id, amount_applied: 45 }];
    await call('POST', '/customerpayments', payment(customer_id, 45, half, { reference_number: 'pi_1' }));
    const { body } = await call('GET', `/invoices/${invoice_id}`);
    expect(body.invoice).toMatchObject({
      status: 'partially_paid',
      balance: 45,
      last_payment_date: '2026-11-24',
    });
    await call('POST', '/customerpayments', payment(customer_id, 45, half, { reference_number: 'pi_2' }));
    const paid = await call('GET', `/invoices?customer_id=${customer_id}&status=paid`);
    expect(paid.body.invoices).toHaveLength(1);
    const own = await call('GET', `/invoices/${invoice_id}/payments`);
    expect(own.body.payments.map((one) => one.reference_number)).toEqual(['pi_1', 'pi_2']);
    const found = await call('GET', '/customerpayments?reference_number=pi_2');
    expect(found.body.customerpayments).toHaveLength(1);
  });

  it('a refused change of one leaves everything as it was', async () => {
    const customer_id = await customer();
    const { invoice_id } = await invoice(customer_id, 90);
    const wish = payment(customer_id, 45, [{ invoice_id, amount_applied: 45 }]);
    const { body } = await call('POST', '/customerpayments', wish);
    const path = `/customerpayments/${body.payment.payment_id}`;
    const seen = async () => [
      (await call('GET', path)).body.payment,
      (await call('GET', `/invoices/${invoice_id}`)).body.invoice,
      (await call('GET', `/invoices/${invoice_id}/comments`)).body.comments,
    ];
    const before = await seen();
    const modified = (await call('GET', `/invoices/${invoice_id}`)).body.invoice.last_modified_time;
    now += 60_000;
    const over = payment(customer_id, 95, [{ invoice_id, amount_applied: 95 }]);
    expect((await call('PUT', path, over)).status).toBe(400);
    expect((await call('PUT', path, { ...wish, bank_charges: 46 })).status).toBe(400);
    expect(await seen()).toEqual(before);
    expect((await call('PUT', path, { ...wish, bank_charges: 1 })).status).toBe(200);
    const after = await call('GET', `/invoices/${invoice_id}`);
    expect(after.body.invoice.last_modified_time).not.toBe(modified);
  });

  it('comes into an account that money lies in', async () => {
    const customer_id = await customer();
    const { body } = await call('GET', '/chartofaccounts');
    const idOf = (name: string) =>
      present(body.chartofaccounts.find((one) => one.account_name === name)).account_id;
    const into = async (account_id: string) => {
      const answer = await call('POST', '/customerpayments', payment(customer_id, 10, [], { account_id }));
      return [answer.status, answer.body.code];
    };
    expect(await into(idOf('Stripe'))).toEqual([201, 0]);
    for (const other of [idOf('Frais bancaires'), idOf('Clients'), '1'])
      expect(await into(other)).toEqual([400, 2]);
  });

  it('what was paid beyond the invoice can be refunded, and no more', async () => {
    const customer_id = await customer();
    const { invoice_id } = await invoice(customer_id, 60);
    const { body } = await call(
      'POST',
      '/customerpayments',
      payment(customer_id, 80, [{ invoice_id, amount_applied: 60 }]),
    );
    const accounts = await call('GET', '/chartofaccounts');
    const { account_id } = present(
      accounts.body.chartofaccounts.find((one) => one.account_name === 'Stripe'),
    );
    const refunds = `/customerpayments/${body.payment.payment_id}/refunds`;
    const refund = { date: '2026-11-24', from_account_id: account_id, reference_number: 're_1' };
    expect((await call('POST', refunds, { ...refund, amount: 20.01 })).status).toBe(400);
    expect((await call('POST', refunds, { ...refund, amount: 20 })).status).toBe(201);
    expect((await call('POST', refunds, { ...refund, amount: 0.01 })).status).toBe(400);
    const list = await call('GET', refunds);
    expect(list.body.payment_refunds).toMatchObject([{ amount_fcy: 20, reference_number: 're_1' }]);
  });
});

describe('contacts', () => {
  it('are found by the e-mail of any of their people, whatever the letter case', async () => {
    const contact_id = await customer();
    const person = { contact_id, first_name: 'Bo', email: 'Bo@Nunez.example' };
    expect((await call('POST', '/contacts/contactpersons', person)).status).toBe(201);
    for (const filter of [
      'email=bo@nunez.EXAMPLE',
      'email_contains=bo@nunez',
      'contact_name=cliente%20eur',
    ]) {
      const { body } = await call('GET', `/contacts?${filter}`);
      expect(body.contacts.map((one) => one.contact_id)).toEqual([contact_id]);
    }
    expect((await call('GET', '/contacts?email=nobody@nunez.example')).body.contacts).toEqual([]);
  });

  it('keep their names unique', async () => {
    await customer();
    const { status, body } = await call('POST', '/contacts', { contact_name: 'CLIENTE eur' });
    expect([status, body.code]).toEqual([400, 3062]);
  });

  it('come in pages that say whether there is more', async () => {
    const { body } = await call('GET', '/contacts?per_page=4');
    expect(body.contacts).toHaveLength(4);
    expect(body.page_context).toMatchObject({ page: 1, per_page: 4, has_more_page: true });
    const last = await call('GET', '/contacts?per_page=4&page=2');
    expect(last.body.contacts).toHaveLength(2);
    expect(last.body.page_context.has_more_page).toBe(false);
  });
});

describe('invoices', () => {
  it('are numbered without a gap, refused ones aside', async () => {
    const customer_id = await customer();
    const first = await invoice(customer_id, 1);
    const refused = await call('POST', '/invoices', {
      customer_id,
      line_items: [{ name: 'x', rate: 'abc' }],
    });
    expect([refused.status, refused.body.code]).toEqual([400, 2]);
    const second = await invoice(customer_id, 1);
    const number = (one: Row): number => Number(/^INV-(\d{6})$/.exec(one.invoice_number)?.[1]);
    expect(number(second)).toBe(number(first) + 1);
  });

  it('are found by their reference', async () => {
    const customer_id = await customer();
    const made = await invoice(customer_id, 5, { reference_number: 'pi_3Qx' });
    const { body } = await call('GET', '/invoices?reference_number=pi_3Qx');
    expect(body.invoices.map((one) => one.invoice_id)).toEqual([made.invoice_id]);
    expect((await call('GET', '/invoices?reference_number=pi_3Q')).body.invoices).toEqual([]);
  });

  it('keep to the currency of the customer', async () => {
    const customer_id = await customer('JPY');
    const line_items = [{ name: 'x', rate: 5 }];
    const { status, body } = await call('POST', '/invoices', {
      customer_id,
      line_items,
      currency_id: await currency('EUR'),
    });
    expect(status).toBe(400);
    expect(body.code).not.toBe(0);
  });

  it('name what is missing', async () => {
    const customer_id = await customer();
    expect((await call('POST', '/invoices', { customer_id })).body).toMatchObject({ code: 4 });
    expect((await call('POST', '/invoices', { line_items: [] })).body.message).toMatch('customer_id');
    expect((await call('POST', '/invoices', { customer_id: '1', line_items: [] })).body).toMatchObject({
      code: 1002,
    });
    expect((await call('GET', '/invoices/1')).status).toBe(404);
  });

  it('take remarks, and remember what happened to them', async () => {
    const { invoice_id } = await invoice(await customer(), 10);
    await call('POST', `/invoices/${invoice_id}/status/sent`);
    await call('POST', `/invoices/${invoice_id}/comments`, { description: 'Remboursé : 4,00 €' });
    const { body } = await call('GET', `/invoices/${invoice_id}/comments`);
    expect(body.comments.map((one) => one.comment_type)).toEqual(['system', 'system', 'internal']);
  });

  it('are credited by a credit note', async () => {
    const customer_id = await customer();
    const { invoice_id } = await invoice(customer_id, 30);
    const { status, body } = await call('POST', `/creditnotes?invoice_id=${invoice_id}`, {
      customer_id,
      creditnote_number: 'AV-1',
      date: '2026-11-24',
      line_items: [{ name: 'Avoir', rate: 12 }],
    });
    expect(status).toBe(201);
    expect(body.creditnote).toMatchObject({ total: 12, balance: 0, status: 'closed' });
    expect((await call('GET', `/invoices/${invoice_id}`)).body.invoice.balance).toBe(18);
  });
});

describe('the door', () => {
  it('wants the organisation on every call but those that ask for it', async () => {
    expect((await call('GET', '/contacts', undefined, '')).body.code).toBe(6);
    expect((await call('GET', '/contacts', undefined, '123')).body.code).toBe(6041);
    expect((await call('GET', '/organizations', undefined, '')).body.organizations).toHaveLength(1);
  });

  it('refuses a token that is unknown, or for something else', async () => {
    token = tokenFor(['ZohoBooks.contacts.READ']);
    expect((await call('GET', '/contacts')).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/contacts'],
      ['GET', '/invoices'],
    ] as const) {
      const { status, body } = await call(method, path, method === 'POST' ? {} : undefined);
      expect([status, body.code]).toEqual([401, 57]);
    }
    token = 'none';
    expect((await call('GET', '/contacts')).status).toBe(401);
  });

  it('closes after a hundred calls in a minute, and opens with the next', async () => {
    await fetch(`${sandbox.url}/_sandbox/faults/zoho-books`, { method: 'DELETE' });
    now += 60_000;
    for (let count = 0; count < 100; count += 1)
      expect((await call('GET', '/settings/taxes')).status).toBe(200);
    const { status, headers, body } = await call('GET', '/settings/taxes');
    expect([status, body.code]).toEqual([429, 44]);
    expect(headers.get('x-rate-limit-remaining')).toBe('0');
    expect(headers.get('x-rate-limit-limit')).toBe('100');
    now += 60_000;
    expect((await call('GET', '/settings/taxes')).status).toBe(200);
  });
});

it('every committed write stands in the ledger once, with its reference', async () => {
  const customer_id = await customer();
  const { invoice_id } = await invoice(customer_id, 7, { reference_number: 'pi_7' });
  const applied = [{ invoice_id, amount_applied: 7 }];
  await call('POST', '/customerpayments', payment(customer_id, 7, applied, { reference_number: 'pi_7' }));
  await call('POST', '/customerpayments', payment(customer_id, 7, applied, { reference_number: 'pi_7' }));
  const answer = await fetch(`${sandbox.url}/_sandbox/ledger`);
  const { entries } = (await answer.json()) as { entries: Record<string, unknown>[] };
  expect(entries.map((one) => [one.object, one.action, one.marker])).toEqual([
    ['contact', 'create', 'ada.EUR@nunez.example'],
    ['invoice', 'create', 'pi_7'],
    ['customerpayment', 'create', 'pi_7'],
  ]);
});

it('records each exchange under its real address', async () => {
  await customer();
  const lines = readFileSync(join(folder, 'record.ndjson'), 'utf8').trim().split('\n');
  const { vendor, url } = JSON.parse(lines.at(-1) ?? '');
  expect([vendor, url]).toEqual([
    'zoho-books',
    `https://www.zohoapis.eu/books/v3/contacts?organization_id=${company.zgid}`,
  ]);
});
