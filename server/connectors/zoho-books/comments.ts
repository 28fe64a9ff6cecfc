import { z } from 'zod';
import { type BooksCall, nothing } from './api.ts';
import { commentText } from './lengths.ts';

export interface InvoiceComment {
  readonly id: string;
  readonly text: string;
}

const commentSchema = z
  .object({ comment_id: z.string(), description: z.string().nullish() })
  .transform((comment): InvoiceComment => ({ id: comment.comment_id, text: comment.description ?? '' }));

export function commentCalls(call: BooksCall) {
  const pathOf = (invoiceId: string) => `/invoices/${encodeURIComponent(invoiceId)}/comments`;
  return {
    /** Comments and history of an invoice; Zoho Books writes the latter itself. */
    comments(invoiceId: string): Promise<InvoiceComment[]> {
      return call({ path: pathOf(invoiceId) }, 'comments', z.array(commentSchema));
    },

    /** Adds a comment that the customer does not see. A repeat adds it again: look before. */
    async addComment(invoiceId: string, text: string): Promise<void> {
      const json = { description: commentText(text), show_comment_to_clients: false };
      await call({ method: 'POST', path: pathOf(invoiceId), json }, 'comment', nothing);
    },
  };
}
