import { bookingSteps } from '../../connectors/zoho-books/booking/booking-steps.ts';
import { givingBackSteps } from '../../connectors/zoho-books/booking/giving-back-steps.ts';
import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './flow.ts';

const books = 'zoho-books';
const crm = 'zoho-crm';

/** Every write of this flow has its identity at the vendor, so that a repeat is found before it is made. */
export const steps = {
  order: {
    titles: { en: 'Read the order', fr: 'Lire la commande' },
    role: 'shop',
    effect: 'read',
  },
  booked: {
    titles: { en: 'Read the invoice that is there', fr: 'Lire la facture déjà là' },
    connector: books,
    effect: 'read',
  },
  contact: {
    titles: { en: 'Find the CRM contact, or create it', fr: 'Retrouver le contact CRM, ou le créer' },
    connector: crm,
    effect: 'lookup',
  },
  taxes: {
    titles: { en: 'Read the taxes of Books', fr: 'Lire les taxes de Books' },
    connector: books,
    effect: 'read',
  },
  ...bookingSteps,
  refunds: {
    titles: { en: 'Read the refunds', fr: 'Lire les remboursements' },
    role: 'shop',
    effect: 'read',
  },
  ...givingBackSteps,
  changes: {
    titles: {
      en: 'Note on the invoice what changed since',
      fr: 'Inscrire sur la facture ce qui a changé depuis',
    },
    connector: books,
    effect: 'lookup',
  },
} as const satisfies Record<string, StepDeclaration>;

export type Context = RunContext<Settings, keyof typeof steps>;
