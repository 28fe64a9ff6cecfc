import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { begin, end, miss, pickUp, rate, reopen, say, visit } from './chat.ts';
import { newKey, send } from './notify.ts';
import { type ConversationRow, messagesOf, operator, salesIqTables } from './rows.ts';
import { conversationView } from './views.ts';

const conversation = z.string().min(1);
const visitor = {
  portal: z.string().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
};
const operators = z.enum(['claire', 'hugo', 'ines']);

const wishes = z.discriminatedUnion('act', [
  /** Somebody leaves their address on the site, and does not write. */
  z.strictObject({ act: z.literal('visit'), ...visitor }),
  z.strictObject({ act: z.literal('begin'), ...visitor, question: z.string().min(1) }),
  z.strictObject({ act: z.literal('pick-up'), conversation, by: operators.optional() }),
  z.strictObject({
    act: z.literal('say'),
    conversation,
    by: z.enum(['visitor', 'operator', 'bot']),
    text: z.string(),
    file: z.string().optional(),
    type: z.enum(['text', 'file', 'info', 'notes']).optional(),
  }),
  z.strictObject({ act: z.literal('end'), conversation }),
  z.strictObject({ act: z.literal('miss'), conversation }),
  z.strictObject({ act: z.literal('reopen'), conversation }),
  z.strictObject({
    act: z.literal('rate'),
    conversation,
    rating: z.number().int().min(1).max(5).optional(),
    feedback: z.string().optional(),
  }),
  /** A signed delivery with an entity of one's own, as often as asked. */
  z.strictObject({
    act: z.literal('announce'),
    event: z.string(),
    conversation,
    entity: z.record(z.string(), z.unknown()).optional(),
    times: z.number().int().optional(),
    attempt: z.number().int().optional(),
  }),
  z.strictObject({ act: z.literal('delete-conversation'), conversation }),
  /** A second key is made, and the one that signed until now deleted. */
  z.strictObject({ act: z.literal('rotate-keys') }),
  z.strictObject({ act: z.literal('switch-off-webhooks') }),
  z.strictObject({ act: z.literal('delete-webhooks') }),
]);

/**
 * What visitors and operators do in chats, and what becomes of webhooks, for `POST /_sandbox/acts/zoho-salesiq`.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const asked = wishes.safeParse(wish);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new Error(`SalesIQ does not know this act: ${issue?.path.join('.') || 'act'}: ${issue?.message}.`);
  }
  const wanted = asked.data;
  const told = (row: ConversationRow): object => ({ conversation: conversationView(desk, row) });
  const { webhooks, conversations } = salesIqTables(desk);
  switch (wanted.act) {
    case 'visit':
      return { visitor: visit(desk, wanted) };
    case 'begin':
      return told(begin(desk, visit(desk, wanted), wanted.question));
    case 'pick-up':
      return told(pickUp(desk, known(desk, wanted.conversation), wanted.by ?? 'ines'));
    case 'say': {
      const row = known(desk, wanted.conversation);
      const { by, text, file, type = file === undefined ? 'text' : 'file' } = wanted;
      const name = by === 'operator' ? operator(row.attender ?? 'ines').name : nameOf(desk, row, by);
      return { message: say(desk, row, { sender: by, name, text, type, file: file ?? null }) };
    }
    case 'end':
      return told(end(desk, known(desk, wanted.conversation)));
    case 'miss':
      return told(miss(desk, known(desk, wanted.conversation)));
    case 'reopen':
      return told(reopen(desk, known(desk, wanted.conversation)));
    case 'rate': {
      const { rating = null, feedback = null } = wanted;
      return told(rate(desk, known(desk, wanted.conversation), { rating, feedback }));
    }
    case 'announce': {
      const { event, entity = {}, times = 1, attempt = 1 } = wanted;
      for (let time = 0; time < times; time += 1)
        for (const webhook of webhooks.all())
          send(desk, webhook, event, wanted.conversation, entity, { attempt: attempt + time });
      return {};
    }
    case 'delete-conversation':
      for (const { id } of messagesOf(desk, wanted.conversation)) salesIqTables(desk).messages.delete(id);
      return { deleted: conversations.delete(wanted.conversation) };
    case 'rotate-keys':
      for (const row of webhooks.all()) webhooks.put(row.id, { ...row, keys: [newKey(desk)] });
      return {};
    case 'switch-off-webhooks':
      for (const row of webhooks.all()) webhooks.put(row.id, { ...row, isEnabled: false });
      return {};
    case 'delete-webhooks':
      for (const { id } of webhooks.all()) webhooks.delete(id);
      return {};
  }
}

function nameOf(desk: VendorDesk, { visitorId }: ConversationRow, by: 'visitor' | 'bot'): string {
  if (by === 'bot') return 'Lumi';
  return salesIqTables(desk).visitors.get(visitorId)?.name ?? 'Visitor';
}

function known(desk: VendorDesk, id: string): ConversationRow {
  const row = salesIqTables(desk).conversations.get(id);
  if (!row) throw new Error(`SalesIQ has no conversation ${id}.`);
  return row;
}
