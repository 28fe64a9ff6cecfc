import type { Router } from 'express';
import { company } from '../company/index.ts';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { addCurrency, type Currency, heldCurrencies } from './currencies.ts';
import { mandatory } from './fields.ts';
import { itemOf, itemsOf, type KnownItem } from './items.ts';
import { type Listing, listed } from './listing.ts';
import { notFound, Refusal } from './refusal.ts';
import {
  type Account,
  chartOfAccounts,
  organization,
  organizationAlone,
  type Tax,
  taxes,
} from './settings-data.ts';

/** The organisation's own settings: save its currencies they change by hand only, so here they do not. */
export function settingsRoutes(router: Router, books: Books): void {
  router.get('/organizations', (_request, response) => {
    answer(response, { organizations: [organization] });
  });
  router.get('/organizations/:id', (request, response) => {
    if (request.params.id !== company.zgid)
      throw new Refusal(
        404,
        6041,
        `This user is not associated with the CompanyID/CompanyName:${request.params.id}.`,
      );
    answer(response, { organization: organizationAlone });
  });

  router.get('/settings/currencies', (_request, response) => {
    answer(response, { currencies: heldCurrencies(books).map(currencyView) });
  });
  router.post('/settings/currencies', (request, response) => {
    const body = bodyFields(request);
    mandatory(body, 'currency_format');
    const currency = addCurrency(books, mandatory(body, 'currency_code'));
    answer(response, { currency: currencyView(currency) }, 'The currency has been added.', 201);
  });
  router.get('/settings/currencies/:id', (request, response) => {
    const found = heldCurrencies(books).find(({ currency_id }) => currency_id === request.params.id);
    if (!found) throw notFound('Currency');
    answer(response, { currency: currencyView(found) });
  });

  router.get('/settings/taxes', (request, response) => {
    const { rows, context } = listed(taxes, request, TAXES);
    answer(response, { taxes: rows.map(taxView), page_context: { ...context, report_name: 'Taxes' } });
  });
  router.get('/settings/taxes/:id', (request, response) => {
    const found = taxes.find(({ tax_id }) => tax_id === request.params.id);
    if (!found) throw notFound('Tax');
    answer(response, { tax: taxView(found) });
  });

  router.get('/chartofaccounts', (request, response) => {
    const { rows } = listed(chartOfAccounts, request, ACCOUNTS);
    answer(response, { chartofaccounts: rows.map(accountView) });
  });

  router.get('/items', (request, response) => {
    const { rows, context } = listed(itemsOf(books), request, ITEMS);
    answer(response, { items: rows.map(itemView), page_context: { ...context, report_name: 'Items' } });
  });
  router.get('/items/:id', (request, response) => {
    const found = itemOf(books, request.params.id);
    if (!found) throw notFound('Item');
    answer(response, { item: itemView(found) });
  });
}

const currencyView = (currency: Currency) => ({
  ...currency,
  effective_date: currency.is_base_currency ? '' : '2026-01-01',
});

const taxView = (tax: Tax) => ({ ...tax, tax_type: 'tax', is_value_added: true, is_editable: true });

const accountView = (account: Account) => ({
  ...account,
  is_user_created: false,
  is_system_account: true,
  is_standalone_account: false,
  is_active: true,
  can_show_in_ze: false,
  is_involved_in_transaction: true,
  parent_account_id: '',
  parent_account_name: '',
  depth: '0',
  has_attachment: false,
  documents: [],
});

const itemView = ({ item_id, name, sku, description, rate, status, product_type }: KnownItem) => ({
  ...{ item_id, name, sku, description, rate, status, product_type },
  unit: '',
  tax_id: '',
  tax_name: '',
  tax_percentage: 0,
  tax_type: '',
});

const TAXES: Listing<Tax> = {
  texts: {},
  search: (row) => [row.tax_name],
  sort: { tax_name: (row) => row.tax_name },
  defaultSort: { column: 'tax_name', order: 'A' },
};
const ACCOUNTS: Listing<Account> = {
  texts: { account_name: (row) => [row.account_name], account_code: (row) => [row.account_code] },
  exact: { account_id: (row) => row.account_id },
  search: (row) => [row.account_name, row.account_code],
  sort: { account_name: (row) => row.account_name, account_type: (row) => row.account_type },
  defaultSort: { column: 'account_name', order: 'A' },
};
const ITEMS: Listing<KnownItem> = {
  texts: { name: (row) => [row.name], description: (row) => [row.description] },
  search: (row) => [row.name, row.sku, row.description],
  sort: { name: (row) => row.name, rate: (row) => row.rate, sku: (row) => row.sku },
  defaultSort: { column: 'name', order: 'A' },
};
