import {
  type CardDeclaration,
  type CardRow,
  type CardSubject,
  type CardValue,
  dateValue,
  stateValue,
  textValue,
} from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { isOpen, type Ticket, titleOf } from '../../core/ticket/ticket.ts';
import { nobody, PERSON_MODULES } from '../../kit/person-card.ts';
import { contactPage, TICKETS, ticketPage } from './addresses.ts';
import type { ZohoDeskClient } from './client.ts';

/** Each address is a search, and each contact a list. */
const MOST_ADDRESSES = 3;
const MOST_CONTACTS = 3;
const MOST_ROWS = 10;

/** The tickets of whoever has the record's addresses: those that are open first. */
export const card: CardDeclaration<ZohoDeskClient> = {
  group: 'zoho-desk',
  modules: PERSON_MODULES,

  async read({ client, account, subject }) {
    const addresses = [...new Set(subject.emails.map((email) => email.toLowerCase()))];
    const asked = addresses.slice(0, MOST_ADDRESSES);
    const found = (await Promise.all(asked.map((email) => client.contactsWith(email)))).flat();
    const contacts = [...new Map(found.map((one) => [one.id, one])).values()];
    const shown = contacts.slice(0, MOST_CONTACTS);
    const tickets = (await Promise.all(shown.map(({ id }) => client.ticketsOf(id)))).flat().sort(byUrgency);
    const refs = tickets.map(({ id }) => ({ object: TICKETS, id }));
    const [first] = shown;
    if (first === undefined) return { sections: [], empty: noOne(subject), refs, actions: [] };
    const more =
      tickets.length > MOST_ROWS || contacts.length > shown.length || addresses.length > asked.length;
    return {
      sections: [
        {
          id: 'desk-tickets',
          titles: { en: 'Tickets', fr: 'Tickets' },
          layout: 'rows',
          rows: tickets
            .slice(0, MOST_ROWS)
            .map((ticket) => ticketRow(ticket, ticketPage(ticket.id, account))),
          empty: { en: 'No ticket yet.', fr: 'Aucun ticket pour l’instant.' },
          ...(more ? { more: true } : {}),
        },
      ],
      refs,
      actions: [],
      url: contactPage(first.id, account),
    };
  },
};

/** Open ones first, the newest first of each. */
const byUrgency = (one: Ticket, other: Ticket): number =>
  Number(isOpen(other)) - Number(isOpen(one)) || other.createdAt.localeCompare(one.createdAt);

function ticketRow(ticket: Ticket, url: string): CardRow {
  const { id, priority, createdAt } = ticket;
  return {
    id: `ticket ${id}`,
    label: textValue(titleOf(ticket)),
    values: [stateOf(ticket), ...(priority === null ? [] : [textValue(priority)]), dateValue(createdAt)],
    url: ticket.page ?? url,
  };
}

/** The portal's own word where it has one: its people know the ticket by it. */
function stateOf({ state, status }: Ticket): CardValue {
  const own = status === null || ['Open', 'Closed', 'On Hold'].includes(status) ? null : status;
  const words = own === null ? STATES[state].words : { en: own, fr: own };
  return stateValue(words, STATES[state].tone);
}

const STATES = {
  open: { words: { en: 'Open', fr: 'Ouvert' }, tone: 'busy' },
  held: { words: { en: 'On hold', fr: 'En attente' }, tone: 'quiet' },
  closed: { words: { en: 'Closed', fr: 'Fermé' }, tone: 'good' },
  gone: { words: { en: 'Deleted', fr: 'Supprimé' }, tone: 'quiet' },
} as const;

const noOne = (subject: CardSubject): Sentence =>
  nobody(
    subject,
    {
      en: 'The record has no e-mail address, by which Zoho Desk would know the customer.',
      fr: 'La fiche n’a pas d’adresse e-mail, à laquelle Zoho Desk reconnaîtrait le client.',
    },
    (sought) => ({
      en: `Nobody in Zoho Desk has ${sought.en}.`,
      fr: `Personne dans Zoho Desk n’a ${sought.fr}.`,
    }),
  );
