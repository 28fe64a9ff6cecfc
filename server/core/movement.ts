import { LiaisonError } from './errors.ts';
import type { Money } from './money.ts';

/**
 * Money that moved. It has one identity whatever announces it (an intention to pay, a charge, an invoice, a
 * visit to the checkout), so that what is announced often is booked once; and it is booked on the day on
 * which it moved, not on the one on which somebody wrote that it should.
 */
export interface Movement {
  readonly identity: string;
  /** Other ids by which facts about it name it. */
  readonly alsoKnownAs: readonly string[];
  /** An integer count of the currency's minor unit, as the provider counts. */
  readonly amountMinor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** When the money moved: ISO 8601, UTC. */
  readonly movedAt: string;
}

export const moneyOfMovement = ({
  amountMinor,
  currency,
}: Pick<Movement, 'amountMinor' | 'currency'>): Money => ({
  minor: amountMinor,
  currency,
});

/** How far money that goes back is. A later state stands; an earlier one that is told afterwards is old news. */
export type ReturnState = 'pending' | 'moved' | 'failed';

const ORDER: readonly ReturnState[] = ['pending', 'moved', 'failed'];

/**
 * True when `state` can only have come after `other`: money that went back may still be sent home by the
 * payer's bank, while one that failed never moves again.
 */
export const isLater = (state: ReturnState, other: ReturnState): boolean =>
  ORDER.indexOf(state) > ORDER.indexOf(other);

/**
 * An amount of minor units as a provider's JSON tells it; null where there is none.
 *
 * @throws LiaisonError `rejected` for anything but a whole number of 0 or more that is exact: it can never be
 *   booked, however often it is tried.
 */
export function minorUnits(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new LiaisonError('rejected', {
    field: 'amount',
    sentence: {
      en: 'The amount is not a whole number of the currency’s smallest unit, so it cannot be booked. Enter this payment in your books by hand, and report it to whoever sent it.',
      fr: 'Le montant n’est pas un nombre entier de la plus petite unité de la devise\u00a0: il ne peut pas être enregistré. Saisissez ce paiement à la main dans votre comptabilité et signalez-le à son expéditeur.',
    },
    vendorMessage: `amount: ${String(typeof value === 'object' ? JSON.stringify(value) : value).slice(0, 100)}`,
  });
}

/**
 * A currency's code in upper case; null where there is none.
 *
 * @throws LiaisonError `rejected` for a text that is no code of ISO 4217's form.
 */
export function currencyCode(value: unknown): string | null {
  if (typeof value !== 'string' || value.trim() === '') return null;
  const code = value.trim().toUpperCase();
  if (/^[A-Z]{3}$/.test(code)) return code;
  throw new LiaisonError('rejected', {
    field: 'currency',
    sentence: {
      en: 'The currency is not one that can be booked. Enter this payment in your books by hand, and report it to whoever sent it.',
      fr: 'La devise n’en est pas une qui puisse être enregistrée. Saisissez ce paiement à la main dans votre comptabilité et signalez-le à son expéditeur.',
    },
    vendorMessage: `currency: ${code.slice(0, 100)}`,
  });
}
