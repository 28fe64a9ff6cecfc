import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { booksAt } from './books.ts';
import {
  bookAgain,
  deleteInvoice,
  deletePayment,
  editCharges,
  editExpense,
  editPayment,
  editTransfer,
  voidInvoice,
} from './by-hand.ts';
import { addCurrency } from './currencies.ts';
import { makeDue } from './make-due.ts';

const id = z.string().min(1);
const edit = {
  amountMinor: z.number().int().positive().optional(),
  date: z.iso.date().optional(),
  reference: z.string().optional(),
};

const wishes = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('add-currency'), code: z.string().length(3) }),
  z.strictObject({ act: z.literal('edit-payment'), payment: id, ...edit }),
  z.strictObject({ act: z.literal('book-again'), payment: id, ...edit }),
  z.strictObject({ act: z.literal('delete-payment'), payment: id }),
  z.strictObject({
    act: z.literal('edit-transfer'),
    transfer: id,
    from: id.optional(),
    to: id.optional(),
    ...edit,
  }),
  z.strictObject({
    act: z.literal('edit-charges'),
    payment: id,
    amountMinor: z.number().int().nonnegative(),
  }),
  z.strictObject({ act: z.literal('edit-expense'), expense: id, ...edit }),
  z.strictObject({ act: z.literal('delete-expense'), expense: id }),
  z.strictObject({ act: z.literal('delete-credit'), credit: id }),
  z.strictObject({ act: z.literal('delete-transfer'), transfer: id }),
  z.strictObject({ act: z.literal('void-invoice'), invoice: id }),
  z.strictObject({ act: z.literal('delete-invoice'), invoice: id }),
  z.strictObject({ act: z.literal('make-due'), through: z.iso.date() }),
  z.strictObject({ act: z.literal('recurring-preference'), set: z.enum(['draft', 'sent']) }),
  z.strictObject({ act: z.literal('delete-profile'), profile: id }),
]);

/**
 * What people do in their books: `add-currency`; `edit-payment`, `delete-payment`, and `book-again`, which records the
 * money of a payment once more; `edit-charges` (of a payment), `edit-expense`, `delete-expense`, `delete-credit`; `edit-transfer`, `delete-transfer`; `void-invoice`, `delete-invoice`,
 * `delete-profile`; `make-due` lets days pass, so that recurring invoices make theirs; `recurring-preference` sets how they are made.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function actInBooks(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const asked = wishes.safeParse(wish);
  if (!asked.success)
    throw new Error(`Zoho Books does not know this act: ${asked.error.issues[0]?.message}.`);
  const books = booksAt(desk);
  switch (asked.data.act) {
    case 'add-currency':
      return { currency: addCurrency(books, asked.data.code) };
    case 'edit-payment':
      return { payment: editPayment(books, asked.data.payment, asked.data) };
    case 'book-again':
      return { payment: bookAgain(books, asked.data.payment, asked.data) };
    case 'delete-payment':
      deletePayment(books, asked.data.payment);
      return {};
    case 'edit-transfer':
      return { transfer: editTransfer(books, asked.data.transfer, asked.data) };
    case 'edit-charges':
      return { payment: editCharges(books, asked.data.payment, asked.data.amountMinor) };
    case 'edit-expense':
      return { expense: editExpense(books, asked.data.expense, asked.data) };
    case 'delete-expense':
      if (!books.expenses.delete(asked.data.expense))
        throw new Error(`Zoho Books has no expense ${asked.data.expense}.`);
      return {};
    case 'delete-credit':
      if (!books.creditNotes.delete(asked.data.credit))
        throw new Error(`Zoho Books has no credit note ${asked.data.credit}.`);
      return {};
    case 'delete-transfer':
      if (!books.transfers.delete(asked.data.transfer))
        throw new Error(`Zoho Books has no transfer ${asked.data.transfer}.`);
      return {};
    case 'void-invoice':
      return { invoice: voidInvoice(books, asked.data.invoice) };
    case 'make-due':
      return { invoices: makeDue(books, asked.data.through) };
    case 'recurring-preference':
      desk.table('preferences').put('recurring', { set: asked.data.set });
      return {};
    case 'delete-profile':
      if (!books.recurring.delete(asked.data.profile))
        throw new Error(`Zoho Books has no recurring invoice ${asked.data.profile}.`);
      return {};
    case 'delete-invoice':
      deleteInvoice(books, asked.data.invoice);
      return {};
  }
}
