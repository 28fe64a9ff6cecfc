import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import { conversationSteps } from './conversation.ts';
import type { Settings } from './settings.ts';

/** The desk tells of tickets; messages go to the channel. */
export const roles = { desk: 'source', chat: 'target' } as const;

const { ticket, ...others } = conversationSteps(roles);

export const steps = {
  ticket,
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
  ...others,
} as const satisfies Record<string, StepDeclaration>;

export type Context = RunContext<Settings, keyof typeof steps>;
