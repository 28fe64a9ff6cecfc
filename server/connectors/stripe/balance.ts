import type Stripe from 'stripe';
import type { Payout, PayoutStanding } from '../../core/reconciliation/payout.ts';
import type {
  BalanceOffer,
  OnRead,
  Span,
  StatedMovement,
  Statement,
} from '../../core/reconciliation/statement.ts';
import { vendorCall } from '../../core/vendor-call.ts';
import { asEvent, movementFrom, ownFeeFrom, unsettledPayment } from './balance-movements.ts';
import type { StripeClient } from './client.ts';
import { idOf, timeOf } from './object-reader.ts';

const PAGE = 100;
/** Bounds one statement: 50,000 movements. */
const MOST_PAGES = 500;
/** Payouts are made daily at most, or some by hand. Of one statement, as many again that came back of those made before. */
const MOST_PAYOUTS = 100;
/** The fee of a payment that is captured asynchronously comes within hours. */
const UNSETTLED_DAYS = 7;
const DAY_MS = 86_400_000;

interface Listed<Item> {
  readonly items: readonly Item[];
  readonly isPart: boolean;
}

type Ask<Item> = (page: { limit: number; starting_after?: string }) => Promise<{
  readonly data: readonly Item[];
  readonly has_more: boolean;
}>;

/** A list page by page, the newest first. */
async function listed<Item extends { readonly id: string }>(
  ask: Ask<Item>,
  onRead: OnRead,
  most = MOST_PAGES,
): Promise<Listed<Item>> {
  const items: Item[] = [];
  for (let page = 0; page < most; page += 1) {
    const after = items.at(-1)?.id;
    const { data, has_more: more } = await vendorCall(() =>
      ask({ limit: PAGE, ...(after === undefined ? {} : { starting_after: after }) }),
    );
    items.push(...data);
    await onRead(data.length);
    if (!more || data.length === 0) return { items, isPart: false };
  }
  return { items, isPart: true };
}

const within = ({ from, to }: Span) => ({
  gte: Math.floor(Date.parse(from) / 1_000),
  lt: Math.ceil(Date.parse(to) / 1_000),
});

/** Calls of Stripe's balance. https://docs.stripe.com/api/balance_transactions, https://docs.stripe.com/api/payouts */
export function balanceCalls(stripe: Stripe) {
  return {
    /** Each with the object that it is of. */
    balanceTransactions: (span: Span, onRead: OnRead): Promise<Listed<Stripe.BalanceTransaction>> =>
      listed(
        (page) =>
          stripe.balanceTransactions.list({ created: within(span), expand: ['data.source'], ...page }),
        onRead,
      ),

    charges: (span: Span, onRead: OnRead): Promise<Listed<Stripe.Charge>> =>
      listed((page) => stripe.charges.list({ created: within(span), ...page }), onRead),

    payouts: (span: Span, onRead: OnRead): Promise<Listed<Stripe.Payout>> =>
      listed((page) => stripe.payouts.list({ created: within(span), ...page }), onRead, 1),

    /** What an automatic payout consists of, itself included. */
    transactionsOfPayout: (id: string, onRead: OnRead): Promise<Listed<Stripe.BalanceTransaction>> =>
      listed((page) => stripe.balanceTransactions.list({ payout: id, ...page }), onRead),
  };
}

/**
 * Stripe's own statement: what moved the balance, each movement in the currency in which it was paid; payments whose fee is
 * not known yet, which have not moved it; payouts with what they consist of.
 */
async function statement(client: StripeClient, span: Span, onRead: OnRead): Promise<Statement> {
  const moved = await client.balanceTransactions(span, onRead);
  const latest = new Date(
    Math.max(Date.parse(span.from), Date.parse(span.to) - UNSETTLED_DAYS * DAY_MS),
  ).toISOString();
  const charges = await client.charges({ ...span, from: latest }, onRead);
  const movements: StatedMovement[] = [
    ...moved.items.flatMap((one) => movementFrom(one) ?? []),
    ...charges.items.flatMap((one) => unsettledPayment(one) ?? []),
  ];
  const made = await client.payouts(span, onRead);
  const payouts: Payout[] = [];
  const back = await returned(client, moved.items, made.items);
  for (const payout of [...made.items, ...back.items]) {
    const taken = payout.automatic ? await client.transactionsOfPayout(payout.id, onRead) : null;
    payouts.push({ ...payoutFrom(payout, taken?.items ?? null), standing: standingOf(payout, moved.items) });
  }
  const ownFees = moved.items.flatMap((one) => ownFeeFrom(one) ?? []);
  const isPart = [moved, charges, made, back].some((one) => one.isPart);
  return { movements, payouts, ownFees, isPart };
}

