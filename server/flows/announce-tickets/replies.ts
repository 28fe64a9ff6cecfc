import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { messagesOf } from '../../core/messages.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { Reply } from '../../core/threads.ts';
import { type BoundTickets, type NewComment, ticketsOf } from '../../core/ticket/offer.ts';
import { TICKET_GONE, type Ticket, titleOf } from '../../core/ticket/ticket.ts';
import type { Conversation, Roles } from './conversation.ts';

/** What was written longer ago, when it is heard of, is no news any more: a weekend may lie between. */
const NEWS_FOR_MS = 3 * 86_400_000;

/** The ticket that a thread is about. */
interface Announced {
  readonly ticket: string;
  readonly title: string;
}

/** The comment that a reply became, and as which version of it. */
interface Commented {
  readonly comment: string;
  readonly version: string;
}

/** What is remembered of a message of ours in place of that. */
const OURS = 'ours';

const leftOfThread = (thread: string): string => `of ${thread}`;
const leftOfReply = (id: string): string => `said ${id}`;

/** Remembers which ticket a thread is about, so that what people write there is known to belong to it. */
export const keepTicketOf = (
  { link }: Conversation,
  thread: string,
  { id, ...named }: Pick<Ticket, 'id' | 'number' | 'subject'>,
): Promise<void> =>
  link(leftOfThread(thread), JSON.stringify({ ticket: id, title: titleOf(named) } satisfies Announced));

/** Remembers a message of ours in a thread, by what `post` said of it: it is nobody's reply, however it is edited. */
export const keepOurs = ({ link }: Conversation, message: string): Promise<void> =>
  link(leftOfReply(message.split('/').at(-1) ?? ''), OURS);

/** Whether this thread is remembered as a ticket's. */
export const isKnown = async ({ linked }: Conversation, thread: string): Promise<boolean> =>
  (await linked(leftOfThread(thread))) !== null;

/** Whether the run was begun by what somebody wrote, and not by a ticket. */
export const isOfThread = ({ event, role }: Conversation, { chat }: Roles): boolean => {
  const { connector } = role(chat);
  return event.connector === connector.id && connector.offers?.threads?.topics.includes(event.topic) === true;
};

/**
 * Adds what people wrote in the thread of a ticket's message to the ticket, oldest first and once each. What they edited is
 * written anew, what they deleted is taken out. Whatever an event told of it is only a hint that something changed.
 */
export async function takeReplies(context: Conversation, roles: Roles, thread: string): Promise<Outcome> {
  const { role, read, linked, settings, label, about, organisation } = context;
  const kept = await linked(leftOfThread(thread));
  if (kept === null) return skipped(OTHER_THREAD);
  const { ticket: id, title } = JSON.parse(kept) as Announced;
  label(title);
  const { threads } = messagesOf(role(roles.chat));
  if (settings.comments === 'none' || threads === undefined) return skipped(NOT_WISHED);
  const all = await read('replies', () => threads.replies(thread));
  if (all === null) return skipped(THREAD_GONE);
  const due = await dueOf(context, all);
  if (due.length === 0) return skipped(NOTHING_NEW);
  const desk = ticketsOf(role(roles.desk));
  await about({ object: desk.object, id });
  const ticket = await read('ticket', () => desk.ticket(id));
  if (ticket === null || ticket.state === 'gone') return skipped(TICKET_GONE);
  const where = role(roles.chat).connector.titles[languageOf(organisation.locale)];
  let count = 0;
  let refusal: LiaisonError | null = null;
  for (const one of due) {
    try {
      if (await comment(context, { desk, id, where, ...one })) count += 1;
    } catch (thrown) {
      const error = asLiaisonError(thrown);
      // What the desk does not take of one message holds up no other.
      if (error.kind !== 'rejected') throw thrown;
      refusal ??= error;
    }
  }
  if (refusal !== null) throw refusal;
  return count === 0 ? skipped(NOTHING_NEW) : { state: 'done', summary: commented(title, count) };
}

