import type { Connector, ObjectDeclaration } from '../../core/connector.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { zohoHosts } from '../families/zoho/data-centres.ts';
import { inApp } from './addresses.ts';
import { card } from './card.ts';
import { type ZohoBooksClient, zohoBooksClient } from './client.ts';
import { books } from './extract.ts';
import { classify } from './failures.ts';
import { scopes } from './scopes.ts';
import { trial } from './trial.ts';

const objects: readonly ObjectDeclaration[] = [
  { id: 'zohoBooks.contacts', titles: { en: 'Customer', fr: 'Client' }, url: inApp('contacts') },
  { id: 'zohoBooks.invoices', titles: { en: 'Invoice', fr: 'Facture' }, url: inApp('invoices') },
  {
    id: 'zohoBooks.recurringInvoices',
    titles: { en: 'Recurring invoice', fr: 'Facture récurrente' },
    url: inApp('recurringinvoices'),
  },
  {
    id: 'zohoBooks.creditNotes',
    titles: { en: 'Credit note', fr: 'Avoir' },
    url: inApp('creditnotes'),
  },
  { id: 'zohoBooks.payments', titles: { en: 'Payment', fr: 'Paiement' }, url: inApp('paymentsreceived') },
  // Books shows it within the account that it is of: it has no address of its own.
  { id: 'zohoBooks.transfers', titles: { en: 'Transfer', fr: 'Virement' } },
  { id: 'zohoBooks.expenses', titles: { en: 'Expense', fr: 'Dépense' }, url: inApp('expenses') },
];

export const zohoBooks: Connector<ZohoBooksClient> = {
  id: 'zoho-books',
  titles: { en: 'Zoho Books', fr: 'Zoho Books' },
  mark: 'M8 4.2C6.5 3 4.5 2.8 2.5 3v9.3c2-.2 4 0 5.5 1.2 1.5-1.2 3.5-1.4 5.5-1.2V3c-2-.2-4 0-5.5 1.2ZM8 4.2v9.3',
  authorisation: zohoAuthorisation(scopes),
  hosts: zohoHosts('zoho-books'),
  // https://www.zoho.com/books/api/v3/introduction/#api-call-limit
  budgets: [{ calls: 100, perMs: 60_000 }],
  objects,
  fieldTitles: {
    contact_name: { en: 'Customer name', fr: 'Nom du client' },
    contact_id: { en: 'Customer', fr: 'Client' },
    customer_id: { en: 'Customer', fr: 'Client' },
    email: { en: 'E-mail', fr: 'E-mail' },
    amount: { en: 'Amount', fr: 'Montant' },
    currency: { en: 'Currency', fr: 'Devise' },
  },
  card,
  trial,
  offers: { books },
  client: zohoBooksClient,
  identify: (client) => client.account(),
  classify,
};
