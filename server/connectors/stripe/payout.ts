import { currencyCode } from '../../core/movement.ts';
import { idOf, numberOf, objectOf, textOf, timeOf } from './object-reader.ts';

/** Money that Stripe sends to the bank. Plain data. */
export interface Payout {
  readonly id: string;
  /** In Stripe's whole units; below zero for what it takes from the bank. */
  readonly amountMinor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** The day on which it is to be there, `2026-11-23`. */
  readonly day: string;
  /** `paid` may still become `failed`. https://docs.stripe.com/api/payouts/object#payout_object-status */
  readonly status: 'pending' | 'paid' | 'failed';
  /** In Stripe's word; null: it did not fail. */
  readonly failure: string | null;
}

const STATES: Readonly<Record<string, Payout['status']>> = {
  paid: 'paid',
  failed: 'failed',
  canceled: 'failed',
};

/** @returns null for any other object, or one without an amount. */
export function payoutFrom(object: unknown): Payout | null {
  const payout = objectOf(object);
  const id = idOf(payout);
  const amountMinor = numberOf(payout?.amount);
  const currency = currencyCode(payout?.currency);
  // A day, told as its midnight in UTC.
  const day = (timeOf(payout?.arrival_date) ?? timeOf(payout?.created))?.slice(0, 10);
  if (payout?.object !== 'payout' || id === null || currency === null || day === undefined) return null;
  if (amountMinor === null || !Number.isSafeInteger(amountMinor)) return null;
  const status = STATES[String(payout.status)] ?? 'pending';
  const failure = status === 'failed' ? (textOf(payout.failure_code) ?? textOf(payout.status)) : null;
  return { id, amountMinor, currency, day, status, failure };
}