interface Due {
  readonly reply: Reply;
  /** What it became before; null: it is new. */
  readonly earlier: Commented | null;
}

/** Those that are new, or not as they were when they were taken. */
async function dueOf({ linked, event }: Conversation, all: readonly Reply[]): Promise<Due[]> {
  const oldest = event.receivedAt.getTime() - NEWS_FOR_MS;
  const known = await Promise.all(all.map(({ id }) => linked(leftOfReply(id))));
  return all.flatMap((reply, index): Due[] => {
    const kept = known[index] ?? null;
    if (kept === OURS) return [];
    if (kept === null)
      return reply.isDeleted || reply.text === '' || Date.parse(reply.at) < oldest
        ? []
        : [{ reply, earlier: null }];
    const earlier = JSON.parse(kept) as Commented;
    return earlier.version === versionOf(reply) ? [] : [{ reply, earlier }];
  });
}

const versionOf = ({ version, isDeleted }: Reply): string => (isDeleted ? 'deleted' : version);

/** @returns whether something was written. */
async function comment(
  context: Conversation,
  {
    desk,
    id,
    where,
    reply,
    earlier,
  }: Due & { readonly desk: BoundTickets; readonly id: string; readonly where: string },
): Promise<boolean> {
  const { once, link, settings } = context;
  const own = context.forItem(reply.id);
  const text = textOf(context, where, reply);
  const keep = (made: string): Promise<void> =>
    link(
      leftOfReply(reply.id),
      JSON.stringify({ comment: made, version: versionOf(reply) } satisfies Commented),
    );
  if (earlier !== null) {
    const isThere = await own.write('edit', { send: () => desk.rewrite(id, earlier.comment, text) });
    await keep(earlier.comment);
    return isThere;
  }
  // Its notification, a look and the announcement itself may come to it at once.
  if (!(await once(`said ${reply.id}`))) return false;
  const made = await own.write('comment', {
    // By a mark of the reply and not of the run: whichever run wrote it, it is there.
    findFirst: true,
    find: () => desk.commentWith(id, text.marker),
    send: () => desk.comment(id, settings.comments === 'public' ? { ...text, isPublic: true } : text),
  });
  await keep(made);
  return true;
}

function textOf({ organisation }: Conversation, where: string, reply: Reply): NewComment {
  const language = languageOf(organisation.locale);
  const who = reply.name === null ? where : `${reply.name} (${where})`;
  const said = reply.isDeleted ? DELETED[language] : reply.text;
  return { lines: [who, said], page: reply.page, marker: `liaison:said:${reply.id}` };
}

const DELETED: Sentence = { en: 'This message was deleted there.', fr: 'Ce message y a été supprimé.' };
const OTHER_THREAD: Sentence = {
  en: 'The thread is about no ticket that Liaison knows of: nothing to do.',
  fr: 'Le fil ne concerne aucun ticket connu de Liaison\u00a0: rien à faire.',
};
const NOT_WISHED: Sentence = {
  en: 'What is written in threads does not become comments: it is not set so.',
  fr: 'Ce qui est écrit dans les fils ne devient pas commentaire\u00a0: ce n’est pas réglé ainsi.',
};
const THREAD_GONE: Sentence = {
  en: 'The thread no longer exists.',
  fr: 'Le fil n’existe plus.',
};
const NOTHING_NEW: Sentence = {
  en: 'Nothing new was written in the thread.',
  fr: 'Rien de nouveau n’a été écrit dans le fil.',
};
const commented = (title: string, count: number): Sentence => ({
  en: `Ticket ${title}: ${count === 1 ? 'one message' : `${count} messages`} of the thread taken over.`,
  fr: `Ticket ${title}\u00a0: ${count === 1 ? 'un message repris' : `${count} messages repris`} du fil.`,
});
