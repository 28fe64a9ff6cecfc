import { z } from 'zod';
import { ifGone } from '../../kit/if-gone.ts';
import { amountSchema, exactNumber } from '../families/zoho/amounts.ts';
import type { BooksCall } from './api.ts';

export interface BooksTransfer {
  readonly id: string;
  readonly reference: string;
}

export interface NewTransfer {
  readonly fromId: string;
  readonly toId: string;
  /** Decimal text. */
  readonly amount: string;
  readonly currencyId: string;
  /** `2026-11-23` */
  readonly date: string;
  /** What it is found by again. */
  readonly reference: string;
  readonly description: string;
}

/** A transfer as it stands, with its money. */
const wholeSchema = z.object({
  transaction_id: z.string(),
  date: z.string(),
  amount: amountSchema,
  currency_code: z.string().min(1),
  from_account_id: z.string().nullish(),
  to_account_id: z.string().nullish(),
  reference_number: z.string().nullish(),
});
export type WholeTransfer = z.infer<typeof wholeSchema>;

const transferSchema = z
  .object({ transaction_id: z.string(), reference_number: z.string().nullish() })
  .transform(
    (transfer): BooksTransfer => ({
      id: transfer.transaction_id,
      reference: transfer.reference_number ?? '',
    }),
  );

/** https://www.zoho.com/books/api/v3/bank-transactions/ */
export function transferCalls(call: BooksCall) {
  return {
    /** Transfers that touch an account, with exactly this reference number, among its latest 200. */
    async transfersByReference(accountId: string, reference: string): Promise<BooksTransfer[]> {
      const query = {
        account_id: accountId,
        transaction_type: 'transfer_fund',
        reference_number: reference,
        per_page: 200,
      };
      const found = await call(
        { path: '/banktransactions', query },
        'banktransactions',
        z.array(transferSchema),
      );
      return found.filter((transfer) => transfer.reference === reference);
    },

    /** One by its id; null: it is gone. */
    transfer: (id: string): Promise<WholeTransfer | null> =>
      ifGone(
        () => call({ path: `/banktransactions/${encodeURIComponent(id)}` }, 'banktransaction', wholeSchema),
        null,
      ),

    /** Records that money went from one account to another. A repeat records it again: look by reference before. */
    createTransfer(transfer: NewTransfer): Promise<BooksTransfer> {
      const json = {
        transaction_type: 'transfer_fund',
        from_account_id: transfer.fromId,
        to_account_id: transfer.toId,
        amount: exactNumber(transfer.amount),
        currency_id: transfer.currencyId,
        date: transfer.date,
        reference_number: transfer.reference,
        description: transfer.description,
      };
      return call({ method: 'POST', path: '/banktransactions', json }, 'banktransaction', transferSchema);
    },
  };
}
