import { z } from 'zod';
import { amountSchema } from '../families/zoho/amounts.ts';

/** An expense with its money, as lists and the expense itself tell it. https://www.zoho.com/books/api/v3/expenses/ */
export const listedExpenseSchema = z.object({
  expense_id: z.string(),
  date: z.string(),
  total: amountSchema,
  currency_code: z.string().nullish(),
  reference_number: z.string().nullish(),
});
export type ListedExpense = z.infer<typeof listedExpenseSchema>;
