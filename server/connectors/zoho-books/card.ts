import type { VendorAccount } from '../../core/connector.ts';
import { moneyOf } from '../../core/money.ts';
import {
  type CardDeclaration,
  type CardRow,
  type CardSubject,
  type CardValue,
  dateValue,
  moneyValue,
  stateValue,
  type Tone,
  textValue,
  wordsValue,
} from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { nobody, PERSON_MODULES } from '../../kit/person-card.ts';
import { inApp } from './addresses.ts';
import type { ZohoBooksClient } from './client.ts';
import type { BooksContact } from './contacts.ts';
import type { BooksInvoice } from './invoices.ts';

const MOST_CUSTOMERS = 5;
const MOST_ROWS = 10;
const customerUrl = inApp('contacts');
const invoiceUrl = inApp('invoices');

/** The customers with the record's addresses and their invoices, those of card payments beside the payments. */
export const card: CardDeclaration<ZohoBooksClient> = {
  group: 'stripe',
  modules: PERSON_MODULES,

  async read({ client, account, subject }) {
    const found = await Promise.all(subject.emails.map((email) => client.contactsByEmail(email)));
    const customers = [...new Map(found.flat().map((one) => [one.id, one])).values()];
    const shown = customers.slice(0, MOST_CUSTOMERS);
    const invoices = (await Promise.all(shown.map(({ id }) => client.invoicesOf(id)))).flat();
    const [first] = shown;
    const refs = customers.map(({ id }) => ({ object: 'zohoBooks.contacts', id }));
    if (first === undefined) return { sections: [], empty: noOne(subject), refs, actions: [] };
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

const noOne = (subject: CardSubject): Sentence =>
  nobody(
    subject,
    {
      en: 'The record has no e-mail address, by which Zoho Books would know the customer.',
      fr: 'La fiche n’a pas d’adresse e-mail, à laquelle Zoho Books reconnaîtrait le client.',
    },
    (sought) => ({
      en: `No customer in Zoho Books has ${sought.en}.`,
      fr: `Aucun client dans Zoho Books n’a ${sought.fr}.`,
    }),
  );

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
    const money = amountOf(balance, currency);
    if (money?.kind === 'money' && money.minor > 0)
      sums.set(money.currency, (sums.get(money.currency) ?? 0) + money.minor);
  }
  if (sums.size === 0) return [];
  const values = [...sums].map(([currency, minor]) => moneyValue({ minor, currency }));
  return [{ id: 'books owed', label: wordsValue('To be paid', 'Reste à payer'), values }];
}

/** https://www.zoho.com/books/api/v3/invoices/#list-invoices */
const STATES: Readonly<Record<string, readonly [string, string, Tone]>> = {
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
  const [en, fr, tone] = STATES[invoice.status] ?? [invoice.status, invoice.status, 'quiet'];
  const isOpen = tone === 'busy' || tone === 'bad';
  const amount = invoice.currency === null ? null : amountOf(invoice.total, invoice.currency);
  const date = isOpen && invoice.dueDate !== null ? dateValue(invoice.dueDate, DUE) : dated(invoice.date);
  return {
    id: `books ${invoice.id}`,
    label: textValue(invoice.number),
    values: [
      ...(amount === null ? [] : [amount]),
      stateValue({ en, fr }, tone),
      ...(date === null ? [] : [date]),
    ],
    url: invoiceUrl(invoice.id, account),
    ...(invoice.reference === '' ? {} : { beside: invoice.reference }),
  };
}

const DUE: Sentence = { en: 'due', fr: 'échéance' };
const dated = (day: string | null): CardValue | null => (day === null ? null : dateValue(day));

/** Books counts in decimals; one with more of them than the currency has is shown as it is. */
function amountOf(decimal: string, currency: string): CardValue {
  try {
    return moneyValue(moneyOf(decimal, currency));
  } catch {
    return textValue(`${decimal} ${currency}`);
  }
}
