import { currencyById } from '../../sandbox/zoho-books/currencies.ts';
import type { Money } from './rig.ts';

type Row = Readonly<Record<string, unknown>>;
type Tables = Readonly<Record<string, readonly Row[]>>;

/** What moved in one currency, in its minor units: into the account of the money, and out of it to wherever it went. */
type Moved = Record<'money' | 'fees' | 'disputed' | 'bank' | 'owed', number>;
export type MovedByCurrency = Readonly<Record<string, Moved>>;

/** Ids in Books of what a lot plays with. */
export interface Accounts {
  readonly money: string;
  readonly fees: string;
  readonly disputed: string;
  readonly bank: string;
}

const NOTHING: Moved = { money: 0, fees: 0, disputed: 0, bank: 0, owed: 0 };

function counter() {
  const sums: Record<string, Moved> = {};
  return {
    sums,
    add(currency: string, by: Partial<Moved>): void {
      const now = { ...(sums[currency] ?? NOTHING) };
      for (const [name, minor] of Object.entries(by)) now[name as keyof Moved] += minor;
      sums[currency] = now;
    },
  };
}

const IDS = ['id', 'payment_id', 'creditnote_id', 'expense_id', 'transaction_id', 'invoice_id'] as const;
const ownId = (row: Row): string => String(IDS.map((name) => row[name]).find((id) => id !== undefined));

/** What is new of each table since it was last looked at. */
export function news() {
  const known = new Set<string>();
  return (tables: Tables): Tables =>
    Object.fromEntries(
      Object.entries(tables).map(([table, rows]) => {
        const fresh = rows.filter((row) => !known.has(`${table} ${ownId(row)}`));
        for (const row of fresh) known.add(`${table} ${ownId(row)}`);
        return [table, fresh];
      }),
    );
}

export const stripeTables = ({ sandbox }: Money) =>
  sandbox.state('stripe', 'charges', 'refunds', 'disputes', 'balance_transactions');

/**
 * What Stripe's balance says: a charge and what went back of it in the payer's currency, fees, disputes and payouts in that of
 * the account. Money whose charge is not on the balance yet was paid all the same; a refund that is pending is not over.
 *
 * @param all every row, by which movements of earlier ones are understood.
 */
export function movedAtStripe(all: Tables, fresh: Tables): MovedByCurrency {
  const { sums, add } = counter();
  const sources = new Map([...(all.charges ?? []), ...(all.refunds ?? [])].map((row) => [row.id, row]));
  for (const charge of fresh.charges ?? [])
    if (charge.balance_transaction === null)
      add(String(charge.currency).toUpperCase(), { money: Number(charge.amount) });
  for (const row of fresh.balance_transactions ?? []) {
    const own = String(row.currency).toUpperCase();
    const source = sources.get(row.source as string);
    const theirs = String(source?.currency).toUpperCase();
    const [net, fee, amount] = [Number(row.net), Number(row.fee), Number(source?.amount)];
    switch (row.type) {
      case 'charge':
        add(theirs, { money: amount });
        add(own, { money: -fee, fees: fee });
        break;
      case 'refund':
        if (source?.status !== 'pending') add(theirs, { money: -amount });
        break;
      case 'refund_failure':
        add(theirs, { money: amount });
        break;
      case 'payout':
      case 'payout_failure':
        add(own, { money: net, bank: -net });
        break;
      default:
        add(own, { money: net, disputed: -net });
    }
  }
  return sums;
}

/** What Books says of everything that is new there, whatever it bears as its reference. */
export function movedInBooks(fresh: Tables, accounts: Accounts): MovedByCurrency {
  const { sums, add } = counter();
  const currencyOf = (row: Row): string => currencyById(String(row.currency_id))?.currency_code ?? '';
  const nameOf = (account: unknown): keyof Accounts | undefined =>
    (Object.keys(accounts) as (keyof Accounts)[]).find((name) => accounts[name] === account);
  /** What reaches an account, below zero for what leaves it. */
  const reach = (row: Row, account: unknown, minor: number): void => {
    const name = nameOf(account);
    if (name === undefined) throw new Error(`Books moved ${minor} on another account: ${String(account)}.`);
    add(currencyOf(row), { [name]: minor });
  };
  for (const row of fresh.payments ?? []) {
    const charges = Number(row.bankChargesMinor);
    reach(row, row.account_id, Number(row.amountMinor) - charges);
    add(currencyOf(row), { fees: charges });
  }
  for (const row of fresh.expenses ?? []) {
    reach(row, row.account_id, Number(row.amountMinor));
    reach(row, row.paid_through_account_id, -Number(row.amountMinor));
  }
  for (const row of fresh.transfers ?? []) {
    reach(row, row.to_account_id, Number(row.amountMinor));
    reach(row, row.from_account_id, -Number(row.amountMinor));
  }
  for (const row of fresh.invoices ?? [])
    add(currencyOf(row), {
      owed: Number(row.totalMinor) - Number(row.paidMinor) - Number(row.creditsMinor),
    });
  for (const row of fresh.creditNotes ?? []) {
    add(currencyOf(row), { owed: -Number(row.balanceMinor) });
    for (const back of (row.refunds ?? []) as readonly Row[])
      reach(row, back.from_account_id, -Number(back.amountMinor));
  }
  return sums;
}
