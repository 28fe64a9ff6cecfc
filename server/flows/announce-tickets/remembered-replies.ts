import { createHash } from 'node:crypto';
import type { Ticket } from '../../core/ticket/ticket.ts';
import { titleOf } from '../../core/ticket/ticket.ts';
import type { Conversation } from './conversation.ts';

/** The ticket that a thread is about. */
export interface Announced {
  readonly ticket: string;
  readonly title: string;
  /** Its replies are remembered by the thread as well; absent: an earlier version remembered them by their ids alone. */
  readonly byThread?: true;
}

/** The comment that a reply became, and as which version of it. */
export interface Commented {
  readonly comment: string;
  readonly version: string;
}

/** What is remembered of a message of ours in place of that. */
export const OURS = 'ours';

const leftOfThread = (thread: string): string => `of ${thread}`;

/** Remembers which ticket a thread is about, so that what people write there is known to belong to it. */
export const keepTicketOf = (
  { link }: Conversation,
  thread: string,
  { id, ...named }: Pick<Ticket, 'id' | 'number' | 'subject'>,
): Promise<void> => {
  const announced: Announced = { ticket: id, title: titleOf(named), byThread: true };
  return link(leftOfThread(thread), JSON.stringify(announced));
};

/** The ticket that a thread is remembered to be about; null: none. */
export async function ticketOf({ linked }: Conversation, thread: string): Promise<Announced | null> {
  const kept = await linked(leftOfThread(thread));
  return kept === null ? null : (JSON.parse(kept) as Announced);
}

/** What replies of a thread go by where they are remembered, and in the ticket: a message’s id is one of its thread only. */
export interface ReplyNames {
  /** What is remembered of a reply, and claimed by whoever takes it over. */
  kept(id: string): string;
  /** Which version of it another run than that one saw, which may have read it before. */
  changed(id: string): string;
  /** By which its comment is found again. */
  marker(id: string): string;
}

const digestOf = (thread: string): string =>
  createHash('sha256').update(thread).digest('base64url').slice(0, 22);

/** @param announced as it is remembered of the thread; null: nothing is. */
export function replyNames(thread: string, announced: Announced | null): ReplyNames {
  if (announced !== null && announced.byThread === undefined)
    return {
      kept: (id) => `said ${id}`,
      changed: (id) => `changed ${id}`,
      marker: (id) => `liaison:said:${id}`,
    };
  const named = digestOf(thread);
  return {
    kept: (id) => `said ${thread} ${id}`,
    changed: (id) => `changed ${thread} ${id}`,
    marker: (id) => `liaison:said:${named}:${id}`,
  };
}

/** Remembers a message of ours in a thread, by what `post` said of it: it is nobody's reply, however it is edited. */
export async function keepOurs(context: Conversation, thread: string, message: string): Promise<void> {
  const names = replyNames(thread, await ticketOf(context, thread));
  await context.link(names.kept(message.split('/').at(-1) ?? ''), OURS);
}
