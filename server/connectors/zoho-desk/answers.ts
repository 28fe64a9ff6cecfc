import { z } from 'zod';
import type { TicketAnswer } from '../../core/ticket/ticket.ts';
import { textOfHtml } from '../../kit/html-text.ts';
import { ifGone } from '../../kit/if-gone.ts';
import type { JsonCall } from '../../kit/json-api.ts';
import { allRows } from './all-rows.ts';
import { type DeskCall, idSchema, PAGE, rowsOf } from './api.ts';

const person = z.object({ name: z.string().nullish(), type: z.string().nullish() }).nullish().catch(null);
const commentSchema = z.object({
  id: idSchema,
  content: z.string().catch(''),
  contentType: z.string().nullish(),
  isPublic: z.boolean().catch(false),
  commentedTime: z.string(),
  commenter: person,
});
const threadSchema = z.object({
  id: idSchema,
  direction: z.string().nullish(),
  visibility: z.string().nullish(),
  status: z.string().nullish(),
  isDescriptionThread: z.boolean().nullish(),
  isForward: z.boolean().nullish(),
  createdTime: z.string(),
  author: person,
  content: z.string().nullish(),
  contentType: z.string().nullish(),
});
const comments = rowsOf(commentSchema);
const threads = rowsOf(threadSchema);

type Comment = z.output<typeof commentSchema>;
type Thread = z.output<typeof threadSchema>;

/** Ids of comments and of replies are told apart, as they are in Desk. */
const [COMMENT, THREAD] = ['comment-', 'thread-'] as const;
/** What Liaison wrote ends in its mark. */
const OWN = /#liaison:[\w-]/;
/** How a comment names a colleague. */
const MENTION = /zsu\[@\w+:\d*\]zsu/g;
/** What an e-mail quotes at its end. */
const QUOTED = /<blockquote\b[\s\S]*<\/blockquote>(\s|<\/?\w+[^>]*>)*$/i;

const isShown = ({ isPublic, content }: Comment): boolean => isPublic && !OWN.test(content);
/** A reply that reached the customer, or came from them; a draft, a forward and the request itself are none. */
const isReply = (one: Thread): boolean =>
  one.visibility !== 'private' &&
  one.isDescriptionThread !== true &&
  one.isForward !== true &&
  (one.status === null || one.status === undefined || one.status === 'SUCCESS') &&
  (one.direction === 'in' || one.direction === 'out');

const asComment = ({ id, commentedTime, commenter }: Comment): TicketAnswer => ({
  id: COMMENT + id,
  by: commenter?.type === 'END_USER' ? 'customer' : 'agent',
  name: commenter?.name || null,
  at: commentedTime,
});
const asThread = ({ id, direction, author, createdTime }: Thread): TicketAnswer => ({
  id: THREAD + id,
  by: direction === 'out' ? 'agent' : 'customer',
  name: author?.name || null,
  at: createdTime,
});

const plain = (text: string, contentType: string | null | undefined): string => {
  if (!/html/i.test(contentType ?? 'html')) return text.trim();
  return textOfHtml(text.replace(QUOTED, '')) || textOfHtml(text);
};

/** What was answered to a ticket: https://desk.zoho.com/DeskAPIDocument#Threads and #TicketsComments */
export function answerCalls(call: DeskCall) {
  async function all<Row>(
    path: string,
    read: (asked: JsonCall) => Promise<readonly Row[]>,
    what: string,
  ): Promise<Row[]> {
    const rows: Row[] = [];
    const page = (from: number) => read({ path, query: { from, limit: PAGE } });
    for await (const row of allRows(page, what)) rows.push(row);
    return rows;
  }
  const under = (ticket: string, more: string): string => `/tickets/${encodeURIComponent(ticket)}/${more}`;

  return {
    /** Oldest first. */
    async answers(ticket: string): Promise<readonly TicketAnswer[]> {
      const [said, sent] = await Promise.all([
        all(under(ticket, 'comments'), async (asked) => (await call(asked, comments)).data.rows, 'comments'),
        all(under(ticket, 'threads'), async (asked) => (await call(asked, threads)).data.rows, 'replies'),
      ]);
      return [...said.filter(isShown).map(asComment), ...sent.filter(isReply).map(asThread)].sort(
        (one, other) => Date.parse(one.at) - Date.parse(other.at) || one.id.localeCompare(other.id),
      );
    },

    /** Lists of replies hold only their beginnings, so that each is read by itself. */
    async answerText(ticket: string, answer: string): Promise<string | null> {
      if (answer.startsWith(COMMENT)) {
        const path = under(ticket, `comments/${encodeURIComponent(answer.slice(COMMENT.length))}`);
        const found = await ifGone(async () => (await call({ path }, commentSchema)).data, null);
        if (found === null || !isShown(found)) return null;
        return plain(found.content, found.contentType).replace(MENTION, '@…');
      }
      const path = under(ticket, `threads/${encodeURIComponent(answer.slice(THREAD.length))}`);
      const found = await ifGone(async () => (await call({ path }, threadSchema)).data, null);
      return found === null || !isReply(found) ? null : plain(found.content ?? '', found.contentType);
    },
  };
}
