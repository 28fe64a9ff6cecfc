import type { Router } from 'express';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { comment } from './comments.ts';
import { currencyOf, primaryOf } from './contact-view.ts';
import { day, list, mandatory, text } from './fields.ts';
import { customerOf, sameCurrency } from './invoice-draft.ts';
import { balanceOf } from './invoice-view.ts';
import { linesOf, lineView, taxesOf } from './lines.ts';
import { type Listing, listed, query } from './listing.ts';
import { fromMinor } from './minor-units.ts';
import { positiveAmount } from './payment-draft.ts';
import { missing, notFound, Refusal } from './refusal.ts';
import type { CreditNoteRow } from './rows.ts';

export function creditNoteRoutes(router: Router, books: Books): void {
  const held = (id: unknown): CreditNoteRow => {
    const note = books.creditNotes.get(String(id));
    if (!note) throw notFound('Credit note');
    return note;
  };
  const wrote = (note: CreditNoteRow, operation: string, action: 'create' | 'update'): void => {
    const marker = note.reference_number || null;
    const record = creditNoteAlone(books, note);
    books.desk.wrote({ operation, object: 'creditnote', id: note.creditnote_id, action, marker, record });
  };

  router.get('/creditnotes', (request, response) => {
    const { rows, context } = listed(
      books.listed(books.creditNotes, (row) => row.creditnote_id),
      request,
      listing(books),
    );
    const creditnotes = rows.map((row) => creditNoteInList(books, row));
    answer(response, { creditnotes, page_context: context });
  });
  router.post('/creditnotes', (request, response) => {
    const body = bodyFields(request);
    const customer = customerOf(books, body);
    sameCurrency(body, customer);
    if (body.date === undefined) throw missing('date');
    const { lines, totalMinor } = linesOf(books, body, currencyOf(customer));
    const number = mandatory(body, 'creditnote_number');
    if (books.creditNotes.all().some((note) => note.creditnote_number === number))
      throw new Refusal(400, 1001, `The credit note number ${number} already exists.`);
    const now = books.now();
    const note: CreditNoteRow = {
      creditnote_id: books.newId(),
      creditnote_number: number,
      customer_id: customer.contact_id,
      currency_id: customer.currency_id,
      date: day(body, 'date', ''),
      reference_number: text(body, 'reference_number'),
      lines,
      totalMinor,
      balanceMinor: totalMinor,
      credited: [],
      notes: text(body, 'notes'),
      created: now,
      modified: now,
    };
    books.creditNotes.put(note.creditnote_id, note);
    books.wrote(note.creditnote_id);
    wrote(note, 'POST /creditnotes', 'create');
    const invoice = query(request, 'invoice_id');
    const kept = invoice === '' ? note : creditAsMuchAsPossible(books, note, invoice);
    answer(response, { creditnote: creditNoteAlone(books, kept) }, 'Credit note has been created.', 201);
  });
  router.get('/creditnotes/:id', (request, response) => {
    answer(response, { creditnote: creditNoteAlone(books, held(request.params.id)) });
  });

  router.post('/invoices/:id/credits', (request, response) => {
    const body = bodyFields(request);
    const invoice = books.invoices.get(String(request.params.id));
    if (!invoice) throw notFound('Invoice');
    const currency = currencyOf(invoice);
    for (const fields of list(body, 'apply_creditnotes')) {
      const note = held(mandatory(fields, 'creditnote_id'));
      credit(books, note, invoice.invoice_id, positiveAmount(fields, 'amount_applied', currency));
      wrote(held(note.creditnote_id), 'POST /invoices/{id}/credits', 'update');
    }
    answer(response, {}, 'Credits have been applied to the invoice.', 201);
  });
}

function creditAsMuchAsPossible(books: Books, note: CreditNoteRow, invoice_id: string): CreditNoteRow {
  const invoice = books.invoices.get(invoice_id);
  if (!invoice) return note;
  const minor = Math.min(balanceOf(invoice), note.balanceMinor);
  return minor > 0 ? credit(books, note, invoice_id, minor) : note;
}

function credit(books: Books, note: CreditNoteRow, invoice_id: string, minor: number): CreditNoteRow {
  const invoice = books.invoices.get(invoice_id);
  if (!invoice || invoice.customer_id !== note.customer_id) throw notFound('Invoice');
  if (minor > balanceOf(invoice) || minor > note.balanceMinor)
    throw new Refusal(
      400,
      24016,
      'The amount entered is more than the balance due for the selected invoices.',
    );
  const modified = books.now();
  books.invoices.put(invoice_id, {
    ...invoice,
    set: 'sent',
    creditsMinor: invoice.creditsMinor + minor,
    modified,
  });
  comment(books, invoice_id, `Credits applied from ${note.creditnote_number}.`);
  return books.creditNotes.put(note.creditnote_id, {
    ...note,
    balanceMinor: note.balanceMinor - minor,
    credited: [...note.credited, { invoice_id, invoice_payment_id: books.newId(), minor }],
    modified,
  });
}

function creditNoteInList(books: Books, note: CreditNoteRow) {
  const currency = currencyOf(note);
  return {
    creditnote_id: note.creditnote_id,
    creditnote_number: note.creditnote_number,
    status: note.balanceMinor === 0 ? 'closed' : 'open',
    reference_number: note.reference_number,
    date: note.date,
    total: fromMinor(note.totalMinor, currency.price_precision),
    balance: fromMinor(note.balanceMinor, currency.price_precision),
    customer_id: note.customer_id,
    customer_name: books.contacts.get(note.customer_id)?.contact_name ?? '',
    currency_id: note.currency_id,
    currency_code: currency.currency_code,
    created_time: note.created,
    last_modified_time: note.modified,
    is_emailed: false,
  };
}

export function creditNoteAlone(books: Books, note: CreditNoteRow) {
  const currency = currencyOf(note);
  const customer = books.contacts.get(note.customer_id);
  const amount = (minor: number): number => fromMinor(minor, currency.price_precision);
  const {
    currency_id: _currency,
    created_time,
    last_modified_time,
    is_emailed: _mailed,
    ...shown
  } = creditNoteInList(books, note);
  return {
    ...shown,
    email: (customer && primaryOf(customer)?.email) ?? '',
    line_items: note.lines.map((line, index) => {
      const { item_id, name, description, quantity, tax_id } = lineView(line, index, amount);
      return { item_id, name, description, quantity, tax_id };
    }),
    invoices: note.credited.map(({ invoice_id, minor }) => ({
      invoice_id,
      invoice_number: books.invoices.get(invoice_id)?.invoice_number ?? '',
      amount: amount(minor),
    })),
    taxes: taxesOf(note.lines, amount),
    currency_symbol: currency.currency_symbol,
    notes: note.notes,
    created_time,
    updated_time: last_modified_time,
  };
}

function listing(books: Books): Listing<CreditNoteRow> {
  const customer = (row: CreditNoteRow) => books.contacts.get(row.customer_id)?.contact_name ?? '';
  return {
    texts: {
      creditnote_number: (row) => [row.creditnote_number],
      reference_number: (row) => [row.reference_number],
      customer_name: (row) => [customer(row)],
      status: (row) => [row.balanceMinor === 0 ? 'closed' : 'open'],
    },
    exact: { customer_id: (row) => row.customer_id, date: (row) => row.date },
    search: (row) => [row.creditnote_number, row.reference_number, customer(row)],
    sort: { created_time: (row) => row.created, date: (row) => row.date },
    defaultSort: { column: 'created_time', order: 'D' },
  };
}
