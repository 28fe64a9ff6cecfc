import { currencyById } from '../../sandbox/zoho-books/currencies.ts';
import type { Shop } from './rig.ts';
import type { ShopUnderTest } from './shops.ts';

type Row = Readonly<Record<string, unknown>>;
type Books = Awaited<ReturnType<Shop['books']>>;

/** Of one currency, in its minor units. */
interface Sums {
  documents: number;
  owed: number;
  /** What came, less what went back. */
  cash: number;
}
export type SumsByCurrency = Readonly<Record<string, Sums>>;

function counter() {
  const sums: Record<string, Sums> = {};
  return {
    sums,
    add(currency: string, { documents = 0, owed = 0, cash = 0 }: Partial<Sums>): void {
      const before = sums[currency] ?? { documents: 0, owed: 0, cash: 0 };
      sums[currency] = {
        documents: before.documents + documents,
        owed: before.owed + owed,
        cash: before.cash + cash,
      };
    },
  };
}

/** Ids of all that is in Books and moves money or says that it is owed. */
export const idsIn = ({ invoices = [], payments = [], creditNotes = [] }: Books): ReadonlySet<string> =>
  new Set([
    ...invoices.map((row) => String(row.invoice_id)),
    ...payments.map((row) => String(row.payment_id)),
    ...creditNotes.map((row) => String(row.creditnote_id)),
  ]);

/** What Books says of everything that was not there before, whatever it bears as its reference. */
export function sumsOfBooks(
  { invoices = [], payments = [], creditNotes = [] }: Books,
  before: ReadonlySet<string>,
): SumsByCurrency {
  const { sums, add } = counter();
  const currencyOf = (row: Row): string => currencyById(String(row.currency_id))?.currency_code ?? '';
  for (const row of invoices)
    if (!before.has(String(row.invoice_id)) && row.set !== 'void')
      add(currencyOf(row), {
        documents: 1,
        owed: Number(row.totalMinor) - Number(row.paidMinor) - Number(row.creditsMinor),
      });
  for (const row of payments)
    if (!before.has(String(row.payment_id)))
      add(currencyOf(row), { cash: Number(row.amountMinor) - Number(row.refundedMinor) });
  for (const row of creditNotes)
    if (!before.has(String(row.creditnote_id))) {
      const back = (row.refunds ?? []) as readonly { amountMinor: number }[];
      // What was credited and did not go back is owed to the customer.
      add(currencyOf(row), {
        owed: -Number(row.balanceMinor),
        cash: -back.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      });
    }
  return sums;
}

/** What a shop says of its orders that were booked. */
export function sumsOfShop(
  orders: readonly (ReturnType<ShopUnderTest['truth']> & { readonly currency: string })[],
): SumsByCurrency {
  const { sums, add } = counter();
  for (const { currency, total, isPaid, refunded } of orders)
    add(currency, { documents: 1, owed: isPaid ? 0 : total, cash: (isPaid ? total : 0) - refunded });
  return sums;
}
