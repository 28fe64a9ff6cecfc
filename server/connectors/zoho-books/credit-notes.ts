import { z } from 'zod';
import { amountSchema, exactNumber } from '../families/zoho/amounts.ts';
import { type BooksCall, nothing } from './api.ts';
import { lineItems, type NewLine } from './line-items.ts';

export interface BooksCreditNote {
  readonly id: string;
  readonly number: string;
  readonly reference: string;
  readonly status: string;
  /** Decimal text in the customer's currency. */
  readonly total: string;
  /** What of it is neither taken off an invoice nor paid back, as decimal text. */
  readonly balance: string;
}

export interface NewCreditNote {
  readonly customerId: string;
  /** Unique among the organisation's credit notes: one that is taken is refused. */
  readonly number: string;
  /** What the credit note is found by again. */
  readonly reference: string;
  /** `2026-11-23` */
  readonly date: string;
  readonly lines: readonly NewLine[];
  /** As much of it as that invoice is still open by is taken off it at once. */
  readonly invoiceId?: string;
  readonly notes?: string;
}

export interface NewCreditRefund {
  readonly creditNoteId: string;
  /** Decimal text. */
  readonly amount: string;
  /** `2026-11-23` */
  readonly date: string;
  readonly mode: string;
  /** What the refund is found by again. */
  readonly reference: string;
  /** The account that the money left. */
  readonly accountId: string;
}

export interface BooksCreditRefund {
  readonly id: string;
  readonly reference: string;
}

const creditNoteSchema = z
  .object({
    creditnote_id: z.string(),
    creditnote_number: z.string().catch(''),
    reference_number: z.string().nullish(),
    status: z.string().catch(''),
    total: amountSchema,
    balance: amountSchema,
  })
  .transform(
    (note): BooksCreditNote => ({
      id: note.creditnote_id,
      number: note.creditnote_number,
      reference: note.reference_number ?? '',
      status: note.status,
      total: note.total,
      balance: note.balance,
    }),
  );

const refundSchema = z
  .object({ creditnote_refund_id: z.string(), reference_number: z.string().nullish() })
  .transform(
    (refund): BooksCreditRefund => ({
      id: refund.creditnote_refund_id,
      reference: refund.reference_number ?? '',
    }),
  );

/** https://www.zoho.com/books/api/v3/credit-notes/ */
export function creditNoteCalls(call: BooksCall) {
  const refundsOf = (id: string) => `/creditnotes/${encodeURIComponent(id)}/refunds`;
  return {
    /** Credit notes with exactly this reference number. */
    async creditNotesByReference(reference: string): Promise<BooksCreditNote[]> {
      const query = { reference_number: reference };
      const found = await call({ path: '/creditnotes', query }, 'creditnotes', z.array(creditNoteSchema));
      return found.filter((note) => note.reference === reference);
    },

    creditNote(id: string): Promise<BooksCreditNote> {
      return call({ path: `/creditnotes/${encodeURIComponent(id)}` }, 'creditnote', creditNoteSchema);
    },

    /** Creates an open credit note. A repeat is refused for its number: look by reference before. */
    createCreditNote(note: NewCreditNote): Promise<BooksCreditNote> {
      const json = {
        customer_id: note.customerId,
        creditnote_number: note.number,
        reference_number: note.reference,
        date: note.date,
        is_draft: false,
        ...(note.notes ? { notes: note.notes } : {}),
        ...lineItems(note.lines),
      };
      const query = { ignore_auto_number_generation: 'true', invoice_id: note.invoiceId };
      return call({ method: 'POST', path: '/creditnotes', query, json }, 'creditnote', creditNoteSchema);
    },

    /** What was paid back of a credit note. */
    refundsOfCreditNote(id: string): Promise<BooksCreditRefund[]> {
      return call({ path: refundsOf(id) }, 'creditnote_refunds', z.array(refundSchema));
    },

    /** Records that money of a credit note left an account. A repeat records it again: look before. */
    refundCreditNote(refund: NewCreditRefund): Promise<BooksCreditRefund> {
      const json = {
        date: refund.date,
        refund_mode: refund.mode,
        reference_number: refund.reference,
        amount: exactNumber(refund.amount),
        from_account_id: refund.accountId,
      };
      const path = refundsOf(refund.creditNoteId);
      return call({ method: 'POST', path, json }, 'creditnote_refund', refundSchema);
    },

    /** Takes back the record of a refund whose money came home; the credit stays the customer's. */
    async deleteCreditRefund(creditNoteId: string, refundId: string): Promise<void> {
      const path = `${refundsOf(creditNoteId)}/${encodeURIComponent(refundId)}`;
      await call({ method: 'DELETE', path }, 'message', nothing);
    },
  };
}
