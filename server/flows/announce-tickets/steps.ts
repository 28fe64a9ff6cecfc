import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './settings.ts';

export const steps = {
  ticket: { titles: { en: 'Read the ticket', fr: 'Lire le ticket' }, role: 'source', effect: 'read' },
  since: {
    titles: { en: 'See since when it has its priority', fr: 'Voir depuis quand il a sa priorité' },
    role: 'source',
    effect: 'read',
  },
  message: {
    titles: { en: 'Post the message', fr: 'Publier le message' },
    role: 'target',
    effect: 'lookup',
  },
  answers: {
    titles: { en: 'See what was answered', fr: 'Voir ce qui a été répondu' },
    role: 'source',
    effect: 'read',
  },
  said: { titles: { en: 'Read an answer', fr: 'Lire une réponse' }, role: 'source', effect: 'read' },
  reply: {
    titles: { en: 'Post an answer in the thread', fr: 'Publier une réponse dans le fil' },
    role: 'target',
    effect: 'lookup',
  },
  replies: {
    titles: { en: 'See what was written in the thread', fr: 'Voir ce qui a été écrit dans le fil' },
    role: 'target',
    effect: 'read',
  },
  comment: {
    titles: { en: 'Comment the ticket', fr: 'Commenter le ticket' },
    role: 'source',
    effect: 'lookup',
  },
  edit: {
    titles: { en: 'Write a comment anew', fr: 'Réécrire un commentaire' },
    role: 'source',
    effect: 'keyed',
  },
} as const satisfies Record<string, StepDeclaration>;

export type Context = RunContext<Settings, keyof typeof steps>;
