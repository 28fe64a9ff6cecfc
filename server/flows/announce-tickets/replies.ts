import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { messagesOf } from '../../core/messages.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { Reply } from '../../core/threads.ts';
import { type BoundTickets, type NewComment, ticketsOf } from '../../core/ticket/offer.ts';
import { TICKET_GONE } from '../../core/ticket/ticket.ts';
import type { Conversation, Roles } from './conversation.ts';
import { type Commented, OURS, type ReplyNames, replyNames, ticketOf } from './remembered-replies.ts';

/** What was written longer ago, when it is heard of, is no news any more: a weekend may lie between. */
const NEWS_FOR_MS = 3 * 86_400_000;

/** Whether this thread is remembered as a ticket's. */
export const isKnown = async (context: Conversation, thread: string): Promise<boolean> =>
  (await ticketOf(context, thread)) !== null;

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
  const { role, read, settings, label, about, organisation } = context;
  const announced = await ticketOf(context, thread);
  if (announced === null) return skipped(OTHER_THREAD);
  const { ticket: id, title } = announced;
  const names = replyNames(thread, announced);
  label(title);
  const { threads } = messagesOf(role(roles.chat));
  if (settings.comments === 'none' || threads === undefined) return skipped(NOT_WISHED);
  const all = await read('replies', () => threads.replies(thread));
  if (all === null) return skipped(THREAD_GONE);
  await noteDeleted(context, names, all);
  const due = await dueOf(context, names, all);
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
      if (await comment(context, { desk, id, where, names, replies: () => threads.replies(thread), ...one }))
        count += 1;
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
async function dueOf(
  { linked, event }: Conversation,
  names: ReplyNames,
  all: readonly Reply[],
): Promise<Due[]> {
  const oldest = event.receivedAt.getTime() - NEWS_FOR_MS;
  const known = await Promise.all(all.map(({ id }) => linked(names.kept(id))));
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
    names,
    replies,
    reply,
    earlier,
  }: Due & {
    readonly desk: BoundTickets;
    readonly id: string;
    readonly where: string;
    readonly names: ReplyNames;
    replies(): Promise<readonly Reply[] | null>;
  },
): Promise<boolean> {
  const { once, link, linked, settings } = context;
  const own = context.forItem(reply.id);
  const text = textOf(context, where, names, reply);
  const keep = (made: string, of: Reply): Promise<void> =>
    link(names.kept(reply.id), JSON.stringify({ comment: made, version: versionOf(of) } satisfies Commented));
  const rewrite = async (made: string, as: Reply): Promise<boolean> => {
    const anew = textOf(context, where, names, as);
    const isThere = await own.write('edit', { send: () => desk.rewrite(id, made, anew) });
    await keep(made, as);
    return isThere;
  };
  if (earlier !== null) return rewrite(earlier.comment, reply);
  // Its notification, a look and the announcement itself may come to it at once.
  if (!(await once(names.kept(reply.id)))) {
    // Whichever of the two comes later, its note or the other one's comment, sees the other.
    await link(names.changed(reply.id), versionOf(reply));
    const kept = await linked(names.kept(reply.id));
    if (kept === null || kept === OURS) return false;
    const theirs = JSON.parse(kept) as Commented;
    return theirs.version === versionOf(reply) ? false : rewrite(theirs.comment, reply);
  }
  const made = await own.write('comment', {
    // By a mark of the reply and not of the run: whichever run wrote it, it is there.
    findFirst: true,
    find: () => desk.commentWith(id, text.marker),
    send: () => desk.comment(id, settings.comments === 'public' ? { ...text, isPublic: true } : text),
  });
  await keep(made, reply);
  const noted = await linked(names.changed(reply.id));
  if (noted === null || noted === versionOf(reply)) return true;
  const now = await own.read(
    'replies',
    async () => (await replies())?.find((one) => one.id === reply.id) ?? null,
  );
  if (now !== null && versionOf(now) !== versionOf(reply)) await rewrite(made, now);
  return true;
}

/** Whoever read such a message before it was deleted may be about to write it. */
async function noteDeleted(
  { link, linked }: Conversation,
  names: ReplyNames,
  all: readonly Reply[],
): Promise<void> {
  const deleted = all.filter(({ isDeleted }) => isDeleted);
  await Promise.all(
    deleted.map(async ({ id }) => {
      if ((await linked(names.kept(id))) === null) await link(names.changed(id), 'deleted');
    }),
  );
}

function textOf({ organisation }: Conversation, where: string, names: ReplyNames, reply: Reply): NewComment {
  const language = languageOf(organisation.locale);
  const who = reply.name === null ? where : `${reply.name} (${where})`;
  const said = reply.isDeleted ? DELETED[language] : reply.text;
  return { lines: [who, said], page: reply.page, marker: names.marker(reply.id) };
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
