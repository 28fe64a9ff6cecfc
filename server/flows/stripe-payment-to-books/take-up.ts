import { stripe } from '../../connectors/stripe/connector.ts';
import { type Dispute, type Payment, type Refund, refundsFrom } from '../../connectors/stripe/shapes.ts';
import { noteOnInvoice } from '../../connectors/zoho-books/booking/note-on-invoice.ts';
import type { EarlyFact } from '../../core/flow.ts';
import { carryRefunds, type RefundedInvoice } from './carry-refunds.ts';
import { disputeNotices, latestOf } from './notices.ts';
import type { Context } from './steps.ts';
import { objectOf } from './topics.ts';

/** What happened to a payment after it was made, as it is kept where it comes before the payment. */
export type Aftermath =
  | { readonly kind: 'refund'; readonly refund: Refund }
  | { readonly kind: 'dispute'; readonly dispute: Dispute };

export const early = (subject: string, aftermath: Aftermath): EarlyFact => ({
  subject,
  key: aftermath.kind === 'refund' ? keyOfRefund(aftermath.refund) : keyOfDispute(aftermath.dispute),
  fact: aftermath,
});

/** One for each state: a state that is told late takes none from a later one. */
const keyOfRefund = ({ id, status }: Refund): string => `${id} ${status}`;
const keyOfDispute = ({ id, facts }: Dispute): string => `${id} ${facts.map(({ turn }) => turn).join(' ')}`;

/**
 * Notes on a payment's invoice what else is true of it by then: refunds that Stripe tells of, and what was
 * told before there was an invoice.
 */
export async function takeUpWhatIsTrue(
  context: Context,
  payment: Payment,
  invoice: RefundedInvoice,
): Promise<void> {
  const { kept, forget } = context;
  const facts = await kept([payment.identity, ...(payment.alsoKnownAs ?? [])]);
  const aftermaths = facts.map(({ fact }) => fact as Aftermath);
  const refunds = [
    ...((payment.refundedMinor ?? 0) > 0 ? await refundsOf(context, payment) : []),
    ...aftermaths.flatMap((one) => (one.kind === 'refund' ? [one.refund] : [])),
  ];
  const disputes = aftermaths.flatMap((one) => (one.kind === 'dispute' ? [one.dispute] : []));
  if (refunds.length > 0) await carryRefunds(context, invoice, latestOf(refunds));
  if (disputes.length > 0) await noteDisputesOn(context, invoice.id, disputes);
  if (facts.length > 0) await forget(facts);
}

function refundsOf({ client, read, event }: Context, { chargeId }: Payment): Promise<readonly Refund[]> {
  return read('refunds', async (): Promise<readonly Refund[]> => {
    const current = chargeId === null ? [] : await client(stripe).refundsOfCharge(chargeId);
    return current.length > 0 ? current : refundsFrom(objectOf(event).latest_charge).refunds;
  });
}

export const noteDisputesOn = (
  context: Context,
  invoiceId: string,
  disputes: readonly Dispute[],
): Promise<number> =>
  noteOnInvoice(context, 'disputeComment', invoiceId, disputeNotices(disputes, context.organisation));
