import { isOpen, type Ticket } from '../../core/ticket/ticket.ts';
import type { PaymentTrouble } from '../../core/trouble.ts';

/** The tickets that may be about it; null: there is none (any more). */
export interface Known {
  /** The one that tells of this payment. */
  readonly payment: Ticket | null;
  /** The one that was last opened for the customer. */
  readonly customer: Ticket | null;
}

export type Why = 'paid-since' | 'none-about-it' | 'closed-already';

export type Decision =
  | { readonly do: 'open' }
  | { readonly do: 'comment' | 'reopen'; readonly ticket: string; readonly number: string }
  | { readonly do: 'nothing'; readonly why: Why };

/**
 * What becomes of a trouble: a customer has one ticket at a time. What a person closed is opened again by the same
 * payment only; for another one a new ticket is made. Nothing is opened for what is over by now.
 */
export function decide(
  { kind, isOver }: Pick<PaymentTrouble, 'kind' | 'isOver'>,
  { payment, customer }: Known,
): Decision {
  const standing = [payment, customer].find((one) => one !== null && isOpen(one)) ?? null;
  const on = (how: 'comment' | 'reopen', ticket: Ticket): Decision => ({
    do: how,
    ticket: ticket.id,
    number: ticket.number,
  });
  if (isOver) {
    if (kind === 'failed') return { do: 'nothing', why: 'paid-since' };
    if (payment === null || payment.state === 'gone') return { do: 'nothing', why: 'none-about-it' };
    return isOpen(payment) ? on('comment', payment) : { do: 'nothing', why: 'closed-already' };
  }
  if (standing !== null) return on('comment', standing);
  if (payment?.state === 'closed') return on('reopen', payment);
  return { do: 'open' };
}
