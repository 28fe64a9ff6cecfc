import { contacts } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { commentOn, makeContact, openTicket } from './change-ticket.ts';
import { agentIdOf, departments } from './rows.ts';

const DAY_MS = 86_400_000;

/** What customers of the last weeks asked. */
const TICKETS = [
  {
    by: 'juliette',
    daysAgo: 16,
    subject: 'Changer les horaires sur la page d’accueil',
    status: 'Closed',
    priority: 'Low',
    said: 'Fait, les horaires d’hiver sont en ligne.',
  },
  {
    by: 'hélène',
    daysAgo: 6,
    subject: 'Le formulaire de dégustation n’arrive plus',
    status: 'On Hold',
    priority: 'High',
  },
  {
    by: 'bastien',
    daysAgo: 2,
    subject: 'Photos des brioches trop sombres',
    status: 'Open',
    priority: 'Medium',
  },
] as const;

export function seed(desk: VendorDesk): void {
  const now = desk.clock().getTime();
  for (const { by, daysAgo, subject, status, priority, ...more } of TICKETS) {
    const person = contacts.find(({ key }) => key === by);
    const then = new Date(now - daysAgo * DAY_MS);
    const past: VendorDesk = { ...desk, clock: () => then, deliver: () => undefined, wrote: () => undefined };
    const contact = makeContact(past, {
      firstName: person?.firstName ?? null,
      lastName: person?.lastName ?? 'Inconnu',
      email: person?.email ?? null,
      phone: person?.phone ?? null,
    });
    const ticket = openTicket(
      past,
      {
        departmentId: departments[0].id,
        contactId: contact.id,
        email: contact.email,
        channel: 'Email',
        assigneeId: agentIdOf('ines'),
        ...{ subject, status, priority },
      },
      agentIdOf('ines'),
    );
    if ('said' in more) commentOn(past, ticket, { content: more.said, isPublic: true }, agentIdOf('ines'));
  }
}
