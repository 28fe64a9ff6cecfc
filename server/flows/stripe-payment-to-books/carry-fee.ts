import type { Fee, Payment } from '../../connectors/stripe/shapes.ts';
import { chargePayment, spendFee } from '../../connectors/zoho-books/booking/record-fee.ts';
import { settledKey } from '../../connectors/zoho-books/booking/settle-sent.ts';
import { dayIn } from '../../core/day-in.ts';
import { decimalOf, type Money } from '../../core/money.ts';
import { isByHand } from '../../core/reconciliation/told-again.ts';
import type { Sentence } from '../../core/sentence.ts';
import { keys } from './keys.ts';
import type { Context } from './steps.ts';
import { aboutMoney, feeText } from './texts.ts';

const moneyOf = ({ amountMinor, currency }: Fee): Money => ({ minor: amountMinor, currency });

/** The fee as the very creation of a payment can tell it: known, in its currency, and wished there. Null: not so. */
export function chargesAtOnce({ settings }: Context, { fee, currency }: Payment): string | null {
  const fits = settings.fees === 'bankCharges' && fee !== undefined && fee.currency === currency;
  return fits && fee.amountMinor > 0 ? decimalOf(moneyOf(fee)) : null;
}

/** That the fee of a payment, which is being booked now, is to stand in the books as well. */
export async function expectFee({ settings, link }: Context, identity: string): Promise<void> {
  if (settings.fees !== 'none') await link(keys.feeDue(identity), 'due');
}

/**
 * Whether the fee of a payment is to be recorded, as it was when the payment was booked, and was not yet; or somebody asked for
 * it again, who saw that it is gone.
 */
export const awaitsFee = async ({ settings, linked, event }: Context, identity: string): Promise<boolean> =>
  settings.fees !== 'none' &&
  (await linked(keys.feeDue(identity))) !== null &&
  (isByHand(event.body) || (await linked(keys.feeDone(identity))) === null);

/** The payment whose fee is told. */
export interface Charged {
  readonly identity: string;
  readonly currency: string;
  /** ISO 8601: when the money moved, for a fee that does not say when it was taken. */
  readonly movedAt: string;
  readonly invoiceId: string;
}

/**
 * Records the fee of a payment, once. To be called while nobody else does anything about the payment.
 *
 * @returns what to say of it; null: there is nothing to do.
 */
export async function carryFee(context: Context, payment: Charged, fee: Fee): Promise<Sentence | null> {
  const { settings, organisation, linked, link, event } = context;
  const { identity } = payment;
  if (!(await awaitsFee(context, identity))) return null;
  const money = moneyOf(fee);
  if (money.minor > 0) {
    const isCharge = settings.fees === 'bankCharges' && fee.currency === payment.currency;
    const isThere =
      isCharge &&
      (await chargePayment(
        context,
        {
          id: await linked(settledKey(identity)),
          reference: identity,
          invoiceId: payment.invoiceId,
        },
        money,
      ));
    if (isCharge && !isThere) return GONE;
    if (!isCharge)
      await spendFee(
        context,
        {
          reference: fee.transactionId,
          money,
          date: dayIn(organisation.timeZone, fee.at ?? payment.movedAt),
          description: feeText(identity, organisation.locale),
          isAgain: isByHand(event.body),
        },
        { feeAccountId: settings.feeAccount, moneyAccountId: settings.account },
      );
  }
  await link(keys.feeDone(identity), fee.transactionId);
  return saidOf(money, settings.fees === 'bankCharges' && fee.currency === payment.currency);
}

/** What is said of a fee that was recorded. */
export const saidOf = (money: Money, isCharge: boolean): Sentence =>
  aboutMoney(
    money,
    (amount) => ` Fee of ${amount}: ${isCharge ? 'bank charges of the payment' : 'an expense'}.`,
    (amount) => ` Frais de ${amount}\u00a0: ${isCharge ? 'frais bancaires du règlement' : 'une dépense'}.`,
  );

/** Of a fee that Stripe does not know yet. */
export const LATER: Sentence = {
  en: ' Its fee is not known yet, and is recorded once Stripe tells it.',
  fr: ' Ses frais ne sont pas encore connus\u00a0: ils seront enregistrés quand Stripe les dira.',
};

const GONE: Sentence = {
  en: ' Its payment is no longer in Zoho Books: the fee was not recorded.',
  fr: ' Son règlement n’est plus dans Zoho Books\u00a0: les frais n’ont pas été enregistrés.',
};
