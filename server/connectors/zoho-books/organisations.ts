import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { readFinanceAccount } from '../families/zoho/finance-account.ts';
import type { BooksCall } from './api.ts';
import { VENDOR } from './failures.ts';

export interface BooksCurrency {
  readonly id: string;
  /** ISO 4217. */
  readonly code: string;
  readonly isBase: boolean;
}

const currencySchema = z
  .object({ currency_id: z.string(), currency_code: z.string(), is_base_currency: z.boolean().catch(false) })
  .transform(
    (currency): BooksCurrency => ({
      id: currency.currency_id,
      code: currency.currency_code,
      isBase: currency.is_base_currency,
    }),
  );

export interface BooksTax {
  readonly id: string;
  /** In per cent; of a group of taxes the sum. */
  readonly percent: number;
}

const taxSchema = z
  .object({ tax_id: z.string(), tax_percentage: z.coerce.number() })
  .transform((tax): BooksTax => ({ id: tax.tax_id, percent: tax.tax_percentage }));

export function settingCalls(call: BooksCall) {
  return {
    /** Taxes that lines can bear; at most 200. */
    taxes(): Promise<BooksTax[]> {
      return call({ path: '/settings/taxes', query: { per_page: 200 } }, 'taxes', z.array(taxSchema));
    },

    /** Currencies that the organisation keeps books in. */
    currencies(): Promise<BooksCurrency[]> {
      return call({ path: '/settings/currencies' }, 'currencies', z.array(currencySchema));
    },
  };
}

/** The organisation whose books these are: the user's default one where there are several. */
export const readAccount = (http: ConnectorHttp): Promise<VendorAccount> =>
  readFinanceAccount(http, { vendor: VENDOR, base: '/books/v3', site: 'books' });
