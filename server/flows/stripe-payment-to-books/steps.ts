import { bookingSteps } from '../../connectors/zoho-books/booking/booking-steps.ts';
import { givingBackSteps } from '../../connectors/zoho-books/booking/giving-back-steps.ts';
import { profileSteps } from '../../connectors/zoho-books/booking/keep-profile.ts';
import { feeSteps } from '../../connectors/zoho-books/booking/record-fee.ts';
import { settleSentSteps } from '../../connectors/zoho-books/booking/settle-sent.ts';
import { transferSteps } from '../../connectors/zoho-books/booking/transfer-money.ts';
import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './flow.ts';

const books = 'zoho-books';
const crm = 'zoho-crm';

/** Every write of this flow has its identity at the vendor, so that a repeat is found before it is made. */
export const steps = {
  payment: {
    titles: { en: 'Read the payment', fr: 'Lire le paiement' },
    connector: 'stripe',
    effect: 'read',
  },
  booked: {
    titles: { en: 'Read the invoice that is there', fr: 'Lire la facture déjà là' },
    connector: books,
    effect: 'read',
  },
  ...bookingSteps,
  contact: {
    titles: { en: 'Find the CRM contact', fr: 'Trouver le contact CRM' },
    connector: crm,
    effect: 'read',
  },
  note: {
    titles: { en: 'Note it on the CRM contact', fr: 'L’inscrire sur le contact CRM' },
    connector: crm,
    effect: 'lookup',
  },
  lastReduced: {
    titles: {
      en: 'Find the last invoice of the amount before',
      fr: 'Trouver la dernière facture au montant d’avant',
    },
    connector: books,
    effect: 'read',
  },
  subscriptionsOf: {
    titles: { en: 'Find the subscriptions of the customer', fr: 'Trouver les abonnements du client' },
    connector: 'stripe',
    effect: 'read',
  },
  refunds: {
    titles: { en: 'Read the refunds', fr: 'Lire les remboursements' },
    connector: 'stripe',
    effect: 'read',
  },
  refundedPayment: {
    titles: { en: 'Find the refunded payment', fr: 'Trouver le paiement remboursé' },
    connector: 'stripe',
    effect: 'read',
  },
  dispute: {
    titles: { en: 'Read the dispute', fr: 'Lire le litige' },
    connector: 'stripe',
    effect: 'read',
  },
  disputeNow: {
    titles: { en: 'Read what the dispute moved', fr: 'Lire l’argent du litige' },
    connector: 'stripe',
    effect: 'read',
  },
  refundedInvoice: {
    titles: { en: 'Find the invoice', fr: 'Trouver la facture' },
    connector: books,
    effect: 'read',
  },
  credit: {
    titles: { en: 'Look for credit of the customer', fr: 'Chercher un crédit du client' },
    connector: books,
    effect: 'read',
  },
  ...givingBackSteps,
  fee: {
    titles: { en: 'Read the fee', fr: 'Lire les frais' },
    connector: 'stripe',
    effect: 'read',
  },
  ...feeSteps,
  ...settleSentSteps,
  payout: {
    titles: { en: 'Read the payout', fr: 'Lire le virement' },
    connector: 'stripe',
    effect: 'read',
  },
  ...transferSteps,
  subscription: {
    titles: { en: 'Read the subscription', fr: 'Lire l’abonnement' },
    connector: 'stripe',
    effect: 'read',
  },
  ...profileSteps,
  billed: {
    titles: { en: 'Look which subscription it pays', fr: 'Chercher l’abonnement qu’il paie' },
    connector: 'stripe',
    effect: 'read',
  },
  child: {
    titles: {
      en: 'Look for the invoice of the recurring one',
      fr: 'Chercher la facture issue de la récurrente',
    },
    connector: books,
    effect: 'read',
  },
  stripeInvoice: {
    titles: { en: 'Read the invoice of Stripe', fr: 'Lire la facture de Stripe' },
    connector: 'stripe',
    effect: 'read',
  },
  taxes: {
    titles: { en: 'Read the taxes of Books', fr: 'Lire les taxes de Books' },
    connector: books,
    effect: 'read',
  },
  refundComment: {
    titles: { en: 'Note the refund on the invoice', fr: 'Inscrire le remboursement sur la facture' },
    connector: books,
    effect: 'lookup',
  },
  disputeComment: {
    titles: { en: 'Note the dispute on the invoice', fr: 'Inscrire le litige sur la facture' },
    connector: books,
    effect: 'lookup',
  },
} as const satisfies Record<string, StepDeclaration>;

export type Context = RunContext<Settings, keyof typeof steps>;
