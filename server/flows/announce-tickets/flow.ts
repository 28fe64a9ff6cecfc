import { defineAutomation } from '../../core/flow.ts';
import { TICKET_FIELDS } from '../../core/ticket/ticket-filter.ts';
import { announceTicket } from './announce-ticket.ts';
import { followAnswers } from './answers.ts';
import { isOfThread, takeReplies } from './replies.ts';
import { type Settings, settings } from './settings.ts';
import { type Context, roles, steps } from './steps.ts';
import { ticketSettings } from './ticket-settings.ts';
import { announcementTrial, previewMessage } from './try-ticket.ts';

/** Announcements of a support desk's tickets: what becomes urgent, or what is opened. */
export const announceTickets = defineAutomation({
  kind: 'automation',
  id: 'announce-tickets',
  purpose: 'announce',
  posts: { role: 'target', place: ({ place }) => place },
  titles: { en: 'Urgent tickets announced', fr: 'Tickets urgents annoncés' },
  direction: {
    en: 'When a ticket of the support desk becomes urgent, or is opened, a message is posted where you choose, and what is answered can go to and fro between its thread and the ticket.',
    fr: 'Quand un ticket du support devient urgent, ou est ouvert, un message est publié où vous voulez, et les réponses peuvent aller et venir entre son fil et le ticket.',
  },
  native: {
    en: 'Zoho Desk has extensions for Slack and Microsoft Teams and posts to Zoho Cliq, with messages that it words itself and no log of those that were lost. Use them when the wording does not matter and agents are to work on tickets from there.',
    fr: 'Zoho Desk a des extensions pour Slack et Microsoft Teams et publie dans Zoho Cliq, avec des messages qu’il rédige lui-même et sans journal de ceux qui se perdent. Utilisez-les si le texte importe peu et si les agents doivent y travailler les tickets.',
  },
  roles: { source: { offers: 'tickets' }, target: { offers: 'messages' } },
  settings,
  vendorSettings: ticketSettings,
  trigger: {
    kind: 'offered',
    role: 'source',
    hearsAnswers: (settings) => (settings as Settings).answers !== 'none',
  },
  second: {
    kind: 'offered',
    role: 'target',
    about: 'place',
    isWanted: (settings) => (settings as Settings).comments !== 'none',
  },
  // They are not counted: which became urgent, and when, no list of a desk says.
  filter: { fields: async () => TICKET_FIELDS },
  preview: previewMessage,
  trial: announcementTrial,
  steps,
  async run(context: Context) {
    if (isOfThread(context, roles)) return takeReplies(context, roles, context.event.recordId ?? '');
    const outcome = await announceTicket(context);
    return (await followAnswers(context, roles, context.event.recordId ?? '')) ?? outcome;
  },
});
