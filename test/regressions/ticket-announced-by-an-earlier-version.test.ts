import type { Ticket } from '../../server/core/ticket/ticket.ts';
import { announceTicket } from '../../server/flows/announce-tickets/announce-ticket.ts';
import type { Context } from '../../server/flows/announce-tickets/steps.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-24T12:00:00.000Z');
const at = (hoursAgo: number): string => new Date(NOW - hoursAgo * HOUR).toISOString();

const TICKET: Ticket = {
  id: '7',
  number: '107',
  subject: 'Panne',
  state: 'open',
  status: 'Open',
  priority: 'Urgent',
  department: 'Support',
  channel: 'Email',
  agent: null,
  requester: { id: null, name: 'Léa', email: null },
  createdAt: at(5),
  changedAt: null,
  page: null,
};

/** @param kept what an earlier version remembered: the moment, under the ticket alone. @returns what was posted. */
async function announced(when: 'urgent' | 'opened', kept: Record<string, string>, since = at(2)) {
  const posted: string[] = [];
  const tickets = { ticket: async () => TICKET, prioritySince: async () => since };
  const messages = { compose: () => 'Panne', find: async () => null, post: async () => posted.push('Panne') };
  const context = {
    event: { recordId: TICKET.id, receivedAt: new Date(NOW) },
    settings: {
      when,
      priority: 'Urgent',
      place: '#support',
      answers: 'none',
      comments: 'none',
      template: '{Subject}',
    },
    organisation: { timeZone: 'Europe/Paris', locale: 'fr' },
    filter: null,
    label: () => {},
    role: () => ({ connector: { id: 'desk', offers: { tickets, messages } }, client: null }),
    read: (_step: string, fetch: () => Promise<unknown>) => fetch(),
    write: (_step: string, { send }: { send(marker: string): Promise<unknown> }) => send('marker'),
    linked: async (name: string) => kept[name] ?? null,
    once: async () => true,
  } as unknown as Context;
  const { state } = await announceTicket(context);
  return { state, posted: posted.length };
}

const NOT_AGAIN = { state: 'skipped', posted: 0 };
const NEWS = { state: 'done', posted: 1 };

it('is not announced again', async () => {
  expect(await announced('urgent', { 'urgent 7': at(2) })).toEqual(NOT_AGAIN);
  expect(await announced('opened', { 'opened 7': at(5) })).toEqual(NOT_AGAIN);
});

it('is when it became urgent again since, or when something else was announced of it', async () => {
  expect(await announced('urgent', { 'urgent 7': at(3) })).toEqual(NEWS);
  expect(await announced('opened', { 'urgent 7': at(1) })).toEqual(NEWS);
  expect(await announced('urgent', {})).toEqual(NEWS);
});
