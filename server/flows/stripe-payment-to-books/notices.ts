import {
  type Dispute,
  type DisputeMovement,
  inOrder,
  type Refund,
  returnState,
} from '../../connectors/stripe/shapes.ts';
import type { Notice } from '../../connectors/zoho-books/booking/note-on-invoice.ts';
import { isLater, type ReturnState } from '../../core/movement.ts';
import { disputeMarks, disputeText, refundMarks, refundText } from './notice-texts.ts';

interface Where {
  readonly locale: string;
  readonly timeZone: string;
}

const STATES: readonly ReturnState[] = ['pending', 'moved', 'failed'];

/**
 * What is to be said of refunds: each in its state by then.
 *
 * @param credits numbers of the credit notes that were made of them, by their ids; null: none was, for there is credit.
 */
export function refundNotices(
  refunds: readonly Refund[],
  where: Where,
  credits: ReadonlyMap<string, string | null>,
): Notice[] {
  return refunds.map((refund) => {
    const state = returnState(refund.status);
    const later = STATES.filter((one) => one === state || isLater(one, state));
    return {
      text: refundText(refund, state, where, credits.get(refund.id)),
      covered: later.flatMap((one) => refundMarks(refund.id, one)),
    };
  });
}

/** What is to be said of disputes: each thing that happened. */
export function disputeNotices(disputes: readonly Dispute[], where: Where): Notice[] {
  return wholeDisputes(disputes).flatMap((dispute) =>
    dispute.facts.map((fact) => ({
      text: disputeText(dispute, fact, where),
      covered: disputeMarks(dispute.id, fact.turn),
    })),
  );
}

/** Of each dispute one, with every turn that anybody told of it, and with its fee where somebody told that. */
export function wholeDisputes(disputes: readonly Dispute[]): Dispute[] {
  const whole = new Map<string, Dispute>();
  for (const dispute of disputes) {
    const known = whole.get(dispute.id)?.facts ?? [];
    const facts = new Map(known.map((fact) => [fact.turn, fact]));
    for (const fact of dispute.facts)
      if (facts.get(fact.turn) === undefined || fact.feeMinor !== null) facts.set(fact.turn, fact);
    whole.set(dispute.id, {
      ...dispute,
      facts: inOrder([...facts.values()]),
      movements: allMovements([whole.get(dispute.id), dispute]),
    });
  }
  return [...whole.values()];
}

/** What several tellings of one dispute say of its money, each movement once, the earliest first. */
export function allMovements(told: readonly (Dispute | null | undefined)[]): DisputeMovement[] {
  const known = new Map(told.flatMap((one) => one?.movements ?? []).map((one) => [one.id, one]));
  return [...known.values()].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** Of each refund, what was told of its latest state. */
export function latestOf(refunds: readonly Refund[]): Refund[] {
  const latest = new Map<string, Refund>();
  for (const refund of refunds) {
    const known = latest.get(refund.id);
    if (known === undefined || isLater(returnState(refund.status), returnState(known.status)))
      latest.set(refund.id, refund);
  }
  return [...latest.values()];
}
