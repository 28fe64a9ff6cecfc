import { z } from 'zod';
import type { Chat, ChatLine, ChatRating } from '../../core/chat/chat.ts';

/** Ids are longer than a number holds, and sometimes written as one. */
export const id = z.union([z.string().min(1), z.number()]).transform(String);
const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => (value === undefined || value === null || value.trim() === '' ? null : value.trim()));
/** Epoch milliseconds, as text in every sample. */
const moment = z
  .union([z.string().regex(/^\d+$/), z.number()])
  .nullish()
  .catch(null)
  .transform((value) => (value === null || value === undefined ? null : Number(value)));
const named = z.object({ name: text }).nullish().catch(null);

export const portalsSchema = z.object({
  data: z.array(z.object({ screenname: z.string().min(1), name: text })),
});

const statusSchema = z
  .object({ status_key: text, state_key: text, state: z.unknown().optional(), label: text })
  .nullish()
  .catch(null);

/** As far as it is read: https://www.zoho.com/salesiq/help/developer-section/get-conversation-details-v2.html */
const conversation = z.object({
  id,
  reference_id: id.nullish().catch(null),
  question: text,
  chat_status: statusSchema,
  start_time: moment,
  attended_time: moment,
  missed_time: moment,
  end_time: moment,
  last_modified_time: moment,
  attender: named,
  owner: named,
  department: named,
  app_name: text,
  visitor: z.object({ name: text, email: text, email_id: text, phone: text }).nullish().catch(null),
});
type Conversation = z.output<typeof conversation>;

export const conversationSchema = z.object({ data: conversation });
export const conversationsSchema = z.object({ data: z.array(conversation), sync_time: moment });

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/**
 * The page of samples has one state only, a chat that is connected (`status_key: open`, `state: 2`); the filter of the
 * list names the others. One that somebody opened again is open, whatever end it had.
 */
function stateOf({ chat_status: status, missed_time, attended_time, end_time }: Conversation): Chat['state'] {
  const said = [status?.status_key, status?.state_key].map((one) => one?.toLowerCase());
  if (said.includes('open') || said.includes('waiting') || said.includes('connected')) return 'open';
  if (said.includes('missed') || (missed_time !== null && attended_time === null)) return 'missed';
  return end_time !== null || said.includes('closed') || status?.state === 4 ? 'ended' : 'open';
}

/** What SalesIQ calls a visitor who said no name. */
const NAMELESS = /^(visitor|visiteur)\b[\s#-]*\d*$/i;

export function asChat(row: Conversation, portal: string, page: string): Chat {
  const { visitor } = row;
  const name = visitor?.name ?? null;
  const email = visitor?.email ?? visitor?.email_id ?? null;
  return {
    id: row.id,
    number: row.reference_id ?? row.id,
    portal,
    state: stateOf(row),
    question: row.question,
    visitor: {
      name: name === null || NAMELESS.test(name) || name === email ? null : name,
      email,
      phone: visitor?.phone ?? null,
    },
    operator: row.attender?.name ?? row.owner?.name ?? null,
    department: row.department?.name ?? null,
    site: row.app_name,
    startedAt: iso(row.start_time),
    endedAt: iso(row.end_time ?? row.missed_time),
    changedAt: iso(row.last_modified_time),
    page,
  };
}

const message = z.object({
  id,
  time: moment,
  type: text,
  sender: z.object({ type: text, name: text }).nullish().catch(null),
  message: z
    .union([z.string(), z.looseObject({})])
    .nullish()
    .catch(null),
});
export const messagesSchema = z.object({ data: z.array(message) });
export type Message = z.output<typeof message>;

const contentSchema = z.object({
  text,
  comment: text,
  file: z.object({ name: text }).nullish().catch(null),
});

/** What is known of notes among operators stands on no page: whatever is named so is one. */
const INTERNAL = /note|whisper|internal|private/i;

/** Null: nobody said it (somebody joined, the chat was moved on). */
export function asLine({ id: own, time, type, sender, message: said }: Message): ChatLine | null {
  const content =
    typeof said === 'string'
      ? { text: said, comment: null, file: null }
      : contentSchema.safeParse(said ?? {}).data;
  const words = content?.text ?? content?.comment ?? null;
  const file = content?.file?.name ?? null;
  if (type !== null && /info|event|system/i.test(type)) return null;
  if (words === null && file === null) return null;
  const by = sender?.type?.toLowerCase() ?? '';
  return {
    id: own,
    at: iso(time),
    by: /bot/.test(by) ? 'bot' : /visitor|user|customer/.test(by) ? 'visitor' : 'operator',
    name: sender?.name ?? null,
    text: words ?? '',
    file,
    isInternal: type !== null && INTERNAL.test(type),
  };
}

/** https://www.zoho.com/salesiq/help/developer-section/get-a-visitor-feedback-v2.html shows no answer: both are optional. */
export const feedbackSchema = z
  .object({
    data: z
      .object({
        rating: z
          .union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)])
          .nullish()
          .catch(null),
        feedback: text,
      })
      .nullish()
      .catch(null),
  })
  .transform(({ data }): ChatRating | null => {
    const stars = data?.rating === null || data?.rating === undefined ? null : Number(data.rating);
    const words = data?.feedback ?? null;
    return stars === null && words === null ? null : { stars, words };
  });

export const webhookSchema = z.object({
  id,
  url: text,
  status: text,
  secured: z.boolean().nullish().catch(null),
  events: z.array(z.string()).nullish().catch(null),
  public_keys: z
    .array(z.object({ id, key: text, created_time: moment }))
    .nullish()
    .catch(null),
});
export type SalesIqWebhook = z.output<typeof webhookSchema>;
