import { stripe } from '../../connectors/stripe/connector.ts';
import { type BilledPeriod, billedPeriodFrom, type Payment } from '../../connectors/stripe/shapes.ts';
import { madeProfile, type StandingProfile } from '../../connectors/zoho-books/booking/keep-profile.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { BooksInvoice } from '../../connectors/zoho-books/invoices.ts';
import { dayIn } from '../../core/day-in.ts';
import type { ClientOf } from '../../core/flow.ts';
import { decimalOf, formatMoney } from '../../core/money.ts';
import { moneyOfMovement } from '../../core/movement.ts';
import { ofPeriod } from '../../core/subscription/profile.ts';
import type { Rhythm } from '../../core/subscription/subscription.ts';
import { lookAt, standApart, stopIfMade } from './carry-subscription.ts';
import { CHILD, children, isToCome, toCome, willMake } from './child-of-period.ts';
import { keys } from './keys.ts';
import type { Context } from './steps.ts';
import { notMadeYet, otherAmount, paidByHand } from './subscription-texts.ts';

/**
 * The invoice that the recurring one of a subscription made of the period that a payment pays, by its id; null: there is none to
 * come, and the payment gets an invoice of its own.
 *
 * @throws LiaisonError `rejected` where it is not made yet, or comes to another amount: nothing is invoiced twice, and
 *   nothing is guessed.
 */
export async function childInvoice(context: Context, payment: Payment): Promise<string | null> {
  const { settings, linked, organisation, read } = context;
  const isWished = settings.subscriptions === 'profiles';
  if (!isWished && (await linked(keys.anyProfile)) === null) return null;
  const billed = await read('billed', () => billedPeriod(context, payment));
  if (billed === null) return null;
  const day = dayIn(organisation.timeZone, billed.periodAt);
  const standing = await profileOfPeriod(context, billed, isWished);
  // What is charged for a change within a period is in no recurring invoice.
  if (billed.kind === 'part') return null;
  const made = standing ?? (isWished ? await standApart(context, billed.subscription, day) : null);
  if (made === null) return null;
  return read('child', async () => {
    const all = await children(context.client, made.id);
    // Of a period before its calendar began (anew) none is to come; one that it had made by then is of that very day.
    const isBefore = day < made.startDay;
    const child = isBefore ? all.find(({ date }) => date === day) : ofPeriod(all, day, made.rhythm);
    if (child) return settled(context, child, payment);
    if (!isWished || isBefore) return null;
    // One that is stopped may be resumed before Books comes to that day: it begins with the next period then.
    const now = made.isRunning ? made : ((await standApart(context, billed.subscription, day)) ?? made);
    if (await isToCome(context, now, day)) throw notMadeYet(toCome(now, day), day);
    return null;
  });
}

async function billedPeriod({ client }: Context, payment: Payment): Promise<BilledPeriod | null> {
  const { identity, invoiceId } = payment;
  const calls = client(stripe);
  const id = invoiceId ?? (identity.startsWith('pi_') ? await calls.invoiceOfIntent(identity) : null);
  return id === null ? null : billedPeriodFrom(await calls.wholeInvoice(id));
}

/** The first payment may come before the news of its subscription. */
async function profileOfPeriod(
  context: Context,
  { subscription, kind }: BilledPeriod,
  isWished: boolean,
): Promise<StandingProfile | null> {
  if (!isWished) await stopIfMade(context, subscription);
  const made = await madeProfile(context, subscription);
  if (made !== null || !isWished || kind !== 'first') return made;
  return (await lookAt(context, subscription, true)).made;
}

/** @throws LiaisonError `rejected` where the payment does not pay exactly what is open. */
async function settled({ client }: Context, child: BooksInvoice, payment: Payment): Promise<string> {
  const money = moneyOfMovement(payment);
  const payments = await client(zohoBooks).paymentsOfInvoice(child.id);
  if (payments.some(({ reference }) => reference === payment.identity)) return child.id;
  if (Number(child.balance) === 0) throw paidByHand(child.number);
  if (child.currency !== payment.currency || Number(child.balance) !== Number(decimalOf(money))) {
    const paid = { en: formatMoney(money, 'en-GB'), fr: formatMoney(money, 'fr-FR') };
    throw otherAmount(child.number, paid, `${child.balance} ${child.currency ?? ''}`.trim());
  }
  return child.id;
}

/**
 * Whether nothing is left to wait for: the invoice was made by now, or will not be any more, and the payment gets one of its own.
 * Null: it is something else that payments wait for.
 */
export async function isChildSettled(what: string, client: ClientOf): Promise<boolean | null> {
  if (!what.startsWith(CHILD)) return null;
  const [profileId = '', day = '', unit = '', every = '1'] = what.slice(CHILD.length).split(' ');
  const rhythm = { unit: unit as Rhythm['unit'], every: Number(every) };
  const isMade = ofPeriod(await children(client, profileId), day, rhythm) !== null;
  return isMade || !(await willMake(client, profileId, day, rhythm));
}
