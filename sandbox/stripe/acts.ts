import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { credit, endPayout, payOut, takeOwnFee } from './balance.ts';
import { dispute, turnDispute } from './disputes.ts';
import { emit } from './events.ts';
import { failPayment, payAfterAll } from './fail.ts';
import { lineWish } from './invoice-sums.ts';
import { sendInvoice } from './invoices.ts';
import { newPayer, settle } from './pay.ts';
import { endRefund, refund } from './refund.ts';
import { stripeTables } from './rows.ts';
import { markPaidElsewhere, payInvoicePart, receiptInvoice } from './settle-invoice.ts';
import { isOfSubscription, playSubscription, subscriptionWishes } from './subscription-acts.ts';
import { changeEndpoint, endEndpoint } from './webhook-endpoints.ts';

const amountMinor = z.number().int().positive();
/** When it happens: seconds since 1970; now, where it is left out. */
const at = z.number().int().positive().optional();
const id = z.string().min(1);
const payer = { email: z.string().min(1).optional(), name: z.string().optional(), customerId: id.optional() };
const description = z.string().optional();

const wishes = z.discriminatedUnion('act', [
  ...subscriptionWishes,
  z.strictObject({
    act: z.literal('pay'),
    ...payer,
    amountMinor,
    currency: z.string().length(3),
    description,
    metadata: z.record(z.string(), z.string()).optional(),
    at,
    /** When the intent was made: a debit or a transfer takes days. */
    begunAt: at,
    /** Its fee is told later: the charge has no balance transaction until `settle-charge`. */
    feeLater: z.boolean().optional(),
    /** As a checkout that makes a receipt invoice. */
    receipt: z.boolean().optional(),
  }),
  /** The bank declines it; with `payment` one that failed before is tried once more. */
  z.strictObject({
    act: z.literal('fail'),
    ...payer,
    amountMinor: amountMinor.optional(),
    currency: z.string().length(3).optional(),
    description,
    decline: z.string().optional(),
    payment: id.optional(),
    at,
  }),
  z.strictObject({ act: z.literal('pay-after-all'), payment: id, at }),
  z.strictObject({
    act: z.literal('invoice'),
    email: z.string().min(1),
    name: z.string().optional(),
    /** Left out where `lines` say it. */
    amountMinor: amountMinor.optional(),
    currency: z.string().length(3),
    description,
    lines: z.array(lineWish).min(1).optional(),
    at,
  }),
  z.strictObject({ act: z.literal('pay-invoice'), invoice: id, amountMinor: amountMinor.optional(), at }),
  z.strictObject({ act: z.literal('mark-paid'), invoice: id, at }),
  z.strictObject({
    act: z.literal('refund'),
    charge: id,
    amountMinor: amountMinor.optional(),
    status: z.enum(['succeeded', 'pending']).optional(),
    at,
  }),
  z.strictObject({
    act: z.literal('end-refund'),
    refund: id,
    status: z.enum(['succeeded', 'failed']),
    reason: z.string().optional(),
    at,
  }),
  /** Somebody notes something on a payment; its description stays where it is left out. */
  z.strictObject({
    act: z.literal('note'),
    intent: id,
    metadata: z.record(z.string(), z.string()),
    description,
    at,
  }),
  z.strictObject({ act: z.literal('settle-charge'), charge: id, at }),
  z.strictObject({ act: z.literal('own-fee'), amountMinor, description, at }),
  z.strictObject({ act: z.literal('pay-out'), at }),
  z.strictObject({ act: z.literal('end-payout'), payout: id, status: z.enum(['paid', 'failed']), at }),
  z.strictObject({ act: z.literal('dispute'), charge: id, amountMinor: amountMinor.optional(), at }),
  z.strictObject({ act: z.literal('delete-endpoint'), endpoint: id, at }),
  z.strictObject({ act: z.literal('disable-endpoint'), endpoint: id, at }),
  z.strictObject({ act: z.literal('change-endpoint'), endpoint: id, events: z.array(id).min(1), at }),
  z.strictObject({
    act: z.literal('turn-dispute'),
    dispute: id,
    turn: z.enum(['withdrawn', 'reinstated', 'won', 'lost']),
    at,
  }),
]);

type Wish = z.infer<typeof wishes>;

