import type { Router } from 'express';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { currencyOf } from './contact-view.ts';
import { heldCurrencies } from './currencies.ts';
import { day, type Fields, mandatory, text } from './fields.ts';
import { type Listing, listed, query } from './listing.ts';
import { fromMinor } from './minor-units.ts';
import { positiveAmount } from './payment-draft.ts';
import { invalid, missing, notFound } from './refusal.ts';
import type { TransferRow } from './rows.ts';
import { accountIn, chartOfAccounts, MONEY_ACCOUNTS, organization } from './settings-data.ts';

/**
 * Money that goes between the organisation's own accounts: https://www.zoho.com/books/api/v3/bank-transactions/. Of the other
 * kinds of transactions nothing is simulated. The accounts are kept in the organisation's own currency.
 */
export function transferRoutes(router: Router, books: Books): void {
  router.get('/banktransactions', (request, response) => {
    const account = query(request, 'account_id');
    if (account === '') throw missing('account_id');
    const type = query(request, 'transaction_type');
    const own = books
      .listed(books.transfers, (row) => row.transaction_id)
      .filter((row) => [row.from_account_id, row.to_account_id].includes(account))
      .filter(() => type === '' || type === TRANSFER);
    const { rows, context } = listed(own, request, LISTING);
    answer(response, {
      banktransactions: rows.map((row) => transferInList(row, account)),
      page_context: context,
    });
  });
  router.post('/banktransactions', (request, response) => {
    const body = bodyFields(request);
    if (mandatory(body, 'transaction_type') !== TRANSFER) throw invalid('transaction_type');
    const from_account_id = moneyAccount(body, 'from_account_id');
    const to_account_id = moneyAccount(body, 'to_account_id');
    if (from_account_id === to_account_id) throw invalid('to_account_id');
    const currencyId = text(body, 'currency_id', organization.currency_id);
    const currency = heldCurrencies(books).find((one) => one.currency_id === currencyId);
    if (currency?.is_base_currency !== true) throw invalid('currency_id');
    if (body.date === undefined) throw missing('date');
    const row: TransferRow = {
      transaction_id: books.newId(),
      from_account_id,
      to_account_id,
      currency_id: currencyId,
      amountMinor: positiveAmount(body, 'amount', currency),
      date: day(body, 'date', ''),
      reference_number: text(body, 'reference_number'),
      description: text(body, 'description'),
      created: books.now(),
    };
    books.transfers.put(row.transaction_id, row);
    books.wrote(row.transaction_id);
    const view = transferView(row);
    books.desk.wrote({
      operation: 'POST /banktransactions',
      object: 'banktransaction',
      id: row.transaction_id,
      action: 'create',
      marker: row.reference_number || null,
      record: view,
    });
    answer(response, { banktransaction: view }, 'The transaction has been added.', 201);
  });
  router.get('/banktransactions/:id', (request, response) => {
    const row = books.transfers.get(request.params.id);
    if (!row) throw notFound('Transaction');
    answer(response, { banktransaction: transferView(row) });
  });
}

const TRANSFER = 'transfer_fund';

const moneyAccount = (body: Fields, field: string): string =>
  accountIn(mandatory(body, field), MONEY_ACCOUNTS, field).account_id;

const nameOf = (id: string): string =>
  chartOfAccounts.find(({ account_id }) => account_id === id)?.account_name ?? '';

function transferView(row: TransferRow) {
  const { price_precision, currency_code } = currencyOf(row);
  return {
    transaction_id: row.transaction_id,
    transaction_type: TRANSFER,
    from_account_id: row.from_account_id,
    from_account_name: nameOf(row.from_account_id),
    to_account_id: row.to_account_id,
    to_account_name: nameOf(row.to_account_id),
    currency_id: row.currency_id,
    currency_code,
    amount: fromMinor(row.amountMinor, price_precision),
    date: row.date,
    reference_number: row.reference_number,
    description: row.description,
    status: 'manually_added',
    created_time: row.created,
  };
}

/** Within the list of an account: a debit reached it, a credit left it. */
function transferInList(row: TransferRow, account: string) {
  const {
    from_account_id,
    from_account_name,
    to_account_id: _to,
    to_account_name,
    ...view
  } = transferView(row);
  const isLeaving = from_account_id === account;
  return {
    ...view,
    account_id: account,
    debit_or_credit: isLeaving ? 'credit' : 'debit',
    offset_account_name: isLeaving ? to_account_name : from_account_name,
  };
}

const LISTING: Listing<TransferRow> = {
  texts: { reference_number: (row) => [row.reference_number] },
  search: (row) => [row.reference_number, row.description],
  sort: { date: (row) => row.date },
  defaultSort: { column: 'date', order: 'D' },
};
