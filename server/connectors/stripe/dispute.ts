import { currencyCode, minorUnits } from '../../core/movement.ts';
import { idOf, type Loose, listOf, numberOf, objectOf, textOf, timeOf } from './object-reader.ts';

/** What can become of a dispute. `closed`: an inquiry that ended without money moving. */
export type DisputeTurn = 'opened' | 'withdrawn' | 'reinstated' | 'won' | 'lost' | 'closed';

/** One thing that happened in a dispute. */
export interface DisputeFact {
  readonly turn: DisputeTurn;
  /** Money of that turn, in the currency's minor unit; of the dispute where no other is told. */
  readonly amountMinor: number;
  readonly currency: string;
  /** What Stripe took for it; null where it is not told. */
  readonly feeMinor: number | null;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** One movement of the account's balance that a dispute made, in the account's currency. */
export interface DisputeMovement {
  /** The balance transaction that it is. */
  readonly id: string;
  /** What the balance changed by, with what Stripe took or gave back for it: below zero where money left. */
  readonly netMinor: number;
  readonly currency: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A payer who disputes a payment with the bank, as flows see it. Plain data. */
export interface Dispute {
  readonly id: string;
  /** The payment intent, where the dispute names it. */
  readonly paymentIdentity: string | null;
  readonly chargeId: string | null;
  readonly reason: string | null;
  /** In the order in which they happen. */
  readonly facts: readonly DisputeFact[];
  /** The earliest first, as far as they were told. Absent: told to a version that did not read them. */
  readonly movements?: readonly DisputeMovement[];
}

const TURN_OF_STATUS: Readonly<Record<string, DisputeTurn>> = {
  won: 'won',
  lost: 'lost',
  warning_closed: 'closed',
};
const TURN_OF_TOPIC: Readonly<Record<string, DisputeTurn>> = {
  'charge.dispute.funds_withdrawn': 'withdrawn',
  'charge.dispute.funds_reinstated': 'reinstated',
};
const ORDER: readonly DisputeTurn[] = ['opened', 'withdrawn', 'reinstated', 'won', 'lost', 'closed'];

/**
 * What a dispute tells by then, whichever of its events carries it: that it was opened, that money was taken
 * or given back (`balance_transactions`), how it ended. https://docs.stripe.com/api/disputes/object
 *
 * @returns null for any other object, or a dispute that names no payment.
 */
export function disputeFrom(object: unknown, topic: string, announcedAt: string | null): Dispute | null {
  const source = objectOf(object);
  const id = idOf(source);
  const currency = currencyCode(source?.currency);
  const amountMinor = minorUnits(source?.amount);
  if (source?.object !== 'dispute' || id === null || currency === null || amountMinor === null) return null;
  const paymentIdentity = idOf(source.payment_intent);
  const chargeId = idOf(source.charge);
  if (paymentIdentity === null && chargeId === null) return null;

  const at = announcedAt ?? timeOf(source.created) ?? new Date(0).toISOString();
  const plain = { amountMinor, currency, feeMinor: null };
  const facts = new Map<DisputeTurn, DisputeFact>();
  facts.set('opened', { turn: 'opened', ...plain, at: timeOf(source.created) ?? at });
  const told = TURN_OF_TOPIC[topic];
  if (told !== undefined) facts.set(told, { turn: told, ...plain, at });
  for (const fact of moved(listOfTransactions(source), currency, at)) facts.set(fact.turn, fact);
  const ended = TURN_OF_STATUS[textOf(source.status) ?? ''];
  if (ended !== undefined) facts.set(ended, { turn: ended, ...plain, at });
  return {
    id,
    paymentIdentity,
    chargeId,
    reason: textOf(source.reason),
    facts: inOrder([...facts.values()]),
    movements: movementsIn(source),
  };
}

/** Facts of one dispute in the order in which they can only happen. */
export const inOrder = (facts: readonly DisputeFact[]): DisputeFact[] =>
  ORDER.flatMap((turn) => facts.filter((fact) => fact.turn === turn));

/** In an object a plain list; a list object elsewhere in Stripe. */
function listOfTransactions(dispute: Loose): readonly Loose[] {
  const { balance_transactions: own } = dispute;
  if (Array.isArray(own)) return own.map(objectOf).filter((one) => one !== null);
  return listOf(own) ?? [];
}

/** https://docs.stripe.com/api/disputes/object#dispute_object-balance_transactions */
function movementsIn(dispute: Loose): DisputeMovement[] {
  return listOfTransactions(dispute)
    .flatMap((one) => {
      const id = idOf(one);
      const amount = numberOf(one.amount);
      const netMinor = (amount ?? 0) - (numberOf(one.fee) ?? 0);
      const currency = currencyCode(one.currency);
      const at = timeOf(one.created);
      const isWhole = amount !== null && Number.isSafeInteger(netMinor);
      return id === null || currency === null || at === null || !isWhole
        ? []
        : [{ id, netMinor, currency, at }];
    })
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** Money taken from the balance stands below zero, money given back above. */
function moved(transactions: readonly Loose[], currency: string, announcedAt: string): DisputeFact[] {
  return (['withdrawn', 'reinstated'] as const).flatMap((turn) => {
    const own = transactions.filter((one) => {
      const amount = numberOf(one.amount) ?? 0;
      return turn === 'withdrawn' ? amount < 0 : amount > 0;
    });
    const [first] = own;
    if (first === undefined) return [];
    const sum = (member: 'amount' | 'fee'): number =>
      own.reduce((all, one) => all + (minorUnits(Math.abs(numberOf(one[member]) ?? 0)) ?? 0), 0);
    return [
      {
        turn,
        amountMinor: sum('amount'),
        currency: currencyCode(first.currency) ?? currency,
        feeMinor: numberOf(first.fee) === null ? null : sum('fee'),
        at: timeOf(first.created) ?? announcedAt,
      },
    ];
  });
}
