import type { Books } from './books.ts';
import { balanceOf } from './invoice-view.ts';
import type { ExpenseRow, InvoiceRow, PaymentRow, TransferRow } from './rows.ts';

/** What somebody changes of a payment; what is absent stays. */
export interface PaymentEdit {
  readonly amountMinor?: number | undefined;
  /** `2026-11-23` */
  readonly date?: string | undefined;
  readonly reference?: string | undefined;
}

/** @throws Error for a payment that the books do not have. */
function heldPayment(books: Books, id: string): PaymentRow {
  const payment = books.payments.get(id);
  if (payment === undefined) throw new Error(`Zoho Books has no payment ${id}.`);
  return payment;
}

function heldInvoice(books: Books, id: string): InvoiceRow {
  const invoice = books.invoices.get(id);
  if (invoice === undefined) throw new Error(`Zoho Books has no invoice ${id}.`);
  return invoice;
}

/** Takes so much more, or less, of an invoice's balance. */
function pay(books: Books, invoiceId: string, minor: number): void {
  const invoice = books.invoices.get(invoiceId);
  if (invoice !== undefined)
    books.invoices.put(invoiceId, {
      ...invoice,
      paidMinor: invoice.paidMinor + minor,
      modified: books.now(),
    });
}

/** Somebody edits a payment in Books: what it pays of its invoices is never more than it is. */
export function editPayment(books: Books, id: string, edit: PaymentEdit): PaymentRow {
  const before = heldPayment(books, id);
  const amountMinor = edit.amountMinor ?? before.amountMinor;
  let left = amountMinor;
  const applied = before.applied.map((one) => {
    const minor = Math.min(one.minor, left);
    left -= minor;
    pay(books, one.invoice_id, minor - one.minor);
    return { ...one, minor };
  });
  const edited = {
    ...before,
    amountMinor,
    applied,
    date: edit.date ?? before.date,
    reference_number: edit.reference ?? before.reference_number,
    modified: books.now(),
  };
  books.payments.put(id, edited);
  return edited;
}

/** Somebody edits a transfer between two accounts. @throws Error for one that the books do not have. */
export function editTransfer(
  books: Books,
  id: string,
  edit: PaymentEdit & { readonly from?: string | undefined; readonly to?: string | undefined },
): TransferRow {
  const before = books.transfers.get(id);
  if (before === undefined) throw new Error(`Zoho Books has no transfer ${id}.`);
  const edited: TransferRow = {
    ...before,
    from_account_id: edit.from ?? before.from_account_id,
    to_account_id: edit.to ?? before.to_account_id,
    amountMinor: edit.amountMinor ?? before.amountMinor,
    date: edit.date ?? before.date,
    reference_number: edit.reference ?? before.reference_number,
  };
  books.transfers.put(id, edited);
  return edited;
}

/** Somebody writes other bank charges on a payment. @throws Error for a payment that the books do not have. */
export function editCharges(books: Books, id: string, bankChargesMinor: number): PaymentRow {
  const edited = { ...heldPayment(books, id), bankChargesMinor, modified: books.now() };
  books.payments.put(id, edited);
  return edited;
}

/** Somebody edits an expense. @throws Error for one that the books do not have. */
export function editExpense(books: Books, id: string, edit: PaymentEdit): ExpenseRow {
  const before = books.expenses.get(id);
  if (before === undefined) throw new Error(`Zoho Books has no expense ${id}.`);
  const edited: ExpenseRow = {
    ...before,
    amountMinor: edit.amountMinor ?? before.amountMinor,
    date: edit.date ?? before.date,
    reference_number: edit.reference ?? before.reference_number,
    modified: books.now(),
  };
  books.expenses.put(id, edited);
  return edited;
}

/** Somebody deletes a payment: its invoices are open again. */
export function deletePayment(books: Books, id: string): void {
  for (const { invoice_id, minor } of heldPayment(books, id).applied) pay(books, invoice_id, -minor);
  books.payments.delete(id);
}

/** Somebody records the same money once more, from a bank statement: without an invoice, and mostly without a reference. */
export function bookAgain(books: Books, id: string, edit: PaymentEdit): PaymentRow {
  const twin = heldPayment(books, id);
  const now = books.now();
  const made: PaymentRow = {
    ...twin,
    payment_id: books.newId(),
    payment_number: books.nextNumber('payment'),
    amountMinor: edit.amountMinor ?? twin.amountMinor,
    date: edit.date ?? twin.date,
    reference_number: edit.reference ?? '',
    description: '',
    applied: [],
    created: now,
    modified: now,
  };
  books.payments.put(made.payment_id, made);
  return made;
}

/** Somebody voids an invoice: Books refuses that while a payment stands on it, so that goes first. */
export function voidInvoice(books: Books, id: string): InvoiceRow {
  const invoice = heldInvoice(books, id);
  if (invoice.paidMinor > 0) throw new Error('A paid invoice cannot be voided: delete its payment first.');
  const voided: InvoiceRow = { ...invoice, set: 'void', modified: books.now() };
  books.invoices.put(id, voided);
  return voided;
}

/** Somebody deletes an invoice that nobody paid. */
export function deleteInvoice(books: Books, id: string): void {
  const invoice = heldInvoice(books, id);
  if (balanceOf(invoice) !== invoice.totalMinor)
    throw new Error('An invoice with payments or credits cannot be deleted.');
  books.invoices.delete(id);
}
