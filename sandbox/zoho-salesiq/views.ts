import type { UserKey } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import {
  app,
  type ConversationRow,
  department,
  type MessageRow,
  operator,
  type State,
  salesIqTables,
  type VisitorRow,
  type WebhookRow,
} from './rows.ts';

const moment = (name: string, at: number | null): object => (at === null ? {} : { [name]: String(at) });

/** https://www.zoho.com/salesiq/help/developer-section/get-conversation-details-v2.html */
const STATUS: Readonly<Record<State, object>> = {
  waiting: { state_key: 'waiting', status_code: 0, state: 1, id: '10', label: 'Waiting', status_key: 'open' },
  connected: {
    ...{ state_key: 'connected', status_code: 0, state: 2, id: '20' },
    ...{ label: 'Connected', status_key: 'open' },
  },
  missed: { state_key: 'missed', status_code: 1, state: 3, id: '31', label: 'Missed', status_key: 'missed' },
  ended: {
    ...{ state_key: 'ended', status_code: 2, state: 4, id: '42' },
    ...{ label: 'Attended Online', status_key: 'closed' },
  },
};

const person = (key: UserKey): object => ({ ...operator(key), is_bot: false, call_enabled: true });

const visitorIn = (row: VisitorRow | undefined): object =>
  row === undefined
    ? {}
    : {
        id: row.id,
        name: row.name,
        ...(row.email === null ? {} : { email: row.email }),
        ...(row.phone === null ? {} : { phone: row.phone }),
        ...{ type: row.email === null ? 'visitor' : 'lead', channel_name: 'website', country_code: 'FR' },
      };

export function conversationView(desk: VendorDesk, row: ConversationRow): Record<string, unknown> {
  const visitor = salesIqTables(desk).visitors.get(row.visitorId);
  const info = { ...visitor?.customerInfo, ...row.customerInfo };
  return {
    ...{ id: row.id, reference_id: row.referenceId, type: 'chat', chat_id: `LD_${row.id}_1654` },
    ...{ question: row.question, unread_chats: false, notes: false, reopen: row.reopen },
    chat_status: STATUS[row.state],
    ...{ app_name: app.name, department },
    ...moment('start_time', row.startTime),
    ...moment('attended_time', row.attendedTime),
    ...moment('missed_time', row.missedTime),
    ...moment('end_time', row.endTime),
    last_modified_time: String(row.lastModifiedTime),
    ...(row.attender === null ? {} : { attender: person(row.attender), owner: person(row.attender) }),
    visitor: visitorIn(visitor),
    ...(Object.keys(info).length === 0 ? {} : { customer_info: info }),
    ...{ supervisors: [], participants: [] },
  };
}

/** What deliveries tell of a conversation: https://www.zoho.com/salesiq/help/webhook-events-conversation.html */
export function conversationEntity(desk: VendorDesk, row: ConversationRow): Record<string, unknown> {
  const visitor = salesIqTables(desk).visitors.get(row.visitorId);
  const {
    state_key: _state,
    status_key: _status,
    id: _id,
    ...status
  } = STATUS[row.state] as never as object & {
    state_key: string;
    status_key: string;
    id: string;
  };
  const attender = row.attender === null ? null : operator(row.attender);
  return {
    ...{ id: row.id, visitor_conversation_id: `v${row.id}`, reference_id: row.referenceId },
    ...moment('opened_time', row.startTime),
    ...moment('attended_time', row.attendedTime),
    ...moment('missed_time', row.missedTime),
    ...moment('end_time', row.endTime),
    ...{ app_id: app.id, department_id: department.id, question: row.question },
    ...(attender === null
      ? {}
      : { owner: { id: attender.id, name: attender.name, email_id: attender.email, type: 'operator' } }),
    visitor: {
      ...{ id: visitor?.id, name: visitor?.name, type: 'lead' },
      ...(visitor?.email ? { email_id: visitor.email } : {}),
      ...(visitor?.phone ? { phone: visitor.phone } : {}),
    },
    ...{ supervisors: [], participants: [], status: row.state === 'ended' ? 'Closed' : 'Live' },
    chat_status: status,
    ...(row.rating === null ? {} : { rating: row.rating }),
    ...(row.feedback === null ? {} : { feedback: row.feedback }),
  };
}

/** Files as programs that read them know them: `message.file`. */
export const messageView = (row: MessageRow): object => ({
  ...{ id: row.id, sequence_id: row.id.slice(-4), time: String(row.time), type: row.type },
  sender: { type: row.sender, name: row.name },
  message: row.file === null ? { text: row.text } : { text: row.text, file: fileView(row) },
});
const fileView = ({ id, file }: MessageRow): object => ({
  ...{ name: file, attachment_id: `A${id}`, type: 'application/octet-stream', url: `/attachments/A${id}` },
});

/** https://www.zoho.com/salesiq/help/developer-section/generate-public-key-webhook-v2.html */
export const webhookView = (row: WebhookRow): object => ({
  ...{ id: row.id, url: row.url, type: row.type, status: row.isEnabled ? 'enabled' : 'disabled' },
  ...{ failures_count: String(row.failures), secured: row.secured, app_ids: [app.id], version: row.version },
  ...{ events: row.events, expiry_time_for_executions_data: '5184000000' },
  ...{ created_time: String(row.createdTime), modified_time: String(row.modifiedTime) },
  ...{ creator: { id: operator('hugo').id }, modifier: { id: operator('hugo').id } },
  public_keys: row.keys.map(({ id, key, createdTime }) => ({
    ...{ id, key, created_time: String(createdTime), creator: { id: operator('hugo').id } },
  })),
});
