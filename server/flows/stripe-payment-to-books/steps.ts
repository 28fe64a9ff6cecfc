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
  customer: {
    titles: { en: 'Find the customer, or create it', fr: 'Retrouver le client, ou le créer' },
    connector: books,
    effect: 'lookup',
  },
  invoice: {
    titles: { en: 'Create the invoice', fr: 'Créer la facture' },
    connector: books,
    effect: 'lookup',
  },
  sent: {
    titles: { en: 'Mark the invoice as sent', fr: 'Marquer la facture comme envoyée' },
    connector: books,
    effect: 'keyed',
  },
  settlement: {
    titles: { en: 'Record the payment', fr: 'Enregistrer le règlement' },
    connector: books,
    effect: 'lookup',
  },
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
  refundedInvoice: {
    titles: { en: 'Find the invoice', fr: 'Trouver la facture' },
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
