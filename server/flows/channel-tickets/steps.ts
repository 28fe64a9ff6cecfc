import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import { conversationSteps } from '../announce-tickets/conversation.ts';
import type { Settings } from './settings.ts';

/** Messages come from the channel, tickets are opened at the desk. */
export const roles = { desk: 'desk', chat: 'source' } as const;

export const steps = {
  known: {
    titles: { en: 'See whether it is a ticket already', fr: 'Voir si c’est déjà un ticket' },
    role: 'source',
    effect: 'read',
  },
  start: {
    titles: { en: 'Read the message', fr: 'Lire le message' },
    role: 'source',
    effect: 'read',
  },
  channel: {
    titles: { en: 'See whether it is in the channel', fr: 'Voir s’il est dans le canal' },
    role: 'source',
    effect: 'read',
  },
  author: {
    titles: { en: 'See who wrote it', fr: 'Voir qui l’a écrit' },
    role: 'source',
    effect: 'read',
  },
  department: {
    titles: { en: 'Find the department', fr: 'Trouver le département' },
    role: 'desk',
    effect: 'read',
  },
  open: { titles: { en: 'Open the ticket', fr: 'Ouvrir le ticket' }, role: 'desk', effect: 'lookup' },
  tell: {
    titles: { en: 'Say so in the thread', fr: 'Le dire dans le fil' },
    role: 'source',
    effect: 'lookup',
  },
  ...conversationSteps(roles),
} as const satisfies Record<string, StepDeclaration>;

export type Context = RunContext<Settings, keyof typeof steps>;
