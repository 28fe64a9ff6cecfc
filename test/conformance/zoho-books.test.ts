import type { ZohoBooksClient } from '../../server/connectors/zoho-books/client.ts';
import { zohoBooks } from '../../server/connectors/zoho-books/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let books: Connected<ZohoBooksClient>;

beforeAll(async () => {
  sandbox = await openSandbox('zoho-books');
  books = await sandbox.connect(zohoBooks);
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );

const currencyId = async (code: string): Promise<string> =>
  (await books.client.currencies()).find((currency) => currency.code === code)?.id ?? '';

describe('whose books they are', () => {
  it('says the organisation and its currency', () => {
    expect(books.account.name).toContain('Lumen');
    expect(books.account.facts).toMatchObject({ organisationId: books.account.id, currency: 'EUR' });
  });

  it('fails with reconnect when the token is no good', async () => {
    expect((await failureOf(sandbox.connect(zohoBooks, 'wrong'))).kind).toBe('reconnect');
  });
});

describe('customers', () => {
  it('are found by e-mail whatever its case, with their currency', async () => {
    const made = await books.client.createContact({
      name: 'Élodie Çelik',
      email: 'elodie.celik@example.com',
      personName: 'Élodie Çelik',
      currencyId: await currencyId('CHF'),
    });
    expect(made).toMatchObject({ name: 'Élodie Çelik', currency: 'CHF', isActive: true });
    expect((await books.client.contactsByEmail('Elodie.Celik@EXAMPLE.com')).map((one) => one.id)).toEqual([
      made.id,
    ]);
    expect((await books.client.contactsByName('Élodie Çelik')).map((one) => one.id)).toEqual([made.id]);
    expect(await books.client.contactsByEmail('nobody@example.com')).toEqual([]);
  });

  it('of a name that is taken are refused, saying so', async () => {
    const contact = {
      name: 'Unique SARL',
      email: null,
      personName: null,
      currencyId: await currencyId('EUR'),
    };
    await books.client.createContact(contact);
    const error = await failureOf(books.client.createContact(contact));
    expect([error.kind, error.details.field]).toEqual(['rejected', 'contact_name']);
    expect(error.details.sentence.fr).toContain('nom');
  });
});

describe('a payment', () => {
  it.each([
    ['EUR', '12500.50', '12500.5'],
    ['JPY', '120000', '120000'],
    ['USD', '0.10', '0.1'],
  ])('in %s of %s is booked to the last digit', async (currency, amount, read) => {
    const contact = await books.client.createContact({
      name: `Client ${currency}`,
      email: null,
      personName: null,
      currencyId: await currencyId(currency),
    });
    const reference = `pi_test_${currency}`;
    expect(await books.client.invoicesByReference(reference)).toEqual([]);
    const invoice = await books.client.createInvoice({
      customerId: contact.id,
      reference,
      date: '2026-11-23',
      dueDate: '2026-11-23',
      lines: [{ name: 'Paiement en ligne', rate: amount, quantity: 1 }],
    });
    expect(invoice).toMatchObject({ reference, status: 'draft', total: read, balance: read, currency });
    await books.client.markSent(invoice.id);
    expect((await books.client.invoicesByReference(reference)).map((one) => one.id)).toEqual([invoice.id]);

    expect(await books.client.paymentsByReference(reference)).toEqual([]);
    const payment = await books.client.createPayment({
      customerId: contact.id,
      invoiceId: invoice.id,
      amount,
      date: '2026-11-23',
      mode: 'Stripe',
      reference,
    });
    expect(await books.client.paymentsByReference(reference)).toEqual([payment]);
    expect(payment).toMatchObject({ amount: read, reference });
    expect(await books.client.invoice(invoice.id)).toMatchObject({ status: 'paid', balance: '0' });

    await books.client.addComment(invoice.id, 'Remboursement re_1');
    expect((await books.client.comments(invoice.id)).map((one) => one.text)).toContain('Remboursement re_1');
  });

  it('of an invoice that does not exist is gone', async () => {
    expect((await failureOf(books.client.invoice('999999'))).kind).toBe('gone');
  });
});

describe('faults', () => {
  afterEach(() => sandbox.fault('zoho-books', null));

  it('after the work was done leave a write that may have happened, and can be found', async () => {
    const contact = await books.client.createContact({
      name: 'Client incertain',
      email: null,
      personName: null,
      currencyId: await currencyId('EUR'),
    });
    await sandbox.fault('zoho-books', { commitThenFail: 'reset', count: 1 });
    const lines = [{ name: 'Paiement', rate: '10', quantity: 1 }];
    const wish = { customerId: contact.id, reference: 'pi_uncertain', date: '2026-11-23', lines };
    const error = await failureOf(books.client.createInvoice(wish));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
    expect(await books.client.invoicesByReference('pi_uncertain')).toHaveLength(1);
  });

  it('hidden in a 200 are failures', async () => {
    await sandbox.fault('zoho-books', { status: 200, body: { code: 9999, message: 'no' }, count: 1 });
    expect(await failureOf(books.client.currencies())).toMatchObject({
      kind: 'rejected',
      details: { vendorMessage: '9999: no' },
    });
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(books.exchanges)).toEqual(['www.zohoapis.eu']);
});
