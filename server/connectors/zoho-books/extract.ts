import { z } from 'zod';
import { LiaisonError } from '../../core/errors.ts';
import { type Money, roundedMoneyOf } from '../../core/money.ts';
import type {
  BookedEntry,
  BooksExtract,
  BooksOffer,
  DaySpan,
  ExtractWish,
} from '../../core/reconciliation/books.ts';
import type { OnRead } from '../../core/reconciliation/statement.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { amountSchema } from '../families/zoho/amounts.ts';
import type { BooksCall } from './api.ts';
import type { ZohoBooksClient } from './client.ts';
import { type ListedExpense, listedExpenseSchema } from './listed-expense.ts';

/** The most that Books lists at once. https://www.zoho.com/books/api/v3/introduction/#pagination */
const PAGE = 200;
/** Bounds one reading of a list: 40,000 documents. */
const MOST_PAGES = 200;

const paymentSchema = z.object({
  payment_id: z.string(),
  date: z.string(),
  amount: amountSchema,
  invoice_number: z.string().nullish(),
  customer_id: z.string().nullish(),
  customer_name: z.string().nullish(),
  reference_number: z.string().nullish(),
  currency_code: z.string().nullish(),
  last_modified_time: z.string().nullish(),
});
const invoiceSchema = z.object({
  invoice_id: z.string(),
  invoice_number: z.string().catch(''),
  status: z.string(),
  reference_number: z.string().nullish(),
  currency_code: z.string().nullish(),
});
const creditSchema = z.object({
  creditnote_id: z.string(),
  date: z.string(),
  total: amountSchema,
  status: z.string().catch(''),
  customer_id: z.string().nullish(),
  customer_name: z.string().nullish(),
  reference_number: z.string().nullish(),
  currency_code: z.string().nullish(),
});

/** As the list of an account's transactions has them: it says which side the account is on, and may leave the other one out. */
const transferSchema = z.object({
  transaction_id: z.string(),
  date: z.string(),
  amount: amountSchema,
  currency_code: z.string().nullish(),
  reference_number: z.string().nullish(),
  from_account_id: z.string().nullish(),
  to_account_id: z.string().nullish(),
  debit_or_credit: z.string().nullish(),
});

export type ListedTransfer = z.infer<typeof transferSchema>;
export type ListedPayment = z.infer<typeof paymentSchema>;
export type ListedInvoice = z.infer<typeof invoiceSchema>;
export type ListedCredit = z.infer<typeof creditSchema>;

interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly isPart: boolean;
}

