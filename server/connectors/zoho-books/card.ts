import type { VendorAccount } from '../../core/connector.ts';
import {
  type CardDeclaration,
  type CardRow,
  type CardValue,
  dateValue,
  moneyValue,
  stateValue,
  textValue,
  wordsValue,
} from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { PERSON_MODULES } from '../../kit/person-card.ts';
import {
  amountValue,
  customersOf,
  MOST_CUSTOMERS,
  MOST_ROWS,
  noCustomer,
  type States,
  stateOf,
} from '../families/zoho/finance-card.ts';
import { inApp } from './addresses.ts';
import type { ZohoBooksClient } from './client.ts';
import type { BooksContact } from './contacts.ts';
import type { BooksInvoice } from './invoices.ts';

const customerUrl = inApp('contacts');
const invoiceUrl = inApp('invoices');

/** The customers with the record's addresses and their invoices, those of card payments beside the payments. */
export const card: CardDeclaration<ZohoBooksClient> = {
  group: 'stripe',
  modules: PERSON_MODULES,

  async read({ client, account, subject }) {
    const customers = await customersOf(client, subject);
    const shown = customers.slice(0, MOST_CUSTOMERS);
    const invoices = (await Promise.all(shown.map(({ id }) => client.invoicesOf(id)))).flat();
    const [first] = shown;
    const refs = customers.map(({ id }) => ({ object: 'zohoBooks.contacts', id }));
    if (first === undefined)
      return { sections: [], empty: noCustomer(subject, 'Zoho Books'), refs, actions: [] };
    return {
      sections: [
        {
          id: 'books-customer',
          titles: { en: 'Customer', fr: 'Client' },
          layout: 'facts',
          rows: [...shown.map((one) => customerRow(one, account)), ...owedRow(invoices)],
        },
        {
          id: 'books-invoices',
          titles: { en: 'Invoices', fr: 'Factures' },
          layout: 'rows',
          rows: invoices.slice(0, MOST_ROWS).map((invoice) => invoiceRow(invoice, account)),
          ...(invoices.length > MOST_ROWS ? { more: true } : {}),
        },
      ],
      refs,
      actions: [],
      url: customerUrl(first.id, account),
    };
  },
};

function customerRow({ id, name, isActive }: BooksContact, account: VendorAccount): CardRow {
  return {
    id: `books ${id}`,
    label: wordsValue('Customer', 'Client'),
    values: [textValue(name), ...(isActive ? [] : [stateValue({ en: 'Inactive', fr: 'Inactif' }, 'quiet')])],
    url: customerUrl(id, account),
  };
}

/** What is still to be paid, per currency; no row when nothing is. */
function owedRow(invoices: readonly BooksInvoice[]): CardRow[] {
  const sums = new Map<string, number>();
  for (const { status, balance, currency } of invoices) {
    if (status === 'void' || status === 'draft' || currency === null) continue;
    const money = amountValue(balance, currency);
    if (money?.kind === 'money' && money.minor > 0)
      sums.set(money.currency, (sums.get(money.currency) ?? 0) + money.minor);
  }
  if (sums.size === 0) return [];
  const values = [...sums].map(([currency, minor]) => moneyValue({ minor, currency }));
  return [{ id: 'books owed', label: wordsValue('To be paid', 'Reste à payer'), values }];
}

/** https://www.zoho.com/books/api/v3/invoices/#list-invoices */
const STATES: States = {
  paid: ['Paid', 'Payée', 'good'],
  sent: ['Sent', 'Envoyée', 'busy'],
  viewed: ['Seen', 'Vue', 'busy'],
  unpaid: ['Unpaid', 'Impayée', 'busy'],
  overdue: ['Overdue', 'En retard', 'bad'],
  partially_paid: ['Partly paid', 'Payée en partie', 'busy'],
  draft: ['Draft', 'Brouillon', 'quiet'],
  void: ['Void', 'Annulée', 'quiet'],
};

function invoiceRow(invoice: BooksInvoice, account: VendorAccount): CardRow {
  const { tone, value: state } = stateOf(STATES, invoice.status);
  const isOpen = tone === 'busy' || tone === 'bad';
  const amount = invoice.currency === null ? null : amountValue(invoice.total, invoice.currency);
  const date = isOpen && invoice.dueDate !== null ? dateValue(invoice.dueDate, DUE) : dated(invoice.date);
  return {
    id: `books ${invoice.id}`,
    label: textValue(invoice.number),
    values: [...(amount === null ? [] : [amount]), state, ...(date === null ? [] : [date])],
    url: invoiceUrl(invoice.id, account),
    ...(invoice.reference === '' ? {} : { beside: invoice.reference }),
  };
}

const DUE: Sentence = { en: 'due', fr: 'échéance' };
const dated = (day: string | null): CardValue | null => (day === null ? null : dateValue(day));
