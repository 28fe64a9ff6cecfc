import type { BeginningOffer } from './beginning.ts';
import type { FlowEvent, RoleAccount } from './flow.ts';
import type { Sentence } from './sentence.ts';
import type { TrialEvent } from './trial.ts';

/**
 * `failed`: money that was asked for did not come; `disputed`: the payer wants it back by way of the bank; `refund`: it
 * goes back; `paid`: what had failed was paid after all.
 */
export type TroubleKind = 'failed' | 'disputed' | 'refund' | 'paid';

/** Something that went wrong with a payment, or was mended, as every payment provider's is read. Plain data. */
export interface PaymentTrouble {
  readonly kind: TroubleKind;
  /** Of the payment, whatever announces it. */
  readonly payment: string;
  /** Every name that facts about it may know it by, its own first: the invoice that it pays. */
  readonly names: readonly string[];
  /** What it is about, the same from its beginning to its end: the payment, the dispute, the refund. */
  readonly matter: string;
  /** Tells this from whatever else happens to the payment, however often and under how many names it is told. */
  readonly occurrence: string;
  /** Whether nothing is left to be done by now: the payment was made after all, the dispute has ended. */
  readonly isOver: boolean;
  /** A whole count of the currency's minor unit. */
  readonly amountMinor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly payer: TroublePayer;
  /** What was to be paid, in the merchant's words. */
  readonly about: string | null;
  /** How it stands, or why it is so. */
  readonly reason: Sentence | null;
  /** When it happened: ISO 8601, UTC. */
  readonly at: string;
  /** Where the provider shows the payment. */
  readonly page: string | null;
}

export interface TroublePayer {
  /** The provider's id of its customer; null for a guest. */
  readonly id: string | null;
  readonly email: string | null;
  readonly name: string | null;
}

/** What people know a payer by: an id where there is nothing else. */
export const payerName = ({ payer, payment }: Pick<PaymentTrouble, 'payer' | 'payment'>): string =>
  payer.name ?? payer.email ?? payer.id ?? payment;

/** One event of trouble in short, for whoever chooses one. */
export type ToldTrouble = Pick<PaymentTrouble, 'kind' | 'payment' | 'amountMinor' | 'currency' | 'at'> & {
  /** By which `event` finds it. */
  readonly id: string;
  readonly who: string;
};

/** How the troubles of a payment provider are read. */
export interface TroublesOffer<Client> extends BeginningOffer<Client> {
  /** What an event tells, with what else is true of the payment by now; null: of no trouble. */
  read(client: Client, event: FlowEvent): Promise<PaymentTrouble | null>;
  /**
   * Of an event that only tells that something was mended: the names of the payment, from the payload alone, so that
   * nothing is read for the many that never failed. Null: of any other.
   */
  mended(event: FlowEvent): readonly string[] | null;
  /** The newest first; no more than a hundred. */
  latest(client: Client): Promise<readonly ToldTrouble[]>;
  /** What failed in so long a time, in milliseconds, and was not paid since; `more`: there are more than were read. */
  standing(
    client: Client,
    withinMs: number,
  ): Promise<{ readonly troubles: readonly ToldTrouble[]; readonly more: boolean }>;
  /** The event by which somebody chose it, or what would tell of a payment that is named; null: there is none. */
  event(client: Client, id: string): Promise<TrialEvent | null>;
}

/** The same, of one account. @throws when its connector offers none: a flow asked for no such role. */
export function troublesOf({ connector, client }: RoleAccount) {
  const offer = connector.offers?.payments?.troubles;
  if (offer === undefined) throw new Error(`${connector.id} tells of no trouble with payments`);
  return {
    read: (event: FlowEvent) => offer.read(client, event),
    mended: (event: FlowEvent) => offer.mended(event),
    latest: () => offer.latest(client),
    standing: (withinMs: number) => offer.standing(client, withinMs),
    event: (id: string) => offer.event(client, id),
  };
}
