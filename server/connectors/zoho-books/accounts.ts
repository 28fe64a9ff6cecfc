import { z } from 'zod';
import type { BooksCall } from './api.ts';

/** An account of the organisation's books. */
export interface BooksAccount {
  readonly id: string;
  readonly name: string;
  /** Empty where accounts are not numbered. */
  readonly code: string;
  /** `bank`, `cash`, `expense`. https://www.zoho.com/books/api/v3/chart-of-accounts/ */
  readonly type: string;
  readonly isActive: boolean;
}

const accountSchema = z
  .object({
    account_id: z.string(),
    account_name: z.string(),
    account_code: z.string().nullish(),
    account_type: z.string(),
    is_active: z.boolean().catch(true),
  })
  .transform(
    (account): BooksAccount => ({
      id: account.account_id,
      name: account.account_name,
      code: account.account_code ?? '',
      type: account.account_type,
      isActive: account.is_active,
    }),
  );

/** A chart of accounts has more than a page, and seldom more than a few. */
const MOST_PAGES = 5;
const PAGE = 200;

export function accountCalls(call: BooksCall) {
  return {
    /** The chart of accounts; at most 1,000. */
    async accounts(): Promise<BooksAccount[]> {
      const all: BooksAccount[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const query = { page, per_page: PAGE };
        const found = await call(
          { path: '/chartofaccounts', query },
          'chartofaccounts',
          z.array(accountSchema),
        );
        all.push(...found);
        if (found.length < PAGE) break;
      }
      return all;
    },
  };
}
