import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './flow.ts';

export const steps = {
  ticket: { titles: { en: 'Read the ticket', fr: 'Lire le ticket' }, role: 'desk', effect: 'read' },
  orders: {
    titles: { en: 'Read the customer’s orders', fr: 'Lire les commandes du client' },
    role: 'shop',
    effect: 'read',
  },
  comment: {
    titles: { en: 'Put them into a comment', fr: 'Les mettre dans un commentaire' },
    role: 'desk',
    effect: 'lookup',
  },
  rewrite: {
    titles: { en: 'Write the comment anew', fr: 'Réécrire le commentaire' },
    role: 'desk',
    effect: 'keyed',
  },
} as const satisfies Record<string, StepDeclaration>;

export type Context = RunContext<Settings, keyof typeof steps>;
