import { z } from 'zod';
import { contacts } from '../company/index.ts';
import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import { read } from '../scenarios/parameters.ts';
import { opened } from './acts.ts';
import { changeTicket, replyTo } from './change-ticket.ts';
import { agentIdOf, deskTables, priorities, type TicketRow } from './rows.ts';
import { ticketAlone } from './views.ts';

const DESK = 'zoho-desk';

const asked = z.strictObject({
  subject: z.string().min(1).max(255).optional(),
  email: z.string().min(3).optional(),
  priority: z.enum(priorities).optional(),
});

const usual = (stage: Stage, priority: string | null): TicketRow => {
  const wish = read(stage, asked);
  const person = contacts.find(({ key }) => key === 'marius');
  return opened(stage.desk(DESK), {
    subject: wish.subject ?? 'RE: <!here> *panne* & "arrêt" de la boutique',
    description: 'La page de paiement ne répond plus depuis ce matin.',
    email: wish.email ?? person?.email ?? undefined,
    name: person?.lastName,
    priority: wish.priority ?? priority,
  });
};

const told = (stage: Stage, row: TicketRow, en: string, fr: string): object => ({
  sentence: { en: `Ticket #${row.ticketNumber} ${en}`, fr: `Le ticket nº ${row.ticketNumber} ${fr}` },
  ticket: ticketAlone(stage.desk(DESK), row),
});

const one = z.strictObject({ ticket: z.string().optional() });

/** The one that is asked for, or the newest. */
function newestOpen(stage: Stage, fits: (row: TicketRow) => boolean = () => true): TicketRow | undefined {
  const { ticket } = read(stage, one);
  return deskTables(stage.desk(DESK))
    .tickets.all()
    .findLast(
      (row) =>
        (ticket === undefined || row.id === ticket) && row.status !== 'Closed' && !row.isTrashed && fits(row),
    );
}

const ticketUrgent: Scenario = {
  id: 'ticket-urgent',
  titles: { en: 'An urgent request comes in', fr: 'Une demande urgente arrive' },
  parameters: asked,
  description: {
    en: 'A customer writes to support, and the ticket is urgent; Desk sends a signed event.',
    fr: 'Un client écrit au support, et le ticket est urgent ; Desk envoie un événement signé.',
  },
  play: async (stage) => told(stage, usual(stage, 'Urgent'), 'is urgent.', 'est urgent.'),
};

const ticketBecomesUrgent: Scenario = {
  id: 'ticket-becomes-urgent',
  titles: { en: 'An open ticket becomes urgent', fr: 'Un ticket ouvert devient urgent' },
  parameters: one,
  description: {
    en: 'An agent makes the newest open ticket urgent.',
    fr: 'Un agent passe le ticket ouvert le plus récent en urgent.',
  },
  async play(stage) {
    const chosen = newestOpen(stage, ({ priority }) => priority !== 'Urgent');
    if (!chosen) throw new ScenarioRefused('There is no open ticket that is not urgent already.');
    const row = changeTicket(stage.desk(DESK), chosen, { priority: 'Urgent' }, agentIdOf('ines'));
    return told(stage, row, 'became urgent.', 'est devenu urgent.');
  },
};

const ticketClosed: Scenario = {
  id: 'ticket-closed',
  titles: { en: 'An agent closes a ticket', fr: 'Un agent ferme un ticket' },
  parameters: one,
  description: {
    en: 'An agent closes the newest open ticket.',
    fr: 'Un agent ferme le ticket ouvert le plus récent.',
  },
  async play(stage) {
    const chosen = newestOpen(stage);
    if (!chosen) throw new ScenarioRefused('There is no open ticket.');
    const row = changeTicket(stage.desk(DESK), chosen, { status: 'Closed' }, agentIdOf('ines'));
    return told(stage, row, 'was closed.', 'a été fermé.');
  },
};

const ticketAnswered: Scenario = {
  id: 'ticket-answered',
  titles: { en: 'A ticket is answered', fr: 'On répond à un ticket' },
  parameters: one,
  description: {
    en: 'The customer of the newest open ticket writes once more, and an agent replies; Desk sends signed events.',
    fr: 'Le client du ticket ouvert le plus récent écrit encore, et un agent répond ; Desk envoie des événements signés.',
  },
  async play(stage) {
    const chosen = newestOpen(stage);
    if (!chosen) throw new ScenarioRefused('There is no open ticket.');
    const desk = stage.desk(DESK);
    const asks = '<p>Toujours rien de notre côté. Une idée ?</p>';
    const answers = '<p>Nous avons trouvé : <b>la page revient</b> d’ici une heure.</p>';
    replyTo(desk, chosen, { direction: 'in', content: asks, agentId: null });
    const row = deskTables(desk).tickets.get(chosen.id) ?? chosen;
    replyTo(desk, row, { direction: 'out', content: answers, agentId: agentIdOf('ines') });
    return told(stage, row, 'was answered.', 'a reçu des réponses.');
  },
};

/** In the order in which the page shows them. */
export const deskScenarios: readonly Scenario[] = [
  ticketUrgent,
  ticketBecomesUrgent,
  ticketAnswered,
  ticketClosed,
];
