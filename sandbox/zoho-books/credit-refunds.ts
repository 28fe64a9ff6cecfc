import type { Router } from 'express';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { currencyOf } from './contact-view.ts';
import { day, mandatory, text } from './fields.ts';
import { type Listing, listed } from './listing.ts';
import { fromMinor } from './minor-units.ts';
import { positiveAmount } from './payment-draft.ts';
import { missing, notFound, Refusal } from './refusal.ts';
import type { CreditNoteRow, CreditRefundRow } from './rows.ts';
import { accountIn, chartOfAccounts, MONEY_ACCOUNTS } from './settings-data.ts';

/** Money of credit notes that went back: https://www.zoho.com/books/api/v3/credit-notes/#refund-credit-note */
export function creditRefundRoutes(router: Router, books: Books): void {
  const held = (id: unknown): CreditNoteRow => {
    const note = books.creditNotes.get(String(id));
    if (!note) throw notFound('Credit note');
    return note;
  };
  const kept = (note: CreditNoteRow, refunds: readonly CreditRefundRow[], changedMinor: number): void => {
    const balanceMinor = note.balanceMinor + changedMinor;
    books.creditNotes.put(note.creditnote_id, { ...note, refunds, balanceMinor, modified: books.now() });
  };

  router.get('/creditnotes/:id/refunds', (request, response) => {
    const note = held(request.params.id);
    const { rows, context } = listed(note.refunds ?? [], request, LISTING);
    const creditnote_refunds = rows.map((row) => refundView(note, row));
    answer(response, { creditnote_refunds, page_context: { ...context, report_name: 'Refunds' } });
  });
  router.post('/creditnotes/:id/refunds', (request, response) => {
    const note = held(request.params.id);
    const body = bodyFields(request);
    if (body.date === undefined) throw missing('date');
    const from = accountIn(mandatory(body, 'from_account_id'), MONEY_ACCOUNTS, 'from_account_id');
    const amountMinor = positiveAmount(body, 'amount', currencyOf(note));
    if (amountMinor > note.balanceMinor)
      throw new Refusal(
        400,
        12006,
        'The amount to be refunded cannot be more than the credits that are left.',
      );
    const row: CreditRefundRow = {
      creditnote_refund_id: books.newId(),
      date: day(body, 'date', ''),
      refund_mode: text(body, 'refund_mode'),
      reference_number: text(body, 'reference_number'),
      description: text(body, 'description'),
      from_account_id: from.account_id,
      amountMinor,
    };
    kept(note, [...(note.refunds ?? []), row], -amountMinor);
    const view = refundView(note, row);
    books.desk.wrote({
      operation: 'POST /creditnotes/{id}/refunds',
      object: 'creditnote_refund',
      id: row.creditnote_refund_id,
      action: 'create',
      marker: row.reference_number || null,
      record: view,
    });
    answer(response, { creditnote_refund: view }, 'The credit note amount is refunded successfully.', 201);
  });
  router.delete('/creditnotes/:id/refunds/:refund', (request, response) => {
    const note = held(request.params.id);
    const row = note.refunds?.find((one) => one.creditnote_refund_id === request.params.refund);
    if (row === undefined) throw notFound('Refund');
    kept(
      note,
      (note.refunds ?? []).filter((one) => one !== row),
      row.amountMinor,
    );
    books.desk.wrote({
      operation: 'DELETE /creditnotes/{id}/refunds/{refund}',
      object: 'creditnote_refund',
      id: row.creditnote_refund_id,
      action: 'delete',
      marker: row.reference_number || null,
      record: refundView(note, row),
    });
    answer(response, {}, 'The refund has been deleted.');
  });
}

const LISTING: Listing<CreditRefundRow> = {
  texts: {},
  search: (row) => [row.reference_number],
  sort: { date: (row) => row.date },
  defaultSort: { column: 'date', order: 'D' },
};

function refundView(note: CreditNoteRow, row: CreditRefundRow) {
  const account = chartOfAccounts.find((one) => one.account_id === row.from_account_id);
  return {
    creditnote_refund_id: row.creditnote_refund_id,
    creditnote_id: note.creditnote_id,
    date: row.date,
    refund_mode: row.refund_mode,
    reference_number: row.reference_number,
    amount: fromMinor(row.amountMinor, currencyOf(note).price_precision),
    from_account_id: row.from_account_id,
    from_account_name: account?.account_name ?? '',
    description: row.description,
  };
}
