import { formatTime, type Writing } from '../../core/format.ts';
import type { MessagePart, WholeText } from '../../core/messages.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { partsOf } from '../../core/template.ts';
import { templatePlaces } from '../../core/template-places.ts';
import type { Ticket } from '../../core/ticket/ticket.ts';

const time = (at: string | null, { locale, timeZone }: Writing): string | null =>
  at === null ? null : formatTime(at, locale, timeZone);

/** What can be put into the message, by the name that stands in braces. */
export const places = templatePlaces<Ticket>([
  ['Ticket_Number', { en: 'Number', fr: 'Numéro' }, ({ number }) => number],
  ['Subject', { en: 'Subject', fr: 'Objet' }, ({ subject }) => subject],
  ['Priority', { en: 'Priority', fr: 'Priorité' }, ({ priority }) => priority],
  ['Status', { en: 'Status', fr: 'Statut' }, ({ status }) => status],
  ['Department', { en: 'Department', fr: 'Département' }, ({ department }) => department],
  ['Requester', { en: 'Customer', fr: 'Client' }, ({ requester }) => requester.name ?? requester.email],
  ['Email', { en: 'Customer’s e-mail', fr: 'E-mail du client' }, ({ requester }) => requester.email],
  ['Agent', { en: 'Agent', fr: 'Agent' }, ({ agent }) => agent],
  ['Channel', { en: 'Came by', fr: 'Arrivé par' }, ({ channel }) => channel],
  ['Created_Time', { en: 'Opened', fr: 'Ouvert' }, ({ createdAt }, writing) => time(createdAt, writing)],
]);

/** The admin's template as the parts of one message: it may hold markup of where it goes, a ticket's values may not. */
export const messageParts = (template: string, ticket: Ticket, writing: Writing): MessagePart[] =>
  partsOf(template).map((part) =>
    'text' in part ? { markup: part.text } : { value: places.value(part.place, ticket, writing) ?? '' },
  );

const WHOLE: Sentence = {
  en: 'The whole text is in the ticket',
  fr: 'Le texte entier est dans le ticket',
};
const TITLE: Sentence = { en: 'The ticket', fr: 'Le ticket' };

/** Where the ticket itself is to be read. */
export function wholeText({ page, number }: Pick<Ticket, 'page' | 'number'>, locale: string): WholeText {
  const language = languageOf(locale);
  return { words: WHOLE[language], title: `${TITLE[language]} #${number}`, address: page };
}
