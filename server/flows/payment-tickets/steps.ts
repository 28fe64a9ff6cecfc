import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './settings.ts';

const atDesk = { role: 'desk' } as const;

/** Every write has its mark in what is written, so that a repeat is found before it is made. */
export const steps = {
  trouble: { titles: { en: 'Read the payment', fr: 'Lire le paiement' }, role: 'source', effect: 'read' },
  ticket: {
    titles: { en: 'See whether the customer has a ticket', fr: 'Voir si le client a un ticket' },
    ...atDesk,
    effect: 'read',
  },
  department: {
    titles: { en: 'Find the department', fr: 'Trouver le département' },
    ...atDesk,
    effect: 'read',
  },
  open: { titles: { en: 'Open the ticket', fr: 'Ouvrir le ticket' }, ...atDesk, effect: 'lookup' },
  reopen: { titles: { en: 'Open the ticket again', fr: 'Rouvrir le ticket' }, ...atDesk, effect: 'keyed' },
  comment: { titles: { en: 'Comment the ticket', fr: 'Commenter le ticket' }, ...atDesk, effect: 'lookup' },
  close: { titles: { en: 'Close the ticket', fr: 'Fermer le ticket' }, ...atDesk, effect: 'keyed' },
} as const satisfies Record<string, StepDeclaration>;

export type Context = RunContext<Settings, keyof typeof steps>;