/** Lists of documents as they are read for a reconciliation: 200 at a time. */
export function extractCalls(call: BooksCall) {
  /** Pages until one is not full, or `isOver` says that what is looked for has passed. */
  async function listed<Schema extends z.ZodType>(
    list: { readonly path: string; readonly root: string; readonly schema: Schema },
    query: Readonly<Record<string, string | number>>,
    onRead: OnRead,
    isOver: (row: z.infer<Schema>) => boolean = () => false,
  ): Promise<Listed<z.infer<Schema>>> {
    const rows: z.infer<Schema>[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const found = await call(
        { path: list.path, query: { ...query, page, per_page: PAGE } },
        list.root,
        z.array(list.schema),
      );
      rows.push(...found);
      await onRead(found.length);
      const last = found.at(-1);
      if (last === undefined || found.length < PAGE || isOver(last)) return { rows, isPart: false };
    }
    return { rows, isPart: true };
  }
  const byDay = { sort_column: 'date', sort_order: 'D' };

  return {
    /** Payments of these days, and later ones: Books has no filter for their days, so that the latest are read first. */
    paymentsSince: (from: string, onRead: OnRead): Promise<Listed<ListedPayment>> =>
      listed(
        { path: '/customerpayments', root: 'customerpayments', schema: paymentSchema },
        byDay,
        onRead,
        ({ date }) => date < from,
      ),

    invoicesOfDays: ({ from, to }: DaySpan, onRead: OnRead): Promise<Listed<ListedInvoice>> =>
      listed(
        { path: '/invoices', root: 'invoices', schema: invoiceSchema },
        { ...byDay, date_start: from, date_end: to },
        onRead,
      ),

    creditsSince: (from: string, onRead: OnRead): Promise<Listed<ListedCredit>> =>
      listed(
        { path: '/creditnotes', root: 'creditnotes', schema: creditSchema },
        byDay,
        onRead,
        ({ date }) => date < from,
      ),

    expensesOfDays: ({ from, to }: DaySpan, onRead: OnRead): Promise<Listed<ListedExpense>> =>
      listed(
        { path: '/expenses', root: 'expenses', schema: listedExpenseSchema },
        { ...byDay, date_start: from, date_end: to },
        onRead,
      ),

    /** Transfers of an account of these days, and later ones. */
    transfersSince: (accountId: string, from: string, onRead: OnRead): Promise<Listed<ListedTransfer>> =>
      listed(
        { path: '/banktransactions', root: 'banktransactions', schema: transferSchema },
        { account_id: accountId, transaction_type: 'transfer_fund', ...byDay },
        onRead,
        ({ date }) => date < from,
      ),

    async listedPaymentsByReference(reference: string): Promise<ListedPayment[]> {
      const query = { reference_number: reference };
      return call({ path: '/customerpayments', query }, 'customerpayments', z.array(paymentSchema));
    },
  };
}

async function extract(
  client: ZohoBooksClient,
  days: DaySpan,
  { credits, expenses }: ExtractWish,
  onRead: OnRead,
): Promise<BooksExtract> {
  const currencies = new Set((await client.currencies()).map(({ code }) => code));
  const payments = await client.paymentsSince(days.from, onRead);
  const invoices = await client.invoicesOfDays(days, onRead);
  const credited = credits ? await client.creditsSince(days.from, onRead) : { rows: [], isPart: false };
  const spent = expenses ? await client.expensesOfDays(days, onRead) : { rows: [], isPart: false };
  const byNumber = new Map(invoices.rows.map((invoice) => [invoice.invoice_number, invoice]));
  const isWithin = ({ date }: { readonly date: string }): boolean => date >= days.from && date <= days.to;
  return {
    entries: [
      ...payments.rows.filter(isWithin).map((payment) => paymentEntry(payment, byNumber)),
      ...credited.rows
        .filter((credit) => isWithin(credit) && credit.status !== 'void' && credit.status !== 'draft')
        .map(creditEntry),
      // Without a currency one is nobody's fee that Liaison recorded, and is not looked at.
      ...spent.rows.filter(({ currency_code }) => currency_code).map(expenseEntry),
    ],
    voided: new Map(
      invoices.rows.flatMap((invoice) =>
        invoice.status === 'void' && invoice.reference_number
          ? [[invoice.reference_number, invoice.invoice_id] as const]
          : [],
      ),
    ),
    currencies,
    isPart: payments.isPart || invoices.isPart || credited.isPart || spent.isPart,
  };
}

/** What Books leaves out of its list of payments, their one invoice says. */
function paymentEntry(payment: ListedPayment, byNumber: ReadonlyMap<string, ListedInvoice>): BookedEntry {
  const invoice = byNumber.get(payment.invoice_number ?? '');
  return entryOf(
    {
      id: payment.payment_id,
      kind: 'payment',
      reference: payment.reference_number ?? invoice?.reference_number ?? '',
      day: payment.date,
      customerId: payment.customer_id ?? null,
      who: payment.customer_name ?? '',
      object: 'zohoBooks.payments',
      ...changedAt(payment.last_modified_time),
    },
    payment.amount,
    payment.currency_code || invoice?.currency_code || null,
  );
}