/**
 * What payers, their banks and the company's own people do at Stripe, with the events that follow:
 * `{"act": "pay", "email": "a@b.example", "amountMinor": 4900, "currency": "eur"}`, `fail`, `pay-after-all`, `invoice`, `pay-invoice` (a
 * part of it with `amountMinor`), `mark-paid`, `note` (metadata on a payment), `settle-charge` (of a payment with `feeLater`), `own-fee` (of a service of Stripe's), `pay-out`, `end-payout`, `refund`, `end-refund`, `dispute`, `turn-dispute`, those of subscriptions (`subscription-acts.ts`), and
 * `delete-endpoint`, `disable-endpoint`, `change-endpoint` (to other `events`). With `at` it
 * happened then; with `account` (`Lumen Studio`) it is in another account than the first one.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const asked = wishes.safeParse(wish);
  if (asked.success) return play(then(desk, asked.data.at), asked.data);
  const [issue] = asked.error.issues;
  throw new Error(`Stripe does not know this act: ${issue?.path.join('.') || 'act'}: ${issue?.message}.`);
}

function play(desk: VendorDesk, wish: Wish): object {
  if (isOfSubscription(wish)) return playSubscription(desk, wish);
  switch (wish.act) {
    case 'pay':
      return payNow(desk, wish);
    case 'fail':
      return fail(desk, wish);
    case 'pay-after-all':
      return payAfterAll(desk, wish.payment);
    case 'invoice': {
      const { id: customerId } = newPayer(desk, wish);
      const { amountMinor = 0, currency, lines } = wish;
      return sendInvoice(desk, {
        customerId,
        amountMinor,
        currency,
        description: wish.description ?? 'Facture',
        ...(lines === undefined ? {} : { lines }),
      });
    }
    case 'pay-invoice':
      return payInvoicePart(desk, { invoiceId: wish.invoice, ...amountOf(wish) });
    case 'mark-paid':
      return markPaidElsewhere(desk, { invoiceId: wish.invoice });
    case 'refund':
      return refund(desk, {
        charge: wish.charge,
        ...amountOf(wish),
        ...(wish.status === undefined ? {} : { status: wish.status }),
      });
    case 'end-refund': {
      const { refund: held, status, reason } = wish;
      return endRefund(desk, { refund: held, status, ...(reason === undefined ? {} : { reason }) });
    }
    case 'note':
      return note(desk, wish);
    case 'settle-charge':
      return settleCharge(desk, wish.charge);
    case 'own-fee':
      return takeOwnFee(desk, wish);
    case 'pay-out':
      return payOut(desk);
    case 'end-payout':
      return endPayout(desk, wish);
    case 'dispute':
      return dispute(desk, { charge: wish.charge, ...amountOf(wish) });
    case 'delete-endpoint':
      return endEndpoint(desk, wish.endpoint, 'deleted');
    case 'disable-endpoint':
      return endEndpoint(desk, wish.endpoint, 'disabled');
    case 'change-endpoint':
      return changeEndpoint(desk, wish.endpoint, wish.events);
    case 'turn-dispute':
      return turnDispute(desk, wish);
  }
}

function fail(desk: VendorDesk, wish: Extract<Wish, { act: 'fail' }>): object {
  const { email, name, customerId, amountMinor: amount = 24_900, currency = 'eur', decline, payment } = wish;
  const known = customerId === undefined ? null : (stripeTables(desk).customers.get(customerId) ?? null);
  const isNew = payment === undefined && customerId === undefined && email !== undefined;
  const customer = isNew ? newPayer(desk, { email, ...(name === undefined ? {} : { name }) }) : known;
  const purchase = {
    ...{ amountMinor: amount, currency, decline: decline ?? 'insufficient_funds' },
    ...(name === undefined ? {} : { name }),
    ...(wish.description === undefined ? {} : { description: wish.description }),
  };
  return failPayment(desk, purchase, customer, payment);
}

/** Intent and charge are of when the payer began; what is announced is of when the money came. */
function payNow(desk: VendorDesk, wish: Extract<Wish, { act: 'pay' }>): object {
  const { email, name, customerId, amountMinor, currency } = wish;
  const customer =
    customerId === undefined
      ? email === undefined
        ? null
        : newPayer(desk, { email, ...(name === undefined ? {} : { name }) })
      : (stripeTables(desk).customers.get(customerId) ?? null);
  const purchase = {
    amountMinor,
    currency,
    ...(name === undefined ? {} : { name }),
    ...(wish.description === undefined ? {} : { description: wish.description }),
    ...(wish.metadata === undefined ? {} : { metadata: wish.metadata }),
  };
  const made = settle(then(desk, wish.begunAt), purchase, customer);
  const paid = { ...made, charge: wish.feeLater === true ? made.charge : credit(desk, made.charge) };
  const events = [
    emit(desk, { type: 'charge.succeeded', object: paid.charge }),
    emit(desk, { type: 'payment_intent.succeeded', object: paid.intent }),
  ];
  const invoice = wish.receipt === true ? receiptInvoice(desk, paid.intent) : null;
  return { ...paid, customer, invoice, events };
}

/** With asynchronous capture, which is the default, the fee comes after the payment: event `charge.updated`. https://docs.stripe.com/payments/payment-intents/asynchronous-capture */
/** Metadata and description of a payment can be changed at any time: https://docs.stripe.com/api/payment_intents/update */
function note(desk: VendorDesk, wish: Extract<Wish, { act: 'note' }>): object {
  const { paymentIntents } = stripeTables(desk);
  const intent = paymentIntents.get(wish.intent);
  if (intent === undefined) throw new Error(`Stripe has no payment ${wish.intent}.`);
  const changed = {
    ...intent,
    metadata: { ...intent.metadata, ...wish.metadata },
    ...(wish.description === undefined ? {} : { description: wish.description }),
  };
  return { intent: paymentIntents.put(intent.id, changed) };
}

function settleCharge(desk: VendorDesk, id: string): object {
  const charge = stripeTables(desk).charges.get(id);
  if (charge?.balance_transaction !== null)
    throw new Error(`Stripe has no charge ${id} that waits for its fee.`);
  const object = credit(desk, charge);
  const previous = { balance_transaction: null };
  return { charge: object, events: [emit(desk, { type: 'charge.updated', object, previous })] };
}

const amountOf = ({ amountMinor: asked }: { amountMinor?: number | undefined }): { amountMinor?: number } =>
  asked === undefined ? {} : { amountMinor: asked };

/** The desk at another moment. */
const then = (desk: VendorDesk, seconds: number | undefined): VendorDesk =>
  seconds === undefined ? desk : { ...desk, clock: () => new Date(seconds * 1_000) };
