import { z } from 'zod';
import { placeField, templateField } from '../announce/message-settings.ts';
import { answersField, commentsField } from './conversation-settings.ts';

/** What an admin sets of this flow. */
export const settings = z.object({
  when: z
    .enum(['urgent', 'opened'])
    .default('urgent')
    .meta({
      titles: { en: 'When', fr: 'Quand' },
      hints: {
        en: 'A ticket that is urgent from its first moment becomes so, too. Each time is told once.',
        fr: 'Un ticket urgent dès son arrivée le devient aussi. Chaque fois est annoncée une fois.',
      },
      step: 'records',
      choices: {
        urgent: { en: 'A ticket gets the priority', fr: 'Un ticket reçoit la priorité' },
        opened: { en: 'A ticket is opened', fr: 'Un ticket est ouvert' },
      },
    }),
  priority: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .default('Urgent')
    .meta({
      titles: { en: 'Priority', fr: 'Priorité' },
      hints: {
        en: 'A priority of your support desk, for tickets that get it.',
        fr: 'Une priorité de votre support, pour les tickets qui la reçoivent.',
      },
      step: 'records',
    }),
  place: placeField('#support-urgent'),
  answers: answersField('none'),
  comments: commentsField('none'),
  template: templateField('🚨 Ticket urgent #{Ticket_Number}: {Subject}', {
    en: 'What stands in braces is filled from the ticket: put fields in below.',
    fr: 'Ce qui est entre accolades est rempli depuis le ticket\u00a0: insérez les champs ci-dessous.',
  }),
});

export type Settings = z.output<typeof settings>;
