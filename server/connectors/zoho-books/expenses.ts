import { z } from 'zod';
import { ifGone } from '../../kit/if-gone.ts';
import { exactNumber } from '../families/zoho/amounts.ts';
import type { BooksCall } from './api.ts';
import { type ListedExpense, listedExpenseSchema } from './listed-expense.ts';

export interface BooksExpense {
  readonly id: string;
  readonly reference: string;
}

export interface NewExpense {
  /** The account of costs that it stands in. */
  readonly accountId: string;
  /** The account that the money left. */
  readonly paidFromId: string;
  /** Decimal text. */
  readonly amount: string;
  readonly currencyId: string;
  /** `2026-11-23` */
  readonly date: string;
  /** What it is found by again. */
  readonly reference: string;
  readonly description: string;
}

const expenseSchema = z
  .object({ expense_id: z.string(), reference_number: z.string().nullish() })
  .transform(
    (expense): BooksExpense => ({ id: expense.expense_id, reference: expense.reference_number ?? '' }),
  );

/** https://www.zoho.com/books/api/v3/expenses/ */
export function expenseCalls(call: BooksCall) {
  return {
    /** Expenses with exactly this reference number. */
    async expensesByReference(reference: string): Promise<BooksExpense[]> {
      const query = { reference_number: reference };
      const found = await call({ path: '/expenses', query }, 'expenses', z.array(expenseSchema));
      return found.filter((expense) => expense.reference === reference);
    },

    /** One by its id; null: it is gone. */
    expense: (id: string): Promise<ListedExpense | null> =>
      ifGone(
        () => call({ path: `/expenses/${encodeURIComponent(id)}` }, 'expense', listedExpenseSchema),
        null,
      ),

    /** Records an expense. A repeat records it again: look by reference before. */
    createExpense(expense: NewExpense): Promise<BooksExpense> {
      const json = {
        account_id: expense.accountId,
        paid_through_account_id: expense.paidFromId,
        amount: exactNumber(expense.amount),
        currency_id: expense.currencyId,
        date: expense.date,
        reference_number: expense.reference,
        description: expense.description,
      };
      return call({ method: 'POST', path: '/expenses', json }, 'expense', expenseSchema);
    },
  };
}
