import { z } from 'zod';
import { placeField, templateField } from '../announce/message-settings.ts';

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
  answers: z
    .enum(['none', 'agents', 'customers', 'all'])
    .default('none')
    .meta({
      titles: { en: 'Answers in the thread', fr: 'Réponses dans le fil' },
      hints: {
        en: 'Replies and public comments of a ticket follow in the thread of its message, once each. Private comments never do. Slack and Microsoft Teams have threads.',
        fr: 'Les réponses et commentaires publics d’un ticket suivent dans le fil de son message, une fois chacun. Les commentaires privés, jamais. Slack et Microsoft Teams ont des fils.',
      },
      choices: {
        none: { en: 'None', fr: 'Aucune' },
        agents: { en: 'Those of agents', fr: 'Celles des agents' },
        customers: { en: 'Those of customers', fr: 'Celles des clients' },
        all: { en: 'All of them', fr: 'Toutes' },
      },
    }),
  comments: z
    .enum(['none', 'private', 'public'])
    .default('none')
    .meta({
      titles: { en: 'What is written in the thread', fr: 'Ce qui est écrit dans le fil' },
      hints: {
        en: 'What people write below the message becomes a comment of the ticket, once each; what they edit or delete there is followed. Private comments are seen by agents only, public ones by the customer, too. Microsoft Teams can.',
        fr: 'Ce que les gens écrivent sous le message devient un commentaire du ticket, une fois chacun\u00a0; ce qu’ils y modifient ou suppriment est suivi. Les commentaires privés ne sont vus que des agents, les publics du client aussi. Microsoft Teams le permet.',
      },
      choices: {
        none: { en: 'Stays there', fr: 'Y reste' },
        private: { en: 'Private comments of the ticket', fr: 'Commentaires privés du ticket' },
        public: { en: 'Public comments of the ticket', fr: 'Commentaires publics du ticket' },
      },
    }),
  template: templateField('🚨 Ticket urgent #{Ticket_Number}: {Subject}', {
    en: 'What stands in braces is filled from the ticket: put fields in below.',
    fr: 'Ce qui est entre accolades est rempli depuis le ticket\u00a0: insérez les champs ci-dessous.',
  }),
});

export type Settings = z.output<typeof settings>;
