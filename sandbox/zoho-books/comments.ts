import type { Books } from './books.ts';
import type { CommentRow } from './rows.ts';

/** Adds a line to an invoice's history. */
export function comment(
  books: Books,
  invoice_id: string,
  description: string,
  as: Pick<CommentRow, 'comment_type' | 'operation_type' | 'commented_by'> = {
    comment_type: 'system',
    operation_type: 'Updated',
    commented_by: 'Hugo Marchetti',
  },
): CommentRow {
  const row = { comment_id: books.newId(), invoice_id, description, ...as, created: books.now() };
  return books.comments.put(row.comment_id, row);
}

export const commentsOf = (books: Books, invoice_id: string): CommentRow[] =>
  books.comments.all().filter((row) => row.invoice_id === invoice_id);

export function commentView(row: CommentRow) {
  return {
    comment_id: row.comment_id,
    invoice_id: row.invoice_id,
    description: row.description,
    commented_by_id: '',
    commented_by: row.commented_by,
    comment_type: row.comment_type,
    operation_type: row.operation_type,
    date: row.created.slice(0, 10),
    date_description: '',
    time: row.created.slice(11, 16),
    transaction_id: row.invoice_id,
    transaction_type: 'invoice',
  };
}
