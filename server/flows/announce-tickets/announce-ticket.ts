import { type Outcome, skipped } from '../../core/flow.ts';
import { messagesOf } from '../../core/messages.ts';
import type { Sentence } from '../../core/sentence.ts';
import { ticketsOf } from '../../core/ticket/offer.ts';
import { TICKET_GONE, type Ticket, titleOf } from '../../core/ticket/ticket.ts';
import { leftOutTicket } from '../../core/ticket/ticket-filter.ts';
import { keepThread } from './answers.ts';
import { keepTicketOf } from './remembered-replies.ts';
import { takeReplies } from './replies.ts';
import { type Context, roles } from './steps.ts';
import { messageParts, wholeText } from './ticket-message.ts';

/** What happened longer ago when it is heard of is no news any more: a ticket that is old when the flow is turned on. */
const NEWS_FOR_MS = 86_400_000;

/**
 * Announces a ticket once for each time that it became urgent, or once when it was opened. Whatever an event told of it is
 * only a hint; when it happened is the desk's to say.
 */
export async function announceTicket(context: Context): Promise<Outcome> {
  const { event, role, read, write, once, label, settings, organisation } = context;
  const id = event.recordId ?? '';
  const desk = ticketsOf(role('source'));
  const ticket = await read('ticket', () => desk.ticket(id));
  if (ticket === null || ticket.state === 'gone') return skipped(TICKET_GONE);
  label(titleOf(ticket));
  if (settings.when === 'urgent' && ticket.priority?.toLowerCase() !== settings.priority.toLowerCase())
    return skipped(notUrgent(ticket));
  const left = leftOutTicket(context.filter, ticket);
  if (left !== null) return skipped(left);
  const { when, place, template } = settings;
  const happened =
    when === 'opened' ? ticket.createdAt : await read('since', () => sinceWhen(context, ticket));
  if (event.receivedAt.getTime() - Date.parse(happened) > NEWS_FOR_MS) return skipped(OLD);
  // An earlier version remembered the moment under the ticket alone.
  const told = await context.linked(`${when} ${id}`);
  if (told !== null && Date.parse(told) >= Date.parse(happened)) return skipped(TOLD);
  // Its delivery and a look may tell of it at once; whoever took it on ends it, however often that one is taken up again.
  if (!(await once(`${when} ${id} ${happened}`))) return skipped(TOLD);
  const messages = messagesOf(role('target'));
  const text = messages.compose(
    messageParts(template, ticket, organisation),
    wholeText(ticket, organisation.locale),
  );
  const message = await write('message', {
    find: (marker) => messages.find({ place, marker, since: event.receivedAt }),
    send: (marker) => messages.post({ place, lines: [text], marker }),
  });
  if (settings.answers !== 'none') await keepThread(context, id, { message, since: happened });
  if (settings.comments !== 'none') {
    await keepTicketOf(context, message, ticket);
    // Somebody may have answered before it was known whose thread it is.
    await takeReplies(context, roles, message);
  }
  return { state: 'done', summary: announced(ticket, place) };
}

/** When it came to have its priority; when it was opened where the desk does not say. */
const sinceWhen = async ({ role }: Context, ticket: Ticket): Promise<string> =>
  (await ticketsOf(role('source')).prioritySince(ticket.id)) ?? ticket.createdAt;

const TOLD: Sentence = {
  en: 'Another event announced this, or does so still: nothing to do.',
  fr: 'Un autre événement l’a annoncé, ou l’annonce encore\u00a0: rien à faire.',
};
const OLD: Sentence = {
  en: 'It is so for more than a day: that is no news.',
  fr: 'C’est ainsi depuis plus d’un jour\u00a0: ce n’est plus une nouvelle.',
};
const notUrgent = ({ priority }: Ticket): Sentence => ({
  en: `Its priority is “${priority ?? '-'}”: nothing to announce.`,
  fr: `Sa priorité est «\u00a0${priority ?? '-'}\u00a0»\u00a0: rien à annoncer.`,
});
const announced = ({ number }: Ticket, place: string): Sentence => ({
  en: `Ticket #${number} was announced in ${place}.`,
  fr: `Le ticket nº ${number} a été annoncé dans ${place}.`,
});