/** Books writes offsets without a colon: `2026-11-23T10:00:00+0100`. */
function changedAt(time: string | null | undefined): { changedAt?: string } {
  const at = Date.parse((time ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? {} : { changedAt: new Date(at).toISOString() };
}

const expenseEntry = (expense: ListedExpense): BookedEntry =>
  entryOf(
    {
      id: expense.expense_id,
      kind: 'expense',
      reference: expense.reference_number ?? '',
      day: expense.date,
      customerId: null,
      who: '',
      object: 'zohoBooks.expenses',
    },
    expense.total,
    expense.currency_code || null,
  );

const creditEntry = (credit: ListedCredit): BookedEntry =>
  entryOf(
    {
      id: credit.creditnote_id,
      kind: 'credit',
      reference: credit.reference_number ?? '',
      day: credit.date,
      customerId: credit.customer_id ?? null,
      who: credit.customer_name ?? '',
      object: 'zohoBooks.creditNotes',
    },
    credit.total,
    credit.currency_code || null,
  );

function entryOf(
  entry: Omit<BookedEntry, 'minor' | 'currency'>,
  amount: string,
  currency: string | null,
): BookedEntry {
  if (currency === null)
    throw new LiaisonError('unknown', {
      sentence: {
        en: 'Zoho Books does not say in which currency a payment is, so that nothing can be compared. Open its payments there, then check again.',
        fr: 'Zoho Books ne dit pas dans quelle devise est un paiement\u00a0: rien ne peut être comparé. Ouvrez-y ses paiements, puis vérifiez de nouveau.',
      },
      vendorMessage: `${entry.object} ${entry.id} has no currency`,
    });
  return { ...entry, ...roundedMoneyOf(amount, currency) };
}

type AnyTransfer = Pick<
  ListedTransfer,
  'transaction_id' | 'date' | 'amount' | 'currency_code' | 'reference_number'
>;

const transferEntry = (transfer: AnyTransfer, between: BookedEntry['between'] | null): BookedEntry =>
  entryOf(
    {
      id: transfer.transaction_id,
      kind: 'transfer',
      reference: transfer.reference_number ?? '',
      day: transfer.date,
      ...(between ? { between } : {}),
      customerId: null,
      who: '',
      object: 'zohoBooks.transfers',
    },
    transfer.amount,
    transfer.currency_code || null,
  );

/** A debit is what reaches the account. */
function betweenOf(
  { from_account_id: from, to_account_id: to, debit_or_credit: side }: ListedTransfer,
  accountId: string,
): BookedEntry['between'] | null {
  if (from && to) return { from, to };
  if (side !== 'debit' && side !== 'credit') return null;
  return side === 'debit' ? { from: '', to: accountId } : { from: accountId, to: '' };
}

export const books: BooksOffer<ZohoBooksClient> = {
  document: 'zohoBooks.invoices',
  extract,
  async transfer(client, id) {
    const found = await client.transfer(id);
    if (found === null) return null;
    const { from_account_id: from, to_account_id: to } = found;
    return transferEntry(found, from && to ? { from, to } : null);
  },
  async transfersOf(client, accountId, { from, to }, onRead) {
    const { rows } = await client.transfersSince(accountId, from, onRead);
    return rows
      .filter(({ date, currency_code }) => date >= from && date <= to && currency_code)
      .map((row) => transferEntry(row, betweenOf(row, accountId)));
  },
  async expense(client, id) {
    const found = await client.expense(id);
    return found === null ? null : expenseEntry(found);
  },
  async bankCharges(client, paymentId): Promise<Money | null> {
    const found = await ifGone(() => client.payment(paymentId), null);
    if (found === null) return null;
    return roundedMoneyOf(found.bankCharges, found.currency);
  },
  async byReference(client, reference) {
    const found = await client.listedPaymentsByReference(reference);
    return found
      .filter((payment) => (payment.reference_number ?? reference) === reference && payment.currency_code)
      .map((payment) => paymentEntry({ ...payment, reference_number: reference }, new Map()));
  },
};
