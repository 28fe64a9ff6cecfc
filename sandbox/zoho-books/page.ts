import { join } from 'node:path';
import type { VendorDesk } from '../core/simulator.ts';
import { day, empty, money, pill } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import { anchorOf, table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { type Books, booksAt } from './books.ts';
import { balancesOf, currencyOf, primaryOf } from './contact-view.ts';
import { bookInvoicePage } from './invoice-page.ts';
import { balanceOf, type InvoiceStatus, statusOf } from './invoice-view.ts';
import { fromMinor } from './minor-units.ts';
import type { ContactRow, InvoiceRow, PaymentRow, RecurringRow } from './rows.ts';

/** The books as an accountant sees them: customers with what they owe, invoices, payments. */
export function booksPages(mount: Mount): void {
  mount('get', '/view/books', (view) => {
    const desk = view.desk('zoho-books');
    return desk && booksPage(view, desk);
  });
  mount('get', '/view/books/invoices/:id', (view, request) => {
    const desk = view.desk('zoho-books');
    const books = desk && booksAt(desk);
    const invoice = books?.invoices.get(String(request.params.id));
    return books && invoice && bookInvoicePage(view, books, invoice);
  });
}

function booksPage(view: View, desk: VendorDesk): Html {
  const books = booksAt(desk);
  return layout(view, {
    title: view.t('Zoho Books', 'Zoho Books'),
    look: 'books',
    rawOf: 'zoho-books',
    live: html`<h2>${view.t('Invoices', 'Factures')}</h2>${invoices(view, books)}
<h2>${view.t('Recurring invoices', 'Factures récurrentes')}</h2>${profiles(view, books)}
<h2>${view.t('Payments received', 'Paiements reçus')}</h2>${payments(view, books)}
<h2>${view.t('Customers', 'Clients')}</h2>${customers(view, books)}`,
  });
}

/** An amount in smallest units of the row's currency. */
export function amountOf(view: View, row: { readonly currency_id: string }, minor: number): string {
  const { currency_code, price_precision } = currencyOf(row);
  return money(view, fromMinor(minor, price_precision), currency_code, price_precision);
}

export function statusPill(view: View, status: InvoiceStatus): Html {
  const words: Readonly<Record<InvoiceStatus, [string, string, 'good' | 'bad' | 'wait' | 'calm']>> = {
    draft: ['Draft', 'Brouillon', 'calm'],
    sent: ['Sent', 'Envoyée', 'wait'],
    overdue: ['Overdue', 'En retard', 'bad'],
    partially_paid: ['Partially paid', 'Payée en partie', 'wait'],
    paid: ['Paid', 'Payée', 'good'],
    void: ['Void', 'Annulée', 'calm'],
  };
  const [en, fr, mood] = words[status];
  return pill(view.t(en, fr), mood);
}

function invoices(view: View, books: Books): Html {
  const rows = [...books.invoices.all()].sort((a, b) => b.invoice_number.localeCompare(a.invoice_number));
  if (rows.length === 0) return empty(view.t('There is no invoice yet.', 'Il n’y a pas encore de facture.'));
  return table<InvoiceRow>(
    view.t('Invoices', 'Factures'),
    [
      { title: view.t('Date', 'Date'), cell: ({ date }) => day(view, date) },
      {
        title: view.t('Number', 'Numéro'),
        cell: (row) =>
          html`<a href="${view.to(`/view/books/invoices/${row.invoice_id}`)}">${row.invoice_number}</a>`,
      },
      { title: view.t('Customer', 'Client'), cell: (row) => nameOf(books, row.customer_id) },
      { title: view.t('Reference', 'Référence'), cell: (row) => html`<code>${row.reference_number}</code>` },
      { title: view.t('Status', 'Statut'), cell: (row) => statusPill(view, statusOf(row, books.today())) },
      { title: view.t('Due', 'Échéance'), cell: ({ due_date }) => day(view, due_date) },
      {
        title: view.t('Amount', 'Montant'),
        cell: (row) => amountOf(view, row, row.totalMinor),
        number: true,
      },
      { title: view.t('Balance', 'Solde'), cell: (row) => amountOf(view, row, balanceOf(row)), number: true },
    ],
    rows,
  );
}

const PROFILE_STATES: Readonly<
  Record<RecurringRow['status'], readonly [en: string, fr: string, mood: 'good' | 'wait' | 'calm']>
> = {
  active: ['Active', 'Active', 'good'],
  stopped: ['Stopped', 'Arrêtée', 'wait'],
  expired: ['Expired', 'Expirée', 'calm'],
};

function profiles(view: View, books: Books): Html {
  const rows = books.recurring.all();
  if (rows.length === 0)
    return empty(view.t('There is no recurring invoice.', 'Il n’y a pas de facture récurrente.'));
  return table<RecurringRow>(
    view.t('Recurring invoices', 'Factures récurrentes'),
    [
      { title: view.t('Name', 'Nom'), cell: ({ recurrence_name }) => recurrence_name },
      { title: view.t('Customer', 'Client'), cell: (row) => nameOf(books, row.customer_id) },
      {
        title: view.t('Status', 'Statut'),
        cell: ({ status }) => {
          const [en, fr, mood] = PROFILE_STATES[status];
          return pill(view.t(en, fr), mood);
        },
      },
      {
        title: view.t('Next invoice', 'Prochaine facture'),
        cell: (row) => (row.next_invoice_date === '' ? '–' : day(view, row.next_invoice_date)),
      },
      {
        title: view.t('Amount', 'Montant'),
        cell: (row) => amountOf(view, row, row.totalMinor),
        number: true,
      },
    ],
    rows,
    ({ recurring_invoice_id }) => recurring_invoice_id,
  );
}

function payments(view: View, books: Books): Html {
  const rows = [...books.payments.all()].sort((a, b) => b.payment_number - a.payment_number);
  if (rows.length === 0)
    return empty(view.t('No payment has been recorded yet.', 'Aucun paiement n’a encore été enregistré.'));
  return table<PaymentRow>(
    view.t('Payments received', 'Paiements reçus'),
    [
      { title: view.t('Date', 'Date'), cell: ({ date }) => day(view, date) },
      { title: '#', cell: ({ payment_number }) => payment_number, number: true },
      { title: view.t('Customer', 'Client'), cell: (row) => nameOf(books, row.customer_id) },
      { title: view.t('Reference', 'Référence'), cell: (row) => html`<code>${row.reference_number}</code>` },
      { title: view.t('Mode', 'Mode'), cell: ({ payment_mode }) => payment_mode },
      {
        title: view.t('For', 'Pour'),
        cell: (row) =>
          row.applied
            .map(({ invoice_id }) => books.invoices.get(invoice_id)?.invoice_number ?? '?')
            .join(', '),
      },
      {
        title: view.t('Amount', 'Montant'),
        cell: (row) => amountOf(view, row, row.amountMinor),
        number: true,
      },
      {
        title: view.t('Refunded', 'Remboursé'),
        cell: (row) => (row.refundedMinor === 0 ? '–' : amountOf(view, row, row.refundedMinor)),
        number: true,
      },
    ],
    rows,
    ({ payment_id }) => payment_id,
  );
}

function customers(view: View, books: Books): Html {
  const rows = [...books.contacts.all()].sort((a, b) => a.contact_name.localeCompare(b.contact_name, 'fr'));
  if (rows.length === 0) return empty(view.t('There is no customer yet.', 'Il n’y a pas encore de client.'));
  return table<ContactRow>(
    view.t('Customers', 'Clients'),
    [
      { title: view.t('Name', 'Nom'), cell: ({ contact_name }) => contact_name },
      { title: view.t('E-mail', 'E-mail'), cell: (row) => primaryOf(row)?.email || '–' },
      {
        title: view.t('Phone', 'Téléphone'),
        cell: (row) => primaryOf(row)?.phone || primaryOf(row)?.mobile || '–',
      },
      { title: view.t('Currency', 'Devise'), cell: (row) => currencyOf(row).currency_code },
      {
        title: 'CRM',
        cell: (row) =>
          row.zcrm_contact_id || row.zcrm_account_id ? pill(view.t('linked', 'lié'), 'good') : '–',
      },
      {
        title: view.t('Owes', 'Doit'),
        cell: (row) => amountOf(view, row, balancesOf(books, row).owed),
        number: true,
      },
      {
        title: view.t('Credit', 'Avoir'),
        cell: (row) => amountOf(view, row, balancesOf(books, row).unused),
        number: true,
      },
    ],
    rows,
    ({ contact_id }) => contact_id,
  );
}

export const nameOf = (books: Books, id: string): string => books.contacts.get(id)?.contact_name ?? '?';

/** The books, and where links to their records lead. */
export const bookPages: VendorPages = {
  place: { path: '/view/books', en: 'Books', fr: 'Books' },
  mount: booksPages,
  opens: {
    host: /^books\.zoho/,
    page(view, { hash }) {
      const [, section, id = ''] = hash.split('/').map(decodeURIComponent);
      const desk = view.desk('zoho-books');
      if (section === 'invoices' && desk && booksAt(desk).invoices.get(id) !== undefined)
        return `/view/books/invoices/${id}`;
      return id === '' ? '/view/books' : `/view/books#${anchorOf(id)}`;
    },
  },
  style: join(import.meta.dirname, 'page.css'),
};
