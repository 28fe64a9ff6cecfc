import { type FlowTrial, MOST_OFFERED } from '../trial.ts';
import { ticketsOf } from './offer.ts';
import { type Ticket, titleOf } from './ticket.ts';

/**
 * A try on a ticket of a role's account: the newest are offered; those that are meant, where none is looked for.
 *
 * @param detail what tells it from others of its subject; null: nothing does.
 */
export const ticketTrial = <Settings>(
  name: string,
  isMeant: (ticket: Ticket, settings: Settings) => boolean,
  detail: (ticket: Ticket) => string | null,
): FlowTrial<Settings> => ({
  async records({ role, settings }, search) {
    const tickets = await ticketsOf(role(name)).latest(search);
    return tickets
      .filter((ticket) => search !== null || isMeant(ticket, settings))
      .slice(0, MOST_OFFERED)
      .map((ticket) => {
        const said = detail(ticket);
        return {
          id: ticket.id,
          title: titleOf(ticket),
          ...(said === null ? {} : { detail: { en: said, fr: said } }),
          at: ticket.createdAt,
        };
      });
  },
  // The run reads the ticket itself: that there is none is its to say.
  event: async (_source, record) => ({ topic: '', recordId: record, body: {} }),
});
