import type { FlowEvent } from '../../../core/flow.ts';
import { currencyCode, minorUnits } from '../../../core/movement.ts';
import type { Sentence } from '../../../core/sentence.ts';
import type { PaymentTrouble } from '../../../core/trouble.ts';
import type { StripeClient } from '../client.ts';
import { inDashboard } from '../dashboard.ts';
import { announcedAt, carriedBy } from '../event-object.ts';
import { idOf, type Loose, listOf, objectOf, textOf } from '../object-reader.ts';
import { paymentFrom } from '../payment.ts';
import { refundsFrom, returnState } from '../refund.ts';
import { declineWords, disputeWords } from './words.ts';

const paymentPage = inDashboard('payments');
const invoicePage = inDashboard('invoices');

type Reading = Promise<PaymentTrouble | null>;

/**
 * What an event tells of a payment's trouble. The payment is read as it now stands; what happened at that attempt is
 * the event's own to say, which was signed. Null: nothing, or its payment tells the same.
 */
export function readTrouble(client: StripeClient, event: FlowEvent): Reading {
  const carried = carriedBy(event);
  if (event.topic.startsWith('payment_intent.')) return ofIntent(client, event, carried);
  if (event.topic.startsWith('invoice.')) return ofInvoice(client, event, carried);
  if (event.topic.startsWith('charge.dispute.')) return ofDispute(client, event, carried);
  if (event.topic.startsWith('refund.')) return ofRefund(client, event, carried);
  return ofCharge(client, event, carried);
}

async function ofIntent(client: StripeClient, event: FlowEvent, carried: Loose): Reading {
  const id = idOf(carried) ?? '';
  const current: unknown = (await client.paymentIntent(id)) ?? carried;
  const known = common(current, event);
  if (known === null) return null;
  const state = objectOf(current)?.status;
  const names = [id, ...(known.invoiceId === null ? [] : [known.invoiceId])];
  const { invoiceId: _invoice, ...told } = {
    ...known,
    ...{ names, payment: id, matter: id, page: paymentPage(id) },
  };
  if (event.topic === 'payment_intent.succeeded')
    return { ...told, kind: 'paid', occurrence: `${id} paid`, isOver: true, reason: null };
  const error = objectOf(carried.last_payment_error);
  const charge = idOf(error?.charge) ?? (error === null ? null : idOf(carried.latest_charge));
  return {
    ...told,
    kind: 'failed',
    // An attempt that made no charge has no name but its event's.
    occurrence: `${id} failed ${charge ?? event.id}`,
    isOver: state === 'succeeded',
    reason: declineWords(error),
  };
}

/** An invoice tells of what no payment of it does: that there was nothing to pay it with. */
async function ofInvoice(client: StripeClient, event: FlowEvent, carried: Loose): Reading {
  const id = idOf(carried) ?? '';
  const current = (await client.invoice(id)) ?? carried;
  const known = common(current, event);
  if (known === null) return null;
  const invoice: Loose = objectOf(current) ?? {};
  const payments = listOf(invoice.payments)?.map((one) => idOf(objectOf(one.payment)?.payment_intent)) ?? [];
  const intents = [idOf(invoice.payment_intent), ...payments].filter((one) => one !== null);
  const { invoiceId: _self, ...told } = {
    ...known,
    payment: id,
    matter: id,
    names: [id, ...intents],
    page: invoicePage(id),
  };
  const isPaid = invoice.status === 'paid' || invoice.paid === true;
  if (event.topic === 'invoice.paid')
    return { ...told, kind: 'paid', occurrence: `${id} paid`, isOver: true, reason: null };
  for (const intent of intents) {
    const tried = await client.paymentIntent(intent);
    if (tried?.last_payment_error || tried?.status === 'succeeded') return null;
  }
  const reason = { en: 'no means of payment worked', fr: 'aucun moyen de paiement n’a fonctionné' };
  return {
    ...told,
    kind: 'failed',
    occurrence: `${id} failed attempt ${String(carried.attempt_count ?? event.id)}`,
    isOver: isPaid,
    reason,
  };
}

