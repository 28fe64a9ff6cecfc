import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { emit } from './events.ts';
import { SETTLED_IN, settled } from './exchange-rates.ts';
import { readOperations } from './listing.ts';
import type { Operation } from './operation.ts';
import { textIn } from './parameters.ts';
import { type BalanceRow, secondsNow, stripeTables } from './rows.ts';

const DAY = 86_400;
/** Until money can be paid out. https://docs.stripe.com/payouts#payout-speed */
const PENDING_DAYS = 7;

/** What Stripe takes for a European card: 1.5 % and 25 cents. https://stripe.com/fr/pricing */
const feeOf = (minor: number): number => Math.round(minor * 0.015) + 25;

interface Movement {
  readonly type: Stripe.BalanceTransaction.Type;
  /** https://docs.stripe.com/reports/reporting-categories */
  readonly category: string;
  /** Below zero for what leaves the balance; in the currency of what was paid. */
  readonly amount: number;
  readonly currency: string;
  /** In the account's currency, below zero for one that is given back. */
  readonly fee: number;
  readonly feeName?: string;
  /** Null: it is of nothing that has an id. */
  readonly source: string | null;
  readonly description: string | null;
  readonly availableAfterDays?: number;
}

/** Writes a movement on the balance, in the account's own currency. https://docs.stripe.com/api/balance_transactions/object */
export function move(desk: VendorDesk, movement: Movement): Stripe.BalanceTransaction {
  const { amount, currency, fee } = movement;
  const own = settled(amount, currency);
  const now = secondsNow(desk);
  const row: BalanceRow = {
    id: desk.id('txn_', 24),
    object: 'balance_transaction',
    amount: own.minor,
    available_on: now + (movement.availableAfterDays ?? 0) * DAY,
    balance_type: 'payments',
    created: now,
    currency: SETTLED_IN,
    description: movement.description,
    exchange_rate: own.rate,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: SETTLED_IN,
              description: movement.feeName ?? 'Stripe processing fees',
              type: 'stripe_fee',
            },
          ],
    net: own.minor - fee,
    reporting_category: movement.category,
    source: movement.source,
    status: 'pending',
    type: movement.type,
    paid_out_by: null,
  };
  stripeTables(desk).balance.put(row.id, row);
  return shownBalance(desk)(row);
}

/** The money of a charge reaches the balance, and its fee is known from then on. */
export function credit(desk: VendorDesk, charge: Stripe.Charge): Stripe.Charge {
  const { id } = move(desk, {
    type: 'charge',
    category: 'charge',
    amount: charge.amount_captured,
    currency: charge.currency,
    fee: feeOf(settled(charge.amount_captured, charge.currency).minor),
    source: charge.id,
    description: charge.description,
    availableAfterDays: PENDING_DAYS,
  });
  const credited = { ...charge, balance_transaction: id };
  stripeTables(desk).charges.put(charge.id, credited);
  return credited;
}

/** Stripe takes what a service of its own costs. https://docs.stripe.com/reports/reporting-categories */
export const takeOwnFee = (
  desk: VendorDesk,
  wish: { readonly amountMinor: number; readonly description?: string | undefined },
): { transaction: Stripe.BalanceTransaction } => ({
  transaction: move(desk, {
    type: 'stripe_fee',
    category: 'fee',
    amount: -wish.amountMinor,
    currency: SETTLED_IN,
    fee: 0,
    source: null,
    description: wish.description ?? 'Billing - Usage Fee',
  }),
});

/** Whether what it moved can be paid out by now. */
const statusOf = (
  desk: VendorDesk,
  { available_on: on }: Pick<BalanceRow, 'available_on'>,
): 'available' | 'pending' => (on <= secondsNow(desk) ? 'available' : 'pending');

/** As the API shows it: which payout took it stands in no member, and is asked for by a filter. */
export const shownBalance =
  (desk: VendorDesk) =>
  ({ paid_out_by: _by, ...row }: BalanceRow): Stripe.BalanceTransaction => ({
    ...row,
    status: statusOf(desk, row),
  });

