import type { FlowPreview, SettingSource } from '../../core/flow.ts';
import { messagesOf } from '../../core/messages.ts';
import { ticketsOf } from '../../core/ticket/offer.ts';
import type { Ticket } from '../../core/ticket/ticket.ts';
import { ticketTrial } from '../../core/ticket/ticket-trial.ts';
import type { Settings } from './settings.ts';
import { messageParts, wholeText } from './ticket-message.ts';

const isMeant = (ticket: Ticket, { when, priority }: Settings): boolean =>
  when === 'opened' || ticket.priority?.toLowerCase() === priority.toLowerCase();

/** The newest tickets; those that would be announced where none is looked for. */
export const announcementTrial = ticketTrial<Settings>('source', isMeant, ({ priority }) => priority);

const INVENTED: Ticket = {
  id: '0',
  number: '101',
  subject: 'La page de paiement ne répond plus',
  state: 'open',
  status: 'Open',
  priority: 'Urgent',
  department: 'Support',
  channel: 'Email',
  requester: { id: null, name: 'Juliette Pélissier', email: 'juliette@boulangerie-pelissier.example' },
  agent: null,
  page: null,
  createdAt: '2026-11-23T09:30:00.000Z',
  changedAt: null,
};

/** The message as people there will read it, for the newest ticket that is meant, or for an invented one. */
export async function previewMessage(source: SettingSource<Settings>): Promise<FlowPreview> {
  const { role, settings, organisation } = source;
  const messages = messagesOf(role('target'));
  const last = (await ticketsOf(role('source')).latest(null)).find((one) => isMeant(one, settings));
  const shown = last ?? { ...INVENTED, priority: settings.priority };
  const parts = messageParts(settings.template, shown, organisation);
  return {
    title: { en: 'The message as it will look', fr: 'Le message tel qu’il sera' },
    text: messages.readable(messages.compose(parts, wholeText(shown, organisation.locale))),
    basis:
      last === undefined
        ? {
            en: 'With an invented ticket: there is none of the kind yet.',
            fr: 'Avec un ticket inventé\u00a0: il n’y en a encore aucun de ce genre.',
          }
        : { en: `With ticket #${last.number}.`, fr: `Avec le ticket nº ${last.number}.` },
    warnings: [],
  };
}