async function ofCharge(client: StripeClient, event: FlowEvent, carried: Loose): Reading {
  const id = idOf(carried) ?? '';
  if (idOf(carried.payment_intent) !== null) return null;
  const known = common((await client.charge(id)) ?? carried, event);
  if (known === null) return null;
  const { invoiceId: _invoice, ...told } = {
    ...known,
    ...{ payment: id, matter: id, names: [id], page: paymentPage(id) },
  };
  return {
    ...told,
    kind: 'failed',
    occurrence: `${id} failed`,
    isOver: false,
    reason: declineWords(carried),
  };
}

async function ofDispute(client: StripeClient, event: FlowEvent, carried: Loose): Reading {
  const id = idOf(carried) ?? '';
  const about = await ofPaymentOf(client, event, carried);
  if (about === null) return null;
  const end = ENDS[textOf(carried.status) ?? ''];
  const turn = end ?? 'opened';
  const due = end === undefined ? disputeWords(textOf(carried.reason)) : TURNS[end];
  return {
    ...about,
    ...amountOf(carried, about),
    kind: 'disputed',
    matter: id,
    occurrence: `${id} ${turn}`,
    isOver: end !== undefined,
    reason: due ?? null,
  };
}

const ENDS: Readonly<Record<string, 'won' | 'lost' | 'closed'>> = {
  won: 'won',
  lost: 'lost',
  warning_closed: 'closed',
};
const TURNS: Readonly<Record<'won' | 'lost' | 'closed', Sentence>> = {
  won: { en: 'won: the money is yours', fr: 'gagné\u00a0: l’argent vous revient' },
  lost: { en: 'lost: the money stays with the payer', fr: 'perdu\u00a0: l’argent reste au payeur' },
  closed: { en: 'closed without money moving', fr: 'clos sans mouvement d’argent' },
};

async function ofRefund(client: StripeClient, event: FlowEvent, carried: Loose): Reading {
  const id = idOf(carried) ?? '';
  const current: Loose = objectOf(await client.refund(id)) ?? carried;
  const about = await ofPaymentOf(client, event, current);
  const [refund] = refundsFrom(current).refunds;
  if (about === null || refund === undefined) return null;
  const state = returnState(refund.status);
  return {
    ...about,
    amountMinor: refund.amountMinor,
    currency: refund.currency,
    kind: 'refund',
    matter: id,
    occurrence: `${id} ${state === 'failed' ? 'failed' : 'made'}`,
    isOver: false,
    reason:
      state === 'failed'
        ? { en: 'it failed: nothing went back', fr: 'échoué\u00a0: rien n’est reparti' }
        : null,
  };
}

/** The payment that a dispute or a refund is about, with whoever paid. */
async function ofPaymentOf(client: StripeClient, event: FlowEvent, about: Loose) {
  const [intent, charge] = [idOf(about.payment_intent), idOf(about.charge)];
  const paid = intent !== null ? await client.paymentIntent(intent) : charge && (await client.charge(charge));
  const known = paid === null || paid === '' ? null : common(paid, event);
  if (known === null) return null;
  const payment = intent ?? charge ?? '';
  const { invoiceId: _invoice, ...told } = {
    ...known,
    payment,
    names: [payment],
    page: paymentPage(payment),
  };
  return told;
}

const amountOf = (source: Loose, otherwise: Pick<PaymentTrouble, 'amountMinor' | 'currency'>) => ({
  amountMinor: minorUnits(source.amount) ?? otherwise.amountMinor,
  currency: currencyCode(source.currency) ?? otherwise.currency,
});

/** What is read of a payment in whatever shape: of one that failed nothing was received. */
function common(source: unknown, event: FlowEvent) {
  const object = objectOf(source);
  const payment = paymentFrom(source, announcedAt(event));
  if (object === null || payment === null) return null;
  const due = minorUnits(object.amount_due) ?? minorUnits(object.amount);
  const { email, name, customerId: id, currency, description, invoiceId } = payment;
  return {
    amountMinor: due ?? payment.amountMinor,
    currency,
    payer: { id, email, name },
    about: description,
    at: announcedAt(event) ?? payment.createdAt,
    invoiceId,
  };
}
