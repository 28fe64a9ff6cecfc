import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { move } from './balance.ts';
import { secondsNow } from './rows.ts';

const WEEK = 7 * 86_400;

/** A cardholder's bank asks the money of a charge back. https://docs.stripe.com/api/disputes/object */
export function newDispute(desk: VendorDesk, charge: Stripe.Charge, amount: number): Stripe.Dispute {
  const now = secondsNow(desk);
  return {
    id: desk.id('dp_', 24),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: now + WEEK,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'manual',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    status: 'needs_response',
  };
}

/** Money that a dispute takes from the balance (below zero) or gives back, with what Stripe takes for it. */
export function movementOf(
  desk: VendorDesk,
  dispute: Stripe.Dispute,
  { amount, fee }: { readonly amount: number; readonly fee: number },
): Stripe.BalanceTransaction {
  return move(desk, {
    type: 'adjustment',
    category: amount < 0 ? 'dispute' : 'dispute_reversal',
    amount,
    currency: dispute.currency,
    fee,
    feeName: 'Dispute fee',
    source: dispute.id,
    description:
      amount < 0
        ? `Chargeback withdrawal for ${dispute.charge}`
        : `Chargeback reversal for ${dispute.charge}`,
  });
}

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
