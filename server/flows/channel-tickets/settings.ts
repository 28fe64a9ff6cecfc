import { z } from 'zod';
import type { Sentence } from '../../core/sentence.ts';
import { answersField, commentsField } from '../announce-tickets/conversation-settings.ts';
import { departmentField, priorityField } from '../payment-tickets/settings.ts';

/** Of whom no channel is chosen yet. */
export const CHOOSE_CHANNEL: Sentence = { en: 'Choose the channel.', fr: 'Choisissez le canal.' };

/** What an admin sets of this flow. */
export const settings = z.object({
  place: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({
      titles: { en: 'Channel', fr: 'Canal' },
      hints: {
        en: 'The channel whose messages become tickets.',
        fr: 'Le canal dont les messages deviennent des tickets.',
      },
      empty: { en: 'not chosen yet', fr: 'pas encore choisi' },
    }),
  which: z
    .enum(['marked', 'all'])
    .default('marked')
    .meta({
      titles: { en: 'Which messages', fr: 'Quels messages' },
      hints: {
        en: 'Those that begin a thread. What Liaison posts there never becomes a ticket.',
        fr: 'Ceux qui commencent un fil. Ce que Liaison y publie ne devient jamais un ticket.',
      },
      choices: {
        marked: { en: 'Those that somebody marks', fr: 'Ceux que quelqu’un marque' },
        all: { en: 'Every message', fr: 'Tous les messages' },
      },
    }),
  mark: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .default('🎫')
    .meta({
      titles: { en: 'Mark', fr: 'Marque' },
      hints: {
        en: 'A reaction of anybody to the message, or a sign or word in its text.',
        fr: 'Une réaction de quiconque au message, ou un signe ou un mot de son texte.',
      },
    }),
  department: departmentField,
  priority: priorityField,
  tell: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'Say in the thread that it is a ticket', fr: 'Dire dans le fil que c’est un ticket' },
      hints: {
        en: 'With its number.',
        fr: 'Avec son numéro.',
      },
    }),
  answers: answersField('agents'),
  comments: commentsField('private'),
});

export type Settings = z.output<typeof settings>;
