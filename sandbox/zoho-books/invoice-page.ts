import { day, moment, rawRecord } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { table } from '../page/table.ts';
import type { View } from '../page/view.ts';
import type { Books } from './books.ts';
import { commentsOf } from './comments.ts';
import { balanceOf, statusOf } from './invoice-view.ts';
import { amountOf, nameOf, statusPill } from './page.ts';
import type { InvoiceRow, LineRow } from './rows.ts';

/** One invoice as a sheet of paper, with what was paid and said about it. */
export function bookInvoicePage(view: View, books: Books, invoice: InvoiceRow): Html {
  const amount = (minor: number): string => amountOf(view, invoice, minor);
  const paid = books.payments
    .all()
    .flatMap((payment) =>
      payment.applied
        .filter(({ invoice_id }) => invoice_id === invoice.invoice_id)
        .map(({ minor }) => ({ payment, minor })),
    );
  return layout(view, {
    title: invoice.invoice_number,
    look: 'books',
    still: html`<p><a href="${view.to('/view/books')}">← ${view.t('All invoices', 'Toutes les factures')}</a></p>`,
    live: html`<article class="paper">
<p>${statusPill(view, statusOf(invoice, books.today()))}</p>
<dl class="facts">
<div><dt>${view.t('Customer', 'Client')}</dt><dd>${nameOf(books, invoice.customer_id)}</dd></div>
<div><dt>${view.t('Date', 'Date')}</dt><dd>${day(view, invoice.date)}</dd></div>
<div><dt>${view.t('Due', 'Échéance')}</dt><dd>${day(view, invoice.due_date)}</dd></div>
<div><dt>${view.t('Reference', 'Référence')}</dt><dd><code>${invoice.reference_number || '–'}</code></dd></div>
</dl>
${table<LineRow>(
  view.t('Lines', 'Lignes'),
  [
    {
      title: view.t('Item', 'Article'),
      cell: ({ name, description }) => html`${name}${description && html`<br><small>${description}</small>`}`,
    },
    { title: view.t('Quantity', 'Quantité'), cell: ({ quantity }) => quantity, number: true },
    { title: view.t('Rate', 'Prix'), cell: ({ rate }) => rate, number: true },
    { title: view.t('Amount', 'Montant'), cell: ({ totalMinor }) => amount(totalMinor), number: true },
  ],
  invoice.lines,
)}
<dl class="sums">
<div><dt>${view.t('Subtotal', 'Sous-total')}</dt><dd>${amount(invoice.subTotalMinor)}</dd></div>
<div><dt>${view.t('Tax', 'TVA')}</dt><dd>${amount(invoice.taxMinor)}</dd></div>
<div><dt>Total</dt><dd>${amount(invoice.totalMinor)}</dd></div>
${paid.map(({ payment, minor }) => html`<div><dt>${view.t('Paid on', 'Payé le')} ${day(view, payment.date)} <small>${payment.reference_number}</small></dt><dd>−${amount(minor)}</dd></div>`)}
${invoice.creditsMinor > 0 && html`<div><dt>${view.t('Credits', 'Avoirs')}</dt><dd>−${amount(invoice.creditsMinor)}</dd></div>`}
<div class="total"><dt>${view.t('Balance due', 'Solde dû')}</dt><dd>${amount(balanceOf(invoice))}</dd></div>
</dl></article>
<h2>${view.t('History', 'Historique')}</h2>
<ol class="history">${commentsOf(books, invoice.invoice_id).map(
      (one) => html`<li>${moment(view, one.created)} <b>${one.commented_by}</b> ${one.description}</li>`,
    )}</ol>
${rawRecord(view, invoice.invoice_id, invoice)}`,
  });
}
