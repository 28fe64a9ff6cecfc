import { type Refund, returnState } from '../../connectors/stripe/shapes.ts';
import {
  type CreditedInvoice,
  giveBack,
  type RefundAccount,
  takeBack,
} from '../../connectors/zoho-books/booking/give-back.ts';
import { commentsOn, noteOnInvoice } from '../../connectors/zoho-books/booking/note-on-invoice.ts';
import { leavesCredit } from '../../connectors/zoho-books/booking/settle-sent.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewLine } from '../../connectors/zoho-books/line-items.ts';
import { dayIn } from '../../core/day-in.ts';
import { decimalOf } from '../../core/money.ts';
import { sharesOf } from '../../core/shares.ts';
import { keys } from './keys.ts';
import { creditNoteLine, creditNoteText } from './notice-texts.ts';
import { refundNotices } from './notices.ts';
import type { Context } from './steps.ts';

/** The invoice of a payment that went back, wholly or in part. */
export type RefundedInvoice = Pick<CreditedInvoice, 'id' | 'number' | 'customerId'>;

export interface CarriedRefunds {
  /** How many of them were not told of before. */
  readonly count: number;
  /** Numbers of their credit notes. */
  readonly credits: readonly string[];
}

/**
 * Carries refunds into the books as the settings say: those that went back become credit notes, and each is noted on the
 * invoice in its state. The comment comes last: where it stands already, nothing more is made of the refund, be it that it
 * was carried over, or that it was noted at a time when comments were all that was wished.
 */
export async function carryRefunds(
  context: Context,
  invoice: RefundedInvoice,
  refunds: readonly Refund[],
): Promise<CarriedRefunds> {
  const { organisation, settings } = context;
  const notices = refundNotices(refunds, organisation, new Map());
  const numbers = new Map<string, string | null>();
  const isWished = settings.refunds !== 'comment';
  const said = isWished ? await context.read('noted', () => commentsOn(context, invoice.id)) : [];
  for (const [index, refund] of refunds.entries()) {
    const covered = notices[index]?.covered ?? [];
    if (covered.some((mark) => said.some((comment) => comment.includes(mark)))) continue;
    const state = returnState(refund.status);
    // A step of its own for each of them.
    const own = context.forItem(refund.id);
    if (state === 'failed') await takeBack(own, refund.id);
    // What was only told in all may grow: nobody knows the refunds that it is made of.
    if (state === 'moved' && isWished && refund.isInAll !== true)
      numbers.set(
        refund.id,
        (await mayBeCredit(own, refund)) ? null : (await credited(own, invoice, refund)).number,
      );
  }
  const count = await noteOnInvoice(
    context,
    'refundComment',
    invoice.id,
    refundNotices(refunds, organisation, numbers),
  );
  return { count, credits: [...numbers.values()].filter((number) => number !== null) };
}

/** Whether what goes back may be credit, which the payment of an invoice that others made left the customer. */
async function mayBeCredit(context: Context, { paymentIdentity, currency }: Refund): Promise<boolean> {
  const { linked, read } = context;
  const identity = (await linked(keys.alias(paymentIdentity))) ?? paymentIdentity;
  if ((await linked(keys.sent(identity))) === null) return false;
  return read('credit', () => leavesCredit(context, { reference: identity, currency }));
}

function credited(context: Context, invoice: RefundedInvoice, refund: Refund) {
  const { organisation, settings } = context;
  const { id, amountMinor, currency } = refund;
  const { locale, timeZone } = organisation;
  const account: RefundAccount | null =
    settings.refunds === 'refund' ? { accountId: settings.account, mode: settings.paymentMode } : null;
  return giveBack(
    context,
    // The payment of a part leaves the rest due: what went back is never taken off that.
    { ...invoice, balance: '0' },
    {
      reference: id,
      id,
      money: { minor: amountMinor, currency },
      date: dayIn(timeZone, refund.createdAt),
      notes: creditNoteText(refund, invoice.number, locale),
      lines: () => linesOf(context, invoice, refund),
    },
    account,
  );
}

/** What went back, with the taxes of the invoice in proportion. */
async function linesOf(
  { client, organisation }: Context,
  invoice: RefundedInvoice,
  { amountMinor, currency, id }: Refund,
): Promise<NewLine[]> {
  const parts = await client(zohoBooks).taxedParts(invoice.id);
  const shares = sharesOf(
    amountMinor,
    parts.map(({ weight }) => weight),
  );
  return parts.flatMap(({ taxId }, index) => {
    const minor = shares[index] ?? 0;
    if (minor === 0) return [];
    const name = creditNoteLine(id, invoice.number, organisation.locale);
    return [
      {
        name,
        rate: decimalOf({ minor, currency }),
        quantity: 1,
        ...(taxId === null ? {} : { taxId }),
      },
    ];
  });
}
