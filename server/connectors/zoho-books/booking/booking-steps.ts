import type { StepDeclaration } from '../../../core/flow.ts';

const books = 'zoho-books';

/** The steps in which a customer, an invoice and its payment come to be; every flow that books has them. */
export const bookingSteps = {
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
} as const satisfies Record<string, StepDeclaration>;