/** A payout's money that is back on the balance. https://docs.stripe.com/reports/balance-transaction-types */
const RETURNS = ['payout_failure', 'payout_cancel'];

/** Payouts that were made before, and whose money came back by now: what is in the books of them is two transfers. */
async function returned(
  client: StripeClient,
  moved: readonly Stripe.BalanceTransaction[],
  made: readonly Stripe.Payout[],
): Promise<Listed<Stripe.Payout>> {
  const known = new Set(made.map(({ id }) => id));
  const sources = moved.flatMap(({ type, source }) => (RETURNS.includes(type) ? (idOf(source) ?? []) : []));
  const ids = [...new Set(sources)].filter((id) => !known.has(id));
  const items: Stripe.Payout[] = [];
  for (const id of ids.slice(0, MOST_PAYOUTS)) {
    const payout = await client.payout(id);
    if (payout !== null) items.push(payout);
  }
  return { items, isPart: ids.length > MOST_PAYOUTS };
}

const STATES: Readonly<Record<string, PayoutStanding['state']>> = {
  paid: 'paid',
  failed: 'failed',
  canceled: 'failed',
};

/** How a payout stands, and, of one that failed, when its money was back on the balance. */
function standingOf(payout: Stripe.Payout, moved: readonly Stripe.BalanceTransaction[]): PayoutStanding {
  const state = STATES[payout.status] ?? 'pending';
  const returned = idOf(payout.failure_balance_transaction);
  const back = moved.find(({ id }) => id === returned);
  const failedAt = back === undefined ? null : timeOf(back.created);
  const topic = state === 'failed' ? 'payout.failed' : 'payout.paid';
  const told = failedAt ?? timeOf(payout.created) ?? new Date(0).toISOString();
  const { id, object, amount, currency, status, arrival_date, created, failure_code } = payout;
  return {
    state,
    failedAt: state === 'failed' ? failedAt : null,
    object: 'stripe.payouts',
    event: {
      topic,
      recordId: id,
      body: asEvent(topic, told, {
        id,
        object,
        amount,
        currency,
        status,
        arrival_date,
        created,
        failure_code,
      }),
    },
  };
}

function payoutFrom(payout: Stripe.Payout, taken: readonly Stripe.BalanceTransaction[] | null): Payout {
  const own = (taken ?? []).filter(({ type }) => type !== 'payout');
  const sum = (of: (one: Stripe.BalanceTransaction) => number): number =>
    own.reduce((total, one) => total + of(one), 0);
  const amounts = (categories: readonly string[]): number =>
    sum((one) => (categories.includes(one.reporting_category) ? one.amount : 0));
  const [payments, refunds, disputes] = [amounts(PAYMENTS), amounts(REFUNDS), amounts(DISPUTES)];
  const arrives = timeOf(payout.arrival_date);
  return {
    id: payout.id,
    at: timeOf(payout.created) ?? new Date(0).toISOString(),
    arrivesOn: arrives === null ? null : arrives.slice(0, 10),
    minor: payout.amount,
    currency: payout.currency.toUpperCase(),
    paymentsMinor: payments,
    refundsMinor: refunds,
    disputesMinor: disputes,
    otherMinor: sum(({ amount }) => amount) - payments - refunds - disputes,
    feesMinor: sum(({ fee }) => fee),
    movements: own.map(({ id }) => id),
    isByHand: taken === null,
  };
}

/** https://docs.stripe.com/reports/reporting-categories */
const PAYMENTS = ['charge'];
const REFUNDS = ['refund', 'refund_failure', 'partial_capture_reversal'];
const DISPUTES = ['dispute', 'dispute_reversal'];

export const balance: BalanceOffer<StripeClient> = { statement };
