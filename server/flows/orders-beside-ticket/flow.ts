import { z } from 'zod';
import { defineAutomation } from '../../core/flow.ts';
import { TICKET_FIELDS } from '../../core/ticket/ticket-filter.ts';
import { putBeside } from './put-beside.ts';
import { steps } from './steps.ts';
import { besideTrial, previewComment } from './try-beside.ts';

const settings = z.object({
  most: z
    .number()
    .int()
    .min(1)
    .max(20)
    .default(5)
    .meta({
      titles: { en: 'How many orders', fr: 'Combien de commandes' },
      hints: {
        en: 'The newest ones of the customer; what there is beyond is counted.',
        fr: 'Les plus récentes du client\u00a0; le reste est compté.',
      },
    }),
});

export type Settings = z.output<typeof settings>;

export const ordersBesideTicket = defineAutomation({
  kind: 'automation',
  id: 'orders-beside-ticket',
  purpose: 'support',
  titles: { en: 'Orders beside the ticket', fr: 'Commandes à côté du ticket' },
  direction: {
    en: 'When a ticket is opened or changed, the customer’s last orders in the shop stand in one comment on it, for agents alone, which is written anew when they change.',
    fr: 'Quand un ticket est ouvert ou modifié, les dernières commandes du client dans la boutique y figurent dans un seul commentaire, réservé aux agents, réécrit quand elles changent.',
  },
  native: {
    en: 'Zoho Desk has extensions that show a shop’s orders in a panel beside the ticket. Use them when agents may sign in at the shop and nothing has to stay with the ticket.',
    fr: 'Zoho Desk a des extensions qui montrent les commandes d’une boutique dans un volet à côté du ticket. Utilisez-les si les agents peuvent se connecter à la boutique et si rien ne doit rester avec le ticket.',
  },
  roles: { desk: { offers: 'tickets' }, shop: { offers: 'orders' } },
  settings,
  trigger: { kind: 'offered', role: 'desk' },
  // Tickets are not counted: those that are there when it is turned on are taken when they change.
  filter: { fields: async () => TICKET_FIELDS },
  preview: previewComment,
  trial: besideTrial,
  steps,
  run: putBeside,
});
