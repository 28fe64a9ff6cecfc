import { z } from 'zod';
import type { ConversationSettings } from './conversation.ts';

/** Which of what is answered to a ticket follows in its thread. */
export const answersField = (usual: ConversationSettings['answers']) =>
  z
    .enum(['none', 'agents', 'customers', 'all'])
    .default(usual)
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
    });

/** What becomes of what people write in the thread of a ticket. */
export const commentsField = (usual: ConversationSettings['comments']) =>
  z
    .enum(['none', 'private', 'public'])
    .default(usual)
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
    });
