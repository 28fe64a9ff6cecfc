import type { RunContext, StepDeclaration } from '../../core/flow.ts';

/** Which role has the desk of a conversation, and which the channel where its thread is. */
export interface Roles {
  readonly desk: string;
  readonly chat: string;
}

/** Steps of whoever follows a conversation in both directions. */
export const conversationSteps = <const Desk extends string, const Chat extends string>({
  desk,
  chat,
}: {
  readonly desk: Desk;
  readonly chat: Chat;
}) =>
  ({
    ticket: { titles: { en: 'Read the ticket', fr: 'Lire le ticket' }, role: desk, effect: 'read' },
    answers: {
      titles: { en: 'See what was answered', fr: 'Voir ce qui a été répondu' },
      role: desk,
      effect: 'read',
    },
    said: { titles: { en: 'Read an answer', fr: 'Lire une réponse' }, role: desk, effect: 'read' },
    reply: {
      titles: { en: 'Post an answer in the thread', fr: 'Publier une réponse dans le fil' },
      role: chat,
      effect: 'lookup',
    },
    replies: {
      titles: { en: 'See what was written in the thread', fr: 'Voir ce qui a été écrit dans le fil' },
      role: chat,
      effect: 'read',
    },
    comment: {
      titles: { en: 'Comment the ticket', fr: 'Commenter le ticket' },
      role: desk,
      effect: 'lookup',
    },
    edit: {
      titles: { en: 'Write a comment anew', fr: 'Réécrire un commentaire' },
      role: desk,
      effect: 'keyed',
    },
  }) as const satisfies Record<string, StepDeclaration>;

/** What is set of it. */
export interface ConversationSettings {
  readonly answers: 'none' | 'agents' | 'customers' | 'all';
  readonly comments: 'none' | 'private' | 'public';
}

/** The run of a flow that has these steps and settings, among others. */
export type Conversation = RunContext<ConversationSettings, keyof ReturnType<typeof conversationSteps>>;
