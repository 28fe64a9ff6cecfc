import type { Reply } from '../kit/refusal.ts';
import { context } from '../microsoft/operation.ts';
import { badRequest, GraphRefusal } from '../microsoft/refusal.ts';
import { shownUser } from '../microsoft/shown-user.ts';
import { accounts, asAccount } from '../microsoft-accounts/account.ts';
import { type Call, channelOf, notMember, type Operation, teamOf } from './api.ts';
import { isMember, type MessageRow, messagesIn, teamsTables, threadChangedAt } from './rows.ts';
import { shownChannel, shownMessage, shownTeam } from './shapes.ts';

const MOST = { messages: 50, others: 50 } as const;
const USUAL_MESSAGES = 20;
const MOST_EXPANDED = 1_000;
const FILTER = /^lastModifiedDateTime gt (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/;
/** So far back lists of changes go. */
const LONGEST_AGO_MS = 8 * 30 * 86_400_000;

const TEAMS = ['Team.ReadBasic.All'];
const CHANNELS = ['Channel.ReadBasic.All'];
const MESSAGES = ['ChannelMessage.Read.All'];
const CHANNEL = '/teams/{team}/channels/{channel}';

export const readingOperations: readonly Operation[] = [
  {
    ...{ method: 'GET', path: '/me', scopes: ['User.Read'] },
    run: ({ desk, who, query }) => ({
      body: asAccount(desk, who, () => shownUser(query.get('$select') ?? undefined)),
    }),
  },
  { method: 'GET', path: '/users/{user}', scopes: ['User.ReadBasic.All'], run: user },
  { method: 'GET', path: '/me/joinedTeams', scopes: TEAMS, run: joinedTeams },
  { method: 'GET', path: '/teams/{team}/channels', scopes: CHANNELS, run: channels },
  { method: 'GET', path: `${CHANNEL}/messages`, scopes: MESSAGES, run: messages },
  // Before the message that could be called so.
  { method: 'GET', path: `${CHANNEL}/messages/delta`, scopes: MESSAGES, run: changes },
  { method: 'GET', path: `${CHANNEL}/messages/{message}`, scopes: MESSAGES, run: message },
  { method: 'GET', path: `${CHANNEL}/messages/{message}/replies`, scopes: MESSAGES, run: replies },
];

/** https://learn.microsoft.com/graph/api/user-get: somebody of the tenant. */
function user({ desk, path, query }: Call): Reply {
  const found = accounts.find(({ id }) => id === path.user);
  if (found === undefined)
    throw new GraphRefusal(404, 'Request_ResourceNotFound', `Resource '${path.user}' does not exist.`);
  return { body: asAccount(desk, found.key, () => shownUser(query.get('$select') ?? undefined)) };
}

/** https://learn.microsoft.com/graph/api/user-list-joinedteams */
function joinedTeams(call: Call): Reply {
  const { desk, who } = call;
  const own = teamsTables(desk)
    .teams.all()
    .filter(({ members }) => members.includes(who));
  return { body: { ...context('teams'), ...page(call, own, MOST.others, shownTeam) } };
}

/** https://learn.microsoft.com/graph/api/channel-list: private ones for who takes part in them. */
function channels(call: Call): Reply {
  const team = teamOf(call);
  const all = teamsTables(call.desk).channels.all();
  const own = all.filter((one) => one.teamId === team.id && isMember(team, one, call.who));
  if (!team.members.includes(call.who) && own.length === 0) throw notMember(call.who);
  return {
    body: { ...context(`teams('${team.id}')/channels`), ...page(call, own, MOST.others, shownChannel) },
  };
}

/** https://learn.microsoft.com/graph/api/channel-list-messages: by the last change of each thread. */
function messages(call: Call): Reply {
  const { team, channel } = channelOf(call);
  only(call, ['$top', '$expand', '$skiptoken']);
  const roots = byChange(call, messagesIn(call.desk, channel.id, null));
  return { body: listed(call, team.id, roots) };
}

/** https://learn.microsoft.com/graph/api/chatmessage-list-replies: the newest first. */
function replies(call: Call): Reply {
  const { team } = channelOf(call);
  only(call, ['$top', '$skiptoken']);
  const root = rootOf(call);
  return { body: listed(call, team.id, messagesIn(call.desk, root.channelId, root.id).reverse()) };
}

function message(call: Call): Reply {
  const { team } = channelOf(call);
  return { body: { ...context('chatMessage/$entity'), ...shownMessage(rootOf(call), team.id) } };
}

/** https://learn.microsoft.com/graph/api/chatmessage-delta: threads that changed since a moment. */
function changes(call: Call): Reply {
  const { team, channel } = channelOf(call);
  only(call, ['$top', '$filter', '$expand', '$skiptoken', '$deltatoken']);
  const filter = call.query.get('$filter');
  const token = call.query.get('$deltatoken');
  const since = filter === null ? null : FILTER.exec(filter)?.[1];
  if (since === undefined) throw badRequest('The filter is not supported.');
  const from = token === null ? Date.parse(since ?? '1970-01-01') : Number(token);
  const oldest = call.desk.clock().getTime() - LONGEST_AGO_MS;
  const roots = byChange(call, messagesIn(call.desk, channel.id, null)).filter(
    (one) => threadChangedAt(call.desk, one) > Math.max(from, oldest),
  );
  const body = listed(call, team.id, roots);
  const last = Math.max(from, ...roots.map((one) => threadChangedAt(call.desk, one)));
  const delta = linkTo(call, { $deltatoken: String(last) });
  return { body: '@odata.nextLink' in body ? body : { ...body, '@odata.deltaLink': delta } };
}

/** The message of a path that began a thread. */
export function rootOf({ desk, path }: Call): MessageRow {
  const found = teamsTables(desk).messages.get(path.message ?? '');
  if (found === undefined || found.channelId !== path.channel || found.replyToId !== null)
    throw new GraphRefusal(404, 'NotFound', 'NotFound: the message could not be found.');
  return found;
}

const byChange = ({ desk }: Call, roots: readonly MessageRow[]): MessageRow[] =>
  roots
    .map((row) => ({ row, at: threadChangedAt(desk, row) }))
    .sort((one, other) => other.at - one.at)
    .map(({ row }) => row);

function only({ query }: Call, names: readonly string[]): void {
  const strange = [...query.keys()].find((name) => !names.includes(name));
  if (strange !== undefined) throw badRequest(`Query option '${strange}' is not allowed.`);
  const expand = query.get('$expand');
  if (expand !== null && expand !== 'replies') throw badRequest(`'${expand}' cannot be expanded.`);
  const top = query.get('$top');
  if (top !== null && !(Number.isInteger(Number(top)) && Number(top) >= 1 && Number(top) <= MOST.messages))
    throw badRequest(
      `Invalid page size specified: '${top}'. Must be between 1 and ${MOST.messages} inclusive.`,
    );
}

const listed = (call: Call, teamId: string, rows: readonly MessageRow[]): object => ({
  ...context('Collection(chatMessage)'),
  ...page(call, rows, Number(call.query.get('$top') ?? USUAL_MESSAGES), (row) => ({
    ...shownMessage(row, teamId),
    ...(call.query.get('$expand') === null ? {} : expanded(call, teamId, row)),
  })),
});

/** With the answers of each, the newest first; a thousand of them at most. */
const expanded = ({ desk }: Call, teamId: string, row: MessageRow): object => {
  const answers = messagesIn(desk, row.channelId, row.id).reverse().slice(0, MOST_EXPANDED);
  return {
    'replies@odata.count': answers.length,
    replies: answers.map((one) => shownMessage(one, teamId)),
  };
};

/** One page of a list, with the address of the next. */
function page<Row>(call: Call, rows: readonly Row[], size: number, shown: (row: Row) => object): object {
  const skip = Number(call.query.get('$skiptoken') ?? 0);
  const value = rows.slice(skip, skip + size).map(shown);
  const next = skip + size < rows.length ? { $skiptoken: String(skip + size) } : null;
  return {
    '@odata.count': value.length,
    ...(next && { '@odata.nextLink': linkTo(call, next) }),
    value,
  };
}

function linkTo({ request, query }: Call, more: Readonly<Record<string, string>>): string {
  const url = new URL(`https://graph.microsoft.com/v1.0${request.path}`);
  for (const [name, value] of query) if (!name.endsWith('token')) url.searchParams.set(name, value);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return url.href;
}