/**
 * An automatic payout takes all that is available by then to the bank; event `payout.created` belongs to webhooks that
 * nobody here listens to. https://docs.stripe.com/payouts/reconciliation
 *
 * @throws Error where nothing is available.
 */
export function payOut(desk: VendorDesk): { payout: Stripe.Payout } {
  const { balance, payouts } = stripeTables(desk);
  const taken = balance
    .all()
    .filter(
      (row) => row.paid_out_by === null && row.type !== 'payout' && statusOf(desk, row) === 'available',
    );
  const amount = taken.reduce((sum, { net }) => sum + net, 0);
  if (amount <= 0) throw new Error('Nothing on the balance of Stripe is available to be paid out.');
  const now = secondsNow(desk);
  const id = desk.id('po_', 24);
  const own = move(desk, {
    type: 'payout',
    category: 'payout',
    amount: -amount,
    currency: SETTLED_IN,
    fee: 0,
    source: id,
    description: 'STRIPE PAYOUT',
  });
  for (const row of [...taken, balance.get(own.id)])
    if (row !== undefined) balance.put(row.id, { ...row, paid_out_by: id });
  const payout: Stripe.Payout = {
    id,
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: now + 2 * DAY,
    automatic: true,
    balance_transaction: own.id,
    created: now,
    currency: SETTLED_IN,
    description: 'STRIPE PAYOUT',
    destination: null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'completed',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: 'in_transit',
    trace_id: null,
    type: 'bank_account',
  };
  payouts.put(id, payout);
  return { payout };
}

/**
 * A payout reaches the bank, or fails to, days after it seemed to be there too: then its money is on the balance again.
 * Events `payout.paid`, `payout.failed`. https://docs.stripe.com/payouts#payout-failures
 *
 * @throws Error for an unknown payout, or one that failed already.
 */
export function endPayout(
  desk: VendorDesk,
  wish: { readonly payout: string; readonly status: 'paid' | 'failed' },
): { payout: Stripe.Payout; events: readonly string[] } {
  const { payouts } = stripeTables(desk);
  const before = payouts.get(wish.payout);
  if (before === undefined || before.status === 'failed')
    throw new Error(`Stripe has no payout ${wish.payout} that could end.`);
  const failed = wish.status === 'failed';
  const payout: Stripe.Payout = {
    ...before,
    status: wish.status,
    ...(failed
      ? {
          failure_code: 'account_closed',
          failure_message: 'The bank account has been closed.',
          failure_balance_transaction: move(desk, {
            type: 'payout_failure',
            category: 'payout_reversal',
            amount: before.amount,
            currency: before.currency,
            fee: 0,
            source: before.id,
            description: 'STRIPE PAYOUT FAILURE',
          }).id,
        }
      : {}),
  };
  payouts.put(payout.id, payout);
  return { payout, events: [emit(desk, { type: `payout.${wish.status}`, object: payout })] };
}

/** https://docs.stripe.com/api/balance_transactions, https://docs.stripe.com/api/payouts */
export const balanceOperations: readonly Operation[] = [
  ...readOperations<BalanceRow>({
    path: '/v1/balance_transactions',
    noun: 'balance transaction',
    table: (desk) => stripeTables(desk).balance,
    filters: { currency: 'text', payout: 'text', source: 'text', type: 'text' },
    keeps(row, values) {
      const payout = textIn(values, 'payout');
      const own = (name: 'currency' | 'source' | 'type') => {
        const wanted = textIn(values, name);
        return !wanted || row[name] === wanted;
      };
      return (!payout || row.paid_out_by === payout) && own('currency') && own('source') && own('type');
    },
    shown: (row, desk) => shownBalance(desk)(row),
  }),
  ...readOperations<Stripe.Payout>({
    path: '/v1/payouts',
    noun: 'payout',
    table: (desk) => stripeTables(desk).payouts,
    filters: { arrival_date: 'range', destination: 'unsimulated', status: 'text' },
    keeps: (row, values) => {
      const status = textIn(values, 'status');
      return !status || row.status === status;
    },
  }),
];
