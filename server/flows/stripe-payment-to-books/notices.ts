import { type Dispute, type Refund, returnState } from '../../connectors/stripe/shapes.ts';
import { isLater, type ReturnState } from '../../core/movement.ts';
import { disputeMarks, disputeText, refundMarks, refundText } from './notice-texts.ts';

/** Something that is to stand on an invoice once. */
export interface Notice {
  readonly text: string;
  /** Any of these in a comment says that this, or something later about the same, stands there already. */
  readonly covered: readonly string[];
}

interface Where {
  readonly locale: string;
  readonly timeZone: string;
}

const STATES: readonly ReturnState[] = ['pending', 'moved', 'failed'];

/** What is to be said of refunds: each in its state by then. */
export function refundNotices(refunds: readonly Refund[], where: Where): Notice[] {
  return refunds.map((refund) => {
    const state = returnState(refund.status);
    const later = STATES.filter((one) => one === state || isLater(one, state));
    return {
      text: refundText(refund, state, where),
      covered: later.flatMap((one) => refundMarks(refund.id, one)),
    };
  });
}

/** What is to be said of disputes: each thing that happened. */
export function disputeNotices(disputes: readonly Dispute[], where: Where): Notice[] {
  return disputes.flatMap((dispute) =>
    dispute.facts.map((fact) => ({
      text: disputeText(dispute, fact, where),
      covered: disputeMarks(dispute.id, fact.turn),
    })),
  );
}

/** Those that no comment says yet. */
export const missing = (notices: readonly Notice[], comments: readonly string[]): Notice[] =>
  notices.filter(
    ({ covered }) => !covered.some((mark) => comments.some((comment) => comment.includes(mark))),
  );

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
