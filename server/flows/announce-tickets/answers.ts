import type { Outcome } from '../../core/flow.ts';
import type { Writing } from '../../core/format.ts';
import { type MessagePart, messagesOf } from '../../core/messages.ts';
import { languageOf } from '../../core/sentence.ts';
import { ticketsOf } from '../../core/ticket/offer.ts';
import { TICKET_GONE, type Ticket, type TicketAnswer } from '../../core/ticket/ticket.ts';
import type { Conversation, ConversationSettings, Roles } from './conversation.ts';
import { keepOurs } from './remembered-replies.ts';
import { wholeText } from './ticket-message.ts';

/** An answer of longer ago, when it is heard of, is no news any more. */
const NEWS_FOR_MS = 86_400_000;

/** The message in whose thread a ticket's answers follow. */
interface Thread {
  /** The vendor's id of it. */
  readonly message: string;
  /** ISO 8601, by the desk's clock: what was answered before is known to whoever reads the message. */
  readonly since: string;
}

const leftOf = (ticket: string): string => `thread ${ticket}`;

/** A ticket that is announced anew goes on in the newer thread. */
export const keepThread = ({ link }: Conversation, ticket: string, thread: Thread): Promise<void> =>
  link(leftOf(ticket), JSON.stringify(thread));

async function threadOf({ linked }: Conversation, ticket: string): Promise<Thread | null> {
  const kept = await linked(leftOf(ticket));
  return kept === null ? null : (JSON.parse(kept) as Thread);
}

const isMeant = ({ by }: TicketAnswer, wanted: ConversationSettings['answers']): boolean =>
  wanted === 'all' || wanted === `${by}s`;

/**
 * Posts what was answered to an announced ticket since, in the thread of its message, oldest first and once each.
 * Whatever an event told of an answer is only a hint that there is one.
 *
 * @returns null where there was nothing to post.
 */
export async function followAnswers(
  context: Conversation,
  roles: Roles,
  id: string,
): Promise<Outcome | null> {
  const { event, role, read, once, forItem, settings, organisation } = context;
  if (settings.answers === 'none') return null;
  const { answers: threads, compose } = messagesOf(role(roles.chat));
  const thread = threads === undefined ? null : await threadOf(context, id);
  if (threads === undefined || thread === null) return null;
  const desk = ticketsOf(role(roles.desk));
  const ticket = await read('ticket', () => desk.ticket(id));
  if (ticket === null || ticket.state === 'gone') return { state: 'skipped', summary: TICKET_GONE };
  const oldest = Math.max(Date.parse(thread.since), event.receivedAt.getTime() - NEWS_FOR_MS);
  const all = await read('answers', () => desk.answers(id));
  let count = 0;
  for (const answer of all) {
    if (!isMeant(answer, settings.answers) || Date.parse(answer.at) < oldest) continue;
    if (!(await once(`answer ${id} ${answer.id}`))) continue;
    const own = forItem(answer.id);
    const said = await own.read('said', () => desk.answerText(id, answer.id));
    if (said === null) continue;
    const text = compose(partsOf(answer, said, organisation), wholeText(ticket, organisation.locale));
    const posted = await own.write('reply', {
      find: (marker) => threads.find({ thread: thread.message, marker }),
      send: (marker) => threads.post({ thread: thread.message, lines: [text], marker }),
    });
    if (settings.comments !== 'none') await keepOurs(context, thread.message, posted);
    count += 1;
  }
  return count === 0 ? null : { state: 'done', summary: followed(ticket, count) };
}

const WHO = {
  agent: { en: 'Support', fr: 'Support' },
  customer: { en: 'Customer', fr: 'Client' },
} as const;

/** Who answered, and what: both are read as they are. */
function partsOf({ by, name }: TicketAnswer, said: string, { locale }: Writing): MessagePart[] {
  const who = WHO[by][languageOf(locale)];
  return [
    { markup: `${who}${name === null ? '' : ' – '}` },
    ...(name === null ? [] : [{ value: name }]),
    { markup: '\n' },
    { value: said },
  ];
}

const followed = ({ number }: Ticket, count: number) => ({
  en: `Ticket #${number}: ${count === 1 ? 'one answer' : `${count} answers`} followed in the thread.`,
  fr: `Ticket nº ${number}\u00a0: ${count === 1 ? 'une réponse a suivi' : `${count} réponses ont suivi`} dans le fil.`,
});
