import type { UserKey } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { tell } from './notify.ts';
import {
  type ConversationRow,
  type Line,
  type MessageRow,
  newId,
  nextReference,
  operator,
  portals,
  salesIqTables,
  type VisitorRow,
  visitorWithEmail,
} from './rows.ts';

/** What happens in chats, with what is told of it. */

export interface Visit {
  readonly portal?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** Somebody comes to the site and is known by what they leave there. */
export function visit(
  desk: VendorDesk,
  { portal = portals[0].screenname, name, email, phone }: Visit,
): VisitorRow {
  const known = email === undefined ? undefined : visitorWithEmail(desk, portal, email);
  const id = known?.id ?? newId(desk);
  const row: VisitorRow = {
    ...{ id, portal },
    name: name ?? known?.name ?? email ?? `Visitor ${id.slice(-5)}`,
    email: email ?? known?.email ?? null,
    phone: phone ?? known?.phone ?? null,
    customerInfo: known?.customerInfo ?? {},
    lastAccessedTime: desk.clock().getTime(),
  };
  return salesIqTables(desk).visitors.put(id, row);
}

export function begin(desk: VendorDesk, visitor: VisitorRow, question: string): ConversationRow {
  const now = desk.clock().getTime();
  const row: ConversationRow = {
    ...{ id: newId(desk), portal: visitor.portal, referenceId: nextReference(desk), visitorId: visitor.id },
    ...{ question, state: 'waiting', attender: null, startTime: now, attendedTime: null },
    ...{ missedTime: null, endTime: null, lastModifiedTime: now, reopen: false },
    ...{ rating: null, feedback: null, customerInfo: {} },
  };
  salesIqTables(desk).conversations.put(row.id, row);
  say(desk, row, { sender: 'visitor', name: visitor.name, text: question });
  tell(desk, 'conversation.created', row);
  return row;
}

export function pickUp(desk: VendorDesk, row: ConversationRow, by: UserKey): ConversationRow {
  const now = desk.clock().getTime();
  const changed = change(desk, row, {
    state: 'connected',
    attender: by,
    attendedTime: row.attendedTime ?? now,
  });
  const text = `${operator(by).name} picked up the chat`;
  say(desk, changed, { type: 'info', sender: 'system', name: 'SalesIQ', text });
  tell(desk, 'conversation.attender.updated', changed);
  return changed;
}

type Words = Pick<MessageRow, 'sender' | 'name' | 'text'> & Partial<Pick<MessageRow, 'type' | 'file'>>;

export function say(desk: VendorDesk, { id }: ConversationRow, words: Words): MessageRow {
  const row: MessageRow = {
    ...{ type: 'text', file: null },
    ...words,
    ...{ id: newId(desk), conversationId: id, time: desk.clock().getTime() },
  };
  const { messages, conversations } = salesIqTables(desk);
  messages.put(row.id, row);
  const conversation = conversations.get(id);
  if (conversation) change(desk, conversation, {});
  return row;
}

export function end(desk: VendorDesk, row: ConversationRow): ConversationRow {
  const changed = change(desk, row, { state: 'ended', endTime: desk.clock().getTime() });
  tell(desk, 'conversation.completed', changed);
  return changed;
}

/** Nobody picks it up. */
export function miss(desk: VendorDesk, row: ConversationRow): ConversationRow {
  const changed = change(desk, row, { state: 'missed', missedTime: desk.clock().getTime() });
  tell(desk, 'conversation.missed', changed);
  return changed;
}

export function rate(
  desk: VendorDesk,
  row: ConversationRow,
  given: Pick<ConversationRow, 'rating' | 'feedback'>,
): ConversationRow {
  const changed = change(desk, row, given);
  tell(desk, 'conversation.rated', changed);
  return changed;
}

/** The visitor writes again in a chat that had ended. */
export const reopen = (desk: VendorDesk, row: ConversationRow): ConversationRow =>
  change(desk, row, { state: 'connected', reopen: true, endTime: null });

export function change(
  desk: VendorDesk,
  row: ConversationRow,
  given: Partial<ConversationRow>,
): ConversationRow {
  const lastModifiedTime = Math.max(desk.clock().getTime(), row.lastModifiedTime + 1);
  const { conversations } = salesIqTables(desk);
  return conversations.put(row.id, { ...row, ...given, lastModifiedTime });
}

/** Lines are added to those that stand there; the same name again takes the other's place. */
export function addInfo(
  desk: VendorDesk,
  visitor: VisitorRow,
  lines: Readonly<Record<string, Line>>,
): VisitorRow {
  const row = { ...visitor, customerInfo: { ...visitor.customerInfo, ...lines } };
  return salesIqTables(desk).visitors.put(row.id, row);
}
