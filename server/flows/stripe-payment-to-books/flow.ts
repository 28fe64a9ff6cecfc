import { z } from 'zod';
import { stripe } from '../../connectors/stripe/connector.ts';
import { sweepEvents } from '../../connectors/stripe/event-sweep.ts';
import { PAYMENT_TOPICS } from '../../connectors/stripe/payment-topics.ts';
import { isInBooks } from '../../connectors/zoho-books/booking/customer-failures.ts';
import { creditedKey } from '../../connectors/zoho-books/booking/give-back.ts';
import { moneyAccountSetting, refundSettings } from '../../connectors/zoho-books/booking/refund-settings.ts';
import { defineAutomation, type Outcome } from '../../core/flow.ts';
import { bookPayments } from './book-payments.ts';
import { keys } from './keys.ts';
import { noteDisputes } from './note-disputes.ts';
import { noteRefunds } from './note-refunds.ts';
import { paymentFilter } from './payment-filter.ts';
import { steps } from './steps.ts';
import { recordOf } from './topics.ts';
import { paymentTrial } from './try-payment.ts';

const settings = z.object({
  noteInCrm: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'Note the payment on the CRM contact', fr: 'Inscrire le paiement sur le contact CRM' },
      hints: {
        en: 'A note with the amount and the invoice number, on the contact with the same e-mail.',
        fr: 'Une note avec le montant et le numéro de facture, sur le contact qui a le même e-mail.',
      },
    }),
  paymentMode: z
    .enum(['Stripe', 'Credit Card', 'Bank Transfer', 'Cash', 'Others'])
    .default('Stripe')
    .meta({ titles: { en: 'Payment mode in Books', fr: 'Mode de règlement dans Books' } }),
  ...refundSettings,
});

export type Settings = z.output<typeof settings>;

export const stripePaymentToBooks = defineAutomation({
  kind: 'automation',
  id: 'stripe-payment-to-books',
  titles: { en: 'Stripe payments to Zoho Books', fr: 'Paiements Stripe vers Zoho Books' },
  direction: {
    en: 'When a payment succeeds in Stripe, Zoho Books gets the customer (found by e-mail, or created), an invoice and its payment, and the CRM contact shows it.',
    fr: 'Quand un paiement Stripe aboutit, Zoho Books reçoit le client (retrouvé par e-mail, ou créé), une facture et son règlement, et le contact CRM l’affiche.',
  },
  native: {
    en: 'Zoho Books offers Stripe as a payment gateway: use it when customers pay invoices that Books itself sent. This flow is for payments that begin in Stripe (checkout, subscriptions, payment links).',
    fr: 'Zoho Books propose Stripe comme passerelle de paiement : utilisez-la si les clients paient des factures envoyées par Books. Ce flux concerne les paiements nés dans Stripe (checkout, abonnements, liens de paiement).',
  },
  purpose: 'payments',
  nativePage: 'https://www.zoho.com/books/help/online-payments/stripe.html',
  roles: {
    source: { connector: 'stripe' },
    target: { connector: 'zoho-books' },
    note: { connector: 'zoho-crm', optional: true },
  },
  settings,
  vendorSettings: { account: moneyAccountSetting<Settings>() },
  trigger: {
    kind: 'event',
    connector: 'stripe',
    topics: PAYMENT_TOPICS,
    coalesce: false,
    record: recordOf,
    sweep: {
      everySeconds: 60,
      recognisedBy: 'event',
      look: ({ client, ...since }) => sweepEvents(client(stripe), PAYMENT_TOPICS, since),
    },
  },
  filter: paymentFilter,
  trial: paymentTrial,
  steps,
  isThere: isInBooks,
  booking: { payment: keys.booked, credit: creditedKey },
  run(context): Promise<Outcome> {
    const { topic } = context.event;
    if (topic.includes('dispute')) return noteDisputes(context);
    return topic.includes('refund') ? noteRefunds(context) : bookPayments(context);
  },
});
