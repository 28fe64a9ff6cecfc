import { bookingSteps } from '../../connectors/zoho-books/booking/booking-steps.ts';
import { givingBackSteps } from '../../connectors/zoho-books/booking/giving-back-steps.ts';
import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './flow.ts';

const books = 'zoho-books';
const crm = 'zoho-crm';
const inventory = 'zoho-inventory';

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
  entered: {
    titles: { en: 'Read the sales order that is there', fr: 'Lire la commande client déjà là' },
    connector: inventory,
    effect: 'read',
  },
  invoiced: {
    titles: {
      en: 'Look whether the order was invoiced by somebody else',
      fr: 'Voir si la commande a été facturée par quelqu’un d’autre',
    },
    connector: books,
    effect: 'read',
  },
  items: {
    titles: { en: 'Find the items by their SKUs', fr: 'Retrouver les articles par leurs références' },
    connector: inventory,
    effect: 'read',
  },
  salesOrder: {
    titles: { en: 'Create the sales order', fr: 'Créer la commande client' },
    connector: inventory,
    effect: 'lookup',
  },
  change: {
    titles: {
      en: 'Bring the sales order to what the shop changed',
      fr: 'Reporter sur la commande client ce que la boutique a changé',
    },
    connector: inventory,
    effect: 'keyed',
  },
  confirm: {
    titles: { en: 'Confirm the sales order', fr: 'Confirmer la commande client' },
    connector: inventory,
    effect: 'keyed',
  },
  release: {
    titles: {
      en: 'Void the sales order of a cancelled order',
      fr: 'Annuler la commande client d’une commande annulée',
    },
    connector: inventory,
    effect: 'keyed',
  },
  stock: {
    titles: {
      en: 'Bring the stock to what the shop took for the order',
      fr: 'Porter au stock ce que la boutique a pris pour la commande',
    },
    connector: inventory,
    effect: 'lookup',
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
