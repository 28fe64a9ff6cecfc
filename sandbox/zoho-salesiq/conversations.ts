import { isMembers } from '../kit/json-body.ts';
import type { Reply } from '../kit/refusal.ts';
import { answered, type Call, invalidUrl, momentIn, numberIn, type Operation, refusal } from './api.ts';
import { addInfo, change } from './chat.ts';
import {
  type ConversationRow,
  type Line,
  messagesOf,
  portals,
  type State,
  salesIqTables,
  visitorWithEmail,
} from './rows.ts';
import { conversationView, messageView } from './views.ts';

const DOC = 'conversations';

/** https://www.zoho.com/salesiq/help/developer-section/get-conversation-list-details-v2.html and the pages beside it. */
export const conversationOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v2/portals',
    scope: 'SalesIQ.portals.READ',
    run: (call) => answered(call, 'portals', portals),
  },
  {
    method: 'GET',
    path: '/v2/{portal}/conversations',
    scope: 'SalesIQ.conversations.READ',
    run: listConversations,
  },
  {
    method: 'GET',
    path: '/v2/{portal}/conversations/{conversation}',
    scope: 'SalesIQ.conversations.READ',
    run: (call) => answered(call, DOC, conversationView(call.desk, held(call))),
  },
  {
    method: 'PUT',
    path: '/v2/{portal}/conversations/{conversation}',
    scope: 'SalesIQ.conversations.UPDATE',
    takes: { customer_info: { is: 'object', required: true } },
    run: tellConversation,
  },
  {
    method: 'GET',
    path: '/v2/{portal}/conversations/{conversation}/messages',
    scope: 'SalesIQ.conversations.READ',
    run: listMessages,
  },
  {
    method: 'GET',
    path: '/v2/{portal}/conversations/{conversation}/feedback',
    scope: 'SalesIQ.feedbacks.READ',
    run(call) {
      const { rating, feedback } = held(call);
      return answered(call, 'feedback', {
        ...(rating === null ? {} : { rating }),
        ...(feedback === null ? {} : { feedback }),
      });
    },
  },
  {
    method: 'PUT',
    path: '/v1/{portal}/visitorsbyemail/{email}',
    scope: 'SalesIQ.visitordetails.UPDATE',
    run: tellVisitor,
  },
];

function held({ desk, portal, path }: Call): ConversationRow {
  const row = salesIqTables(desk).conversations.get(path.conversation ?? '');
  if (row?.portal !== portal) throw invalidUrl();
  return row;
}

const STATES: Readonly<Record<string, readonly State[]>> = {
  open: ['waiting', 'connected'],
  waiting: ['waiting'],
  connected: ['connected'],
  missed: ['missed'],
  closed: ['ended', 'missed'],
  end: ['ended'],
};
const SORTS: Readonly<Record<string, (row: ConversationRow) => number>> = {
  in_time: ({ startTime }) => startTime,
  end_time: ({ endTime }) => endTime ?? 0,
  updated_time: ({ lastModifiedTime }) => lastModifiedTime,
};

function listConversations(call: Call): Reply {
  const { desk, portal, query } = call;
  const status = query.get('status');
  const states = status === null ? null : (STATES[status] ?? null);
  if (status !== null && states === null) throw refusal(1017, 'Invalid parameter value', { param: 'status' });
  const by = SORTS[query.get('sort_by') ?? 'in_time'];
  if (by === undefined) throw refusal(1017, 'Invalid parameter value', { param: 'sort_by' });
  const [limit, page] = [numberIn(call, 'limit', 20, 99), numberIn(call, 'page', 1, 1_000_000)];
  const from = momentIn(call, 'updated_from_time');
  const till = momentIn(call, 'updated_till_time');
  const email = query.get('email')?.toLowerCase();
  const { conversations, visitors } = salesIqTables(desk);
  const rows = conversations
    .all()
    .filter((row) => row.portal === portal && (states === null || states.includes(row.state)))
    .filter(
      (row) =>
        (from === null || row.lastModifiedTime > from) && (till === null || row.lastModifiedTime < till),
    )
    .filter((row) => email === undefined || visitors.get(row.visitorId)?.email?.toLowerCase() === email)
    .sort((one, other) => by(other) - by(one));
  const shown = rows.slice((page - 1) * limit, page * limit);
  return answered(
    call,
    DOC,
    shown.map((row) => conversationView(desk, row)),
  );
}

/** Oldest first. No page says how many there are at most. */
function listMessages(call: Call): Reply {
  const { id } = held(call);
  const [from, to] = [momentIn(call, 'from_time'), momentIn(call, 'to_time')];
  const limit = numberIn(call, 'limit', 50, 100);
  const rows = messagesOf(call.desk, id)
    .filter(({ time }) => (from === null || time >= from) && (to === null || time <= to))
    .slice(0, limit);
  return answered(call, 'messages', rows.map(messageView));
}

/** https://www.zoho.com/salesiq/help/developer-section/update-visitor-custom-info-v2.html : of one that is open */
function tellConversation(call: Call): Reply {
  const row = held(call);
  if (row.state === 'ended' || row.state === 'missed') throw refusal(1018, 'The conversation is not open.');
  const customerInfo = { ...row.customerInfo, ...linesOf(call.body.customer_info) };
  const changed = change(call.desk, row, { customerInfo });
  call.desk.wrote({
    ...{ operation: 'PUT /conversations', object: 'conversation', id: row.id, action: 'update' },
    ...{ marker: null, record: { id: row.id, customer_info: customerInfo } },
  });
  return answered(call, DOC, conversationView(call.desk, changed));
}

/**
 * https://www.zoho.com/salesiq/help/developer-section/rest-api-update-visitor-info.html. The page calls the method
 * UPDATE, which HTTP has not.
 */
function tellVisitor({ desk, portal, path, query }: Call): Reply {
  let lines: Readonly<Record<string, Line>>;
  try {
    lines = linesOf(JSON.parse(query.get('customerinfo') ?? ''));
  } catch {
    throw refusal(2310, 'Unable to update customer info');
  }
  const visitor = visitorWithEmail(desk, portal, path.email ?? '');
  if (!visitor) throw refusal(2311, 'No Visitor found');
  const { customerInfo, email } = addInfo(desk, visitor, lines);
  desk.wrote({
    ...{ operation: 'PUT /visitorsbyemail', object: 'visitor', id: visitor.id, action: 'update' },
    ...{ marker: null, record: { email, sent: lines, customer_info: customerInfo } },
  });
  return { body: { data: email } };
}

function linesOf(given: unknown): Readonly<Record<string, Line>> {
  const isLine = (value: unknown): value is Line => ['string', 'number', 'boolean'].includes(typeof value);
  if (!isMembers(given) || Object.keys(given).length === 0 || !Object.values(given).every(isLine))
    throw refusal(2310, 'Unable to update customer info');
  return given as Readonly<Record<string, Line>>;
}
