import { currencyCode } from '../../core/movement.ts';
import { idOf, numberOf, objectOf, timeOf } from './object-reader.ts';

/** What Stripe kept of a payment, in the currency of the account: another one than the payment's, where it was exchanged. */
export interface Fee {
  /** The balance transaction that tells of it: one for each charge. */
  readonly transactionId: string;
  readonly amountMinor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** ISO 8601: when Stripe took it; absent where that was not read. */
  readonly at?: string;
}

/**
 * The fee of a charge whose balance transaction was asked for; null where Stripe does not know it yet, as with captures that
 * it finishes later. https://docs.stripe.com/api/charges/object#charge_object-balance_transaction
 */
export function feeFrom(charge: unknown): Fee | null {
  const transaction = objectOf(objectOf(charge)?.balance_transaction);
  const transactionId = idOf(transaction);
  const amountMinor = numberOf(transaction?.fee);
  const currency = currencyCode(transaction?.currency);
  if (transactionId === null || amountMinor === null || currency === null) return null;
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 0) return null;
  const at = timeOf(transaction?.created);
  return { transactionId, amountMinor, currency, ...(at === null ? {} : { at }) };
}
