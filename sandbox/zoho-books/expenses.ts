import type { Router } from 'express';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { currencyOf } from './contact-view.ts';
import { currencyById, heldCurrencies } from './currencies.ts';
import { day, mandatory, text } from './fields.ts';
import { type Listing, listed } from './listing.ts';
import { fromMinor } from './minor-units.ts';
import { positiveAmount } from './payment-draft.ts';
import { invalid, missing, notFound } from './refusal.ts';
import type { ExpenseRow } from './rows.ts';
import { accountIn, COST_ACCOUNTS, chartOfAccounts, MONEY_ACCOUNTS, organization } from './settings-data.ts';

/** What was spent: https://www.zoho.com/books/api/v3/expenses/ */
export function expenseRoutes(router: Router, books: Books): void {
  router.get('/expenses', (request, response) => {
    const { rows, context } = listed(
      books.listed(books.expenses, (row) => row.expense_id),
      request,
      LISTING,
    );
    answer(response, { expenses: rows.map(expenseView), page_context: context });
  });
  router.post('/expenses', (request, response) => {
    const body = bodyFields(request);
    const cost = accountIn(mandatory(body, 'account_id'), COST_ACCOUNTS, 'account_id');
    const paid = accountIn(
      mandatory(body, 'paid_through_account_id'),
      MONEY_ACCOUNTS,
      'paid_through_account_id',
    );
    const currencyId = text(body, 'currency_id', organization.currency_id);
    const currency = heldCurrencies(books).find((one) => one.currency_id === currencyId);
    if (currency === undefined) throw invalid('currency_id');
    if (body.date === undefined) throw missing('date');
    const now = books.now();
    const row: ExpenseRow = {
      expense_id: books.newId(),
      account_id: cost.account_id,
      paid_through_account_id: paid.account_id,
      currency_id: currencyId,
      amountMinor: positiveAmount(body, 'amount', currency),
      date: day(body, 'date', ''),
      reference_number: text(body, 'reference_number'),
      description: text(body, 'description'),
      created: now,
      modified: now,
    };
    books.expenses.put(row.expense_id, row);
    books.wrote(row.expense_id);
    const view = expenseView(row);
    books.desk.wrote({
      operation: 'POST /expenses',
      object: 'expense',
      id: row.expense_id,
      action: 'create',
      marker: row.reference_number || null,
      record: view,
    });
    answer(response, { expense: view }, 'The expense has been recorded.', 201);
  });
  router.get('/expenses/:id', (request, response) => {
    const row = books.expenses.get(request.params.id);
    if (!row) throw notFound('Expense');
    answer(response, { expense: expenseView(row) });
  });
}

const nameOf = (id: string): string =>
  chartOfAccounts.find(({ account_id }) => account_id === id)?.account_name ?? '';

function expenseView(row: ExpenseRow) {
  const { price_precision, currency_code } = currencyOf(row);
  const amount = fromMinor(row.amountMinor, price_precision);
  return {
    expense_id: row.expense_id,
    date: row.date,
    account_id: row.account_id,
    account_name: nameOf(row.account_id),
    paid_through_account_id: row.paid_through_account_id,
    paid_through_account_name: nameOf(row.paid_through_account_id),
    currency_id: row.currency_id,
    currency_code,
    amount,
    total: amount,
    bcy_total: Number((amount * (currencyById(row.currency_id)?.exchange_rate ?? 1)).toFixed(2)),
    reference_number: row.reference_number,
    description: row.description,
    status: 'nonbillable',
    created_time: row.created,
    last_modified_time: row.modified,
  };
}

const LISTING: Listing<ExpenseRow> = {
  texts: { reference_number: (row) => [row.reference_number], description: (row) => [row.description] },
  exact: { date: (row) => row.date },
  search: (row) => [row.reference_number, row.description],
  days: { date: (row) => row.date },
  sort: { date: (row) => row.date, created_time: (row) => row.created },
  defaultSort: { column: 'created_time', order: 'D' },
};
