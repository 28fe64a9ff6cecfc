import { stripe } from '../../connectors/stripe/connector.ts';
import { carriedBy } from '../../connectors/stripe/event-object.ts';
import {
  type Dispute,
  type Fee,
  type Payment,
  type Refund,
  refundsFrom,
} from '../../connectors/stripe/shapes.ts';
import type { EarlyFact } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { carryDisputes } from './carry-disputes.ts';
import { awaitsFee, carryFee, LATER } from './carry-fee.ts';
import { carryRefunds, type RefundedInvoice } from './carry-refunds.ts';
import { latestOf } from './notices.ts';
import type { Context } from './steps.ts';

/** What happened to a payment after it was made, as it is kept where it comes before the payment. */
export type Aftermath =
  | { readonly kind: 'refund'; readonly refund: Refund }
  | { readonly kind: 'dispute'; readonly dispute: Dispute }
  | { readonly kind: 'fee'; readonly fee: Fee };

export const early = (subject: string, aftermath: Aftermath): EarlyFact => ({
  subject,
  key: keyOf(aftermath),
  fact: aftermath,
});

function keyOf(aftermath: Aftermath): string {
  if (aftermath.kind === 'fee') return aftermath.fee.transactionId;
  return aftermath.kind === 'refund' ? keyOfRefund(aftermath.refund) : keyOfDispute(aftermath.dispute);
}

/** One for each state: a state that is told late takes none from a later one. */
const keyOfRefund = ({ id, status }: Refund): string => `${id} ${status}`;
const keyOfDispute = ({ id, facts }: Dispute): string => `${id} ${facts.map(({ turn }) => turn).join(' ')}`;

/**
 * Carries over what else is true of a payment by then: refunds that Stripe tells of, its fee, and what was told before
 * there was an invoice.
 *
 * @returns what to say of the fee; null: nothing.
 */
export async function takeUpWhatIsTrue(
  context: Context,
  payment: Payment,
  invoice: RefundedInvoice,
): Promise<Sentence | null> {
  const { kept, forget } = context;
  const facts = await kept([payment.identity, ...(payment.alsoKnownAs ?? [])]);
  const aftermaths = facts.map(({ fact }) => fact as Aftermath);
  const refunds = [
    ...((payment.refundedMinor ?? 0) > 0 ? await refundsOf(context, payment) : []),
    ...aftermaths.flatMap((one) => (one.kind === 'refund' ? [one.refund] : [])),
  ];
  const disputes = aftermaths.flatMap((one) => (one.kind === 'dispute' ? [one.dispute] : []));
  if (refunds.length > 0) await carryRefunds(context, invoice, latestOf(refunds));
  if (disputes.length > 0) await carryDisputes(context, invoice.id, disputes);
  const said = await feeOf(context, payment, invoice, aftermaths);
  if (facts.length > 0) await forget(facts);
  return said;
}

async function feeOf(
  context: Context,
  payment: Payment,
  { id }: RefundedInvoice,
  aftermaths: readonly Aftermath[],
): Promise<Sentence | null> {
  const { identity, currency } = payment;
  const told = aftermaths.flatMap((one) => (one.kind === 'fee' ? [one.fee] : []));
  const fee = payment.fee ?? told[0];
  const movedAt = payment.movedAt ?? payment.createdAt;
  if (fee !== undefined) return carryFee(context, { identity, currency, movedAt, invoiceId: id }, fee);
  return (await awaitsFee(context, identity)) ? LATER : null;
}

function refundsOf({ client, read, event }: Context, { chargeId }: Payment): Promise<readonly Refund[]> {
  return read('refunds', async (): Promise<readonly Refund[]> => {
    const current = chargeId === null ? [] : await client(stripe).refundsOfCharge(chargeId);
    return current.length > 0 ? current : refundsFrom(carriedBy(event).latest_charge).refunds;
  });
}
