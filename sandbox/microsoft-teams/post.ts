import { isMembers, jsonBody, type Members } from '../kit/json-body.ts';
import type { Reply } from '../kit/refusal.ts';
import { context } from '../microsoft/operation.ts';
import { badRequest, GraphRefusal } from '../microsoft/refusal.ts';
import { type Call, channelOf, type Operation } from './api.ts';
import { keepMessage } from './book.ts';
import { sanitised } from './html.ts';
import { rootOf } from './read.ts';
import { shownMessage } from './shapes.ts';

/** About so much; of the two ways in which it could be counted the one that refuses earlier. https://learn.microsoft.com/microsoftteams/limits-specifications-teams */
const MOST_BYTES = 28 * 1_024;
const SCOPES = ['ChannelMessage.Send'];
const MESSAGES = '/teams/{team}/channels/{channel}/messages';
const KNOWN = new Set([
  'body',
  'subject',
  'importance',
  'attachments',
  'mentions',
  'hostedContents',
  'locale',
  'summary',
]);

/** https://learn.microsoft.com/graph/api/channel-post-messages, https://learn.microsoft.com/graph/api/chatmessage-post-replies */
export const postingOperations: readonly Operation[] = [
  { method: 'POST', path: MESSAGES, scopes: SCOPES, run: (call) => post(call, null) },
  {
    ...{ method: 'POST', path: `${MESSAGES}/{message}/replies`, scopes: SCOPES },
    run: (call) => {
      channelOf(call);
      return post(call, rootOf(call).id);
    },
  },
];

function post(call: Call, replyToId: string | null): Reply {
  const { desk, request, who } = call;
  const { team, channel } = channelOf(call);
  // What Graph says here is not written down anywhere; that nobody writes there is.
  if (team.isArchived || channel.isArchived)
    throw new GraphRefusal(403, 'Forbidden', `The ${channel.isArchived ? 'channel' : 'team'} is archived.`);
  const body = jsonBody(request, () => badRequest('Unable to read JSON request payload.'));
  if (!request.is('json'))
    throw badRequest('Unable to read JSON request payload. Please ensure Content-Type header is set.');
  const { content, contentType } = read(body);
  const row = keepMessage(desk, {
    ...{ channelId: channel.id, from: who, contentType },
    content: contentType === 'html' ? sanitised(content) : content,
    ...(replyToId === null ? {} : { replyToId }),
    subject: typeof body.subject === 'string' ? body.subject : null,
    importance: typeof body.importance === 'string' ? body.importance : 'normal',
    ...{ mentions: listIn(body, 'mentions'), attachments: listIn(body, 'attachments') },
  });
  // Teams has no key for repeats: what tells one is in the address of a link, which nobody sees.
  const marker = /(?:#|liaison=)(liaison:[^"#&]+)/.exec(row.content)?.[1] ?? null;
  desk.wrote({
    ...{ operation: `POST ${request.path}`, object: 'message', id: row.id, action: 'create', marker },
    record: { ...row, team: team.name, channel: channel.name },
  });
  return {
    status: 201,
    body: {
      ...context(`teams('${team.id}')/channels('${channel.id}')/messages/$entity`),
      ...shownMessage(row, team.id),
    },
  };
}

function read(body: Members): { content: string; contentType: 'text' | 'html' } {
  const strange = Object.keys(body).find((name) => !KNOWN.has(name));
  if (strange !== undefined)
    throw badRequest(`The property '${strange}' cannot be set when a message is created.`);
  const { body: said } = body;
  const { content, contentType = 'text' } = isMembers(said) ? said : {};
  if (typeof content !== 'string' || content.trim() === '') throw badRequest('Missing body content');
  if (contentType !== 'text' && contentType !== 'html')
    throw badRequest(`Invalid value for the property 'contentType'.`);
  const bytes = Math.max(Buffer.byteLength(content, 'utf8'), Buffer.byteLength(content, 'utf16le'));
  if (bytes > MOST_BYTES)
    throw new GraphRefusal(413, 'RequestEntityTooLarge', 'The request message is too big.');
  for (const [list, tag] of [
    ['mentions', 'at'],
    ['attachments', 'attachment'],
  ] as const) {
    const ids = listIn(body, list).map((one) => String((one as Members).id));
    const named = [...content.matchAll(new RegExp(`<${tag}\\s[^>]*id="([^"]*)"`, 'gi'))].map(([, id]) => id);
    if (contentType === 'html' && (ids.some((id) => !named.includes(id)) || named.length > ids.length))
      throw badRequest(`Every one of the ${list} has to stand in the body, and the other way round.`);
  }
  return { content, contentType };
}

const listIn = (body: Members, name: string): object[] =>
  Array.isArray(body[name]) ? body[name].filter(isMembers) : [];
