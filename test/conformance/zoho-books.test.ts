import type { ZohoBooksClient } from '../../server/connectors/zoho-books/client.ts';
import { zohoBooks } from '../../server/connectors/zoho-books/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let books: Connected<ZohoBooksClient>;

beforeAll(async () => {
  sandbox = await openSandbox('zoho-books', {
    only: ['zoho-accounts', 'zoho-crm', 'zoho-books'],
    limitFactor: 1_000,
  });
  // The sandbox sets no limits here; ours would only make the tests wait.
  books = await sandbox.connect({ ...zohoBooks, budgets: [] });
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

/** Accounts in the sandbox's Books. */
const STRIPE = '48760000000000305';
const BANK = '48760000000000303';
const RECEIVABLE = '48760000000000301';
const COSTS = '48760000000000313';

describe('what goes back, and what is kept', () => {
  const paid = async (name: string) => {
    const { id: customerId } = await books.client.createContact({
      name,
      email: null,
      personName: null,
      currencyId: await currencyId('EUR'),
    });
    const invoice = await books.client.createInvoice({
      customerId,
      reference: `pi_${name}`,
      date: '2026-11-23',
      lines: [{ name: 'Paiement', rate: '100', quantity: 1 }],
    });
    await books.client.markSent(invoice.id);
    const payment = await books.client.createPayment({
      customerId,
      invoiceId: invoice.id,
      amount: '100',
      date: '2026-11-23',
      mode: 'Stripe',
      reference: `pi_${name}`,
      accountId: STRIPE,
    });
    return { customerId, invoice, payment };
  };
  const rejected = async (work: Promise<unknown>) => expect((await failureOf(work)).kind).toBe('rejected');

  it('is a credit note with its refund, never of more than is left, and from an account that money lies in', async () => {
    const { customerId, invoice } = await paid('avoir');
    const note = await books.client.createCreditNote({
      customerId,
      number: `${invoice.number}-1`,
      reference: 're_1',
      date: '2026-11-24',
      lines: [{ name: 'Remboursement', rate: '30', quantity: 1 }],
    });
    expect(note).toMatchObject({ status: 'open', total: '30', balance: '30' });
    expect(await books.client.creditNotesByReference('re_1')).toEqual([note]);
    expect(await books.client.creditNotesByReference('re_2')).toEqual([]);
    expect(
      (
        await failureOf(
          books.client.createCreditNote({
            customerId,
            number: `${invoice.number}-1`,
            reference: 're_1',
            date: '2026-11-24',
            lines: [{ name: 'Remboursement', rate: '30', quantity: 1 }],
          }),
        )
      ).kind,
    ).toBe('conflict');
    const refund = {
      creditNoteId: note.id,
      amount: '30',
      date: '2026-11-24',
      mode: 'Stripe',
      reference: 're_1',
    };
    await rejected(books.client.refundCreditNote({ ...refund, accountId: RECEIVABLE }));
    await rejected(books.client.refundCreditNote({ ...refund, amount: '30.01', accountId: STRIPE }));
    const made = await books.client.refundCreditNote({ ...refund, accountId: STRIPE });
    expect(await books.client.refundsOfCreditNote(note.id)).toEqual([{ id: made.id, reference: 're_1' }]);
    expect(await books.client.creditNote(note.id)).toMatchObject({ status: 'closed', balance: '0' });
    await books.client.deleteCreditRefund(note.id, made.id);
    expect(await books.client.creditNote(note.id)).toMatchObject({ status: 'open', balance: '30' });
    expect((await failureOf(books.client.deleteCreditRefund(note.id, made.id))).kind).toBe('gone');
    expect(await books.client.invoice(invoice.id)).toMatchObject({ status: 'paid', total: '100' });
  });

  it('is added to a payment, which stays as it is otherwise', async () => {
    const { payment, invoice } = await paid('frais');
    const before = await books.client.payment(payment.id);
    expect(before).toMatchObject({ bankCharges: '0', amount: '100' });
    await rejected(books.client.chargePayment(before, '100.01'));
    expect(await books.client.payment(payment.id)).toEqual(before);
    await books.client.chargePayment(before, '1.75');
    expect(await books.client.payment(payment.id)).toEqual({ ...before, bankCharges: '1.75' });
    expect(await books.client.invoice(invoice.id)).toMatchObject({ status: 'paid', balance: '0' });
  });

  it('is an expense in an account of costs, found by its reference', async () => {
    const expense = {
      accountId: COSTS,
      paidFromId: STRIPE,
      amount: '1.63',
      currencyId: await currencyId('EUR'),
      date: '2026-11-23',
      reference: 'txn_1',
      description: 'Frais',
    };
    await rejected(books.client.createExpense({ ...expense, accountId: STRIPE }));
    await rejected(books.client.createExpense({ ...expense, paidFromId: COSTS }));
    const made = await books.client.createExpense(expense);
    expect(await books.client.expensesByReference('txn_1')).toEqual([made]);
    expect(await books.client.expensesByReference('txn_2')).toEqual([]);
  });

  it('and what goes to the bank is a transfer between two accounts that money lies in', async () => {
    const transfer = {
      fromId: STRIPE,
      toId: BANK,
      amount: '98.25',
      currencyId: await currencyId('EUR'),
      date: '2026-11-25',
      reference: 'po_1',
      description: 'Virement',
    };
    await rejected(books.client.createTransfer({ ...transfer, toId: STRIPE }));
    await rejected(books.client.createTransfer({ ...transfer, toId: COSTS }));
    await rejected(books.client.createTransfer({ ...transfer, currencyId: await currencyId('USD') }));
    const made = await books.client.createTransfer(transfer);
    expect(await books.client.transfersByReference(STRIPE, 'po_1')).toEqual([made]);
    expect(await books.client.transfersByReference(BANK, 'po_1')).toEqual([made]);
    expect(await books.client.transfersByReference(STRIPE, 'po_2')).toEqual([]);
  });

  it('goes by the accounts of the books', async () => {
    const accounts = await books.client.accounts();
    expect(accounts.find(({ id }) => id === STRIPE)).toMatchObject({ type: 'bank', isActive: true });
    expect(accounts.find(({ id }) => id === COSTS)).toMatchObject({ type: 'expense' });
  });

  it('by the taxes of its invoice', async () => {
    const { customerId } = await paid('taxes');
    const tax = (await books.client.taxes()).find(({ percent }) => percent === 20);
    const lines = [
      { name: 'Affiche', rate: '60', quantity: 2, ...(tax === undefined ? {} : { taxId: tax.id }) },
      { name: 'Don', rate: '30', quantity: 1 },
    ];
    const wish = { customerId, reference: 'pi_taxed', date: '2026-11-23', lines };
    const { id } = await books.client.createInvoice(wish);
    expect(await books.client.taxedParts(id)).toEqual([
      { taxId: tax?.id, weight: 120 },
      { taxId: null, weight: 30 },
    ]);
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
