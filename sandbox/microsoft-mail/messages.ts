import type { Reply } from '../kit/refusal.ts';
import { type Call, context, type Operation } from '../microsoft/operation.ts';
import { badRequest, notFound } from '../microsoft/refusal.ts';
import { etagOf, findMail, shownId } from './mailbox.ts';
import {
  FOLDERS,
  type FolderName,
  foldersOf,
  type MailAttachment,
  type Mailbox,
  type MailRow,
  mailsOf,
  ROOT,
} from './rows.ts';
import { READ } from './scopes.ts';

const LIST = { usual: 10, most: 1_000 } as const;
const TAKEN = new Set(['$top', '$skip', '$filter', '$select', '$orderby']);

/** https://learn.microsoft.com/graph/api/resources/message#methods */
export const messageOperations: readonly Operation[] = [
  { method: 'GET', path: '/me/messages', scopes: READ, run: list },
  { method: 'GET', path: '/me/messages/{id}', scopes: READ, run: read },
  { method: 'GET', path: '/me/messages/{id}/attachments/{attachment}', scopes: READ, run: attachment },
  { method: 'GET', path: '/me/mailFolders/{id}', scopes: READ, run: folder },
];

const selectedIn = (query: URLSearchParams): readonly string[] | null =>
  query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim()) ?? null;

/** Graph orders by what is filtered by, and by nothing else beside it. */
function list({ desk, query, prefers }: Call): Reply {
  const strange = [...query.keys()].find((name) => !TAKEN.has(name));
  if (strange !== undefined) throw badRequest(`The query parameter '${strange}' is not supported.`);
  const filter = query.get('$filter');
  const since = /^receivedDateTime ge (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/.exec(filter ?? '')?.[1];
  if (filter !== null && since === undefined)
    throw badRequest('The filter is not supported.', 'ErrorInvalidUrlQueryFilter');
  const order = query.get('$orderby') ?? 'receivedDateTime desc';
  if (!/^receivedDateTime( asc| desc)?$/.test(order))
    throw badRequest('The restriction or sort order is too complex for this operation.', 'InefficientFilter');
  const top = Number(query.get('$top') ?? LIST.usual);
  const skip = Number(query.get('$skip') ?? 0);
  if (!Number.isInteger(top) || top < 1 || top > LIST.most || !Number.isInteger(skip) || skip < 0)
    throw badRequest(`The value of '$top' or '$skip' is out of range.`);
  const from = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const direction = order.endsWith(' desc') ? -1 : 1;
  const all = mailsOf(desk)
    .all()
    .filter(({ receivedAt }) => whole(receivedAt) >= from)
    .sort((one, other) => direction * (one.receivedAt - other.receivedAt));
  const next = new URL('https://graph.microsoft.com/v1.0/me/messages');
  for (const [name, value] of query) next.searchParams.set(name, value);
  next.searchParams.set('$skip', String(skip + top));
  return {
    body: {
      ...context('users(%27me%27)/messages'),
      value: all.slice(skip, skip + top).map((row) => shown(row, prefers.immutableIds, selectedIn(query))),
      ...(skip + top < all.length ? { '@odata.nextLink': next.href } : {}),
    },
  };
}

function standing({ desk, id }: Call): MailRow {
  const row = findMail(desk, id);
  if (!row) throw notFound();
  return row;
}

function read(call: Call): Reply {
  const expand = call.query.get('$expand');
  const row = standing(call);
  const more = expand === null ? {} : expanded(row, expand);
  const plain = shown(row, call.prefers.immutableIds, selectedIn(call.query));
  return { body: { ...context('users(%27me%27)/messages/$entity'), ...plain, ...more } };
}

/** https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get: one that is not set is not there. */
function expanded(row: MailRow, expand: string): object {
  if (/^attachments(\(\$select=[\w,]+\))?$/.test(expand))
    return { attachments: row.attachments.map(shownFile) };
  const asked = /^singleValueExtendedProperties\(\$filter=id eq '([^']+)'\)$/.exec(expand)?.[1];
  if (asked === undefined) throw badRequest(`Could not find a property named '${expand}'.`);
  const isSet = /^Integer 0x0*36$/i.test(asked) && row.sensitivity !== null;
  return isSet ? { singleValueExtendedProperties: [{ id: 'Integer 0x36', value: row.sensitivity }] } : {};
}

function attachment(call: Call): Reply {
  const found = standing(call).attachments.find(({ id }) => id === call.path.attachment);
  if (!found) throw notFound();
  const whole = found.content === null ? {} : { contentBytes: found.content };
  return {
    body: { ...context('users(%27me%27)/messages/attachments/$entity'), ...shownFile(found), ...whole },
  };
}

function folder({ desk, id }: Call): Reply {
  const known = foldersOf(desk).get(id) ?? foldersOf(desk).get(FOLDERS[id as FolderName] ?? '');
  if (id === 'msgfolderroot' || id === ROOT)
    return { body: { id: ROOT, displayName: 'Racine', parentFolderId: ROOT } };
  if (!known) throw notFound();
  return { body: { ...context('users(%27me%27)/mailFolders/$entity'), ...known } };
}

/** Graph tells whole seconds. */
const whole = (at: number): number => Math.floor(at / 1_000) * 1_000;
const moment = (at: number): string => new Date(whole(at)).toISOString().replace(/\.\d+Z$/, 'Z');
const person = ({ name, address }: Mailbox): object => ({ emailAddress: { name, address } });

const shownFile = ({ id, name, contentType, isInline, content }: MailAttachment): object => ({
  '@odata.type': content === null ? '#microsoft.graph.itemAttachment' : '#microsoft.graph.fileAttachment',
  id,
  name,
  contentType,
  isInline,
  size: content === null ? 1_024 : Math.floor((content.length * 3) / 4),
});

function shown(row: MailRow, immutable: boolean, select: readonly string[] | null): object {
  const all: Readonly<Record<string, unknown>> = {
    id: shownId(row, immutable),
    receivedDateTime: moment(row.receivedAt),
    sentDateTime: moment(row.receivedAt),
    hasAttachments: row.attachments.some(({ isInline }) => !isInline),
    internetMessageId: row.internetMessageId,
    subject: row.subject,
    bodyPreview: row.body.content.slice(0, 255),
    parentFolderId: row.folder,
    conversationId: row.conversationId,
    isRead: false,
    isDraft: row.isDraft,
    body: row.body,
    sender: person(row.from),
    from: person(row.from),
    toRecipients: row.to.map(person),
    ccRecipients: row.cc.map(person),
    bccRecipients: row.bcc.map(person),
  };
  const names = select === null ? Object.keys(all) : ['id', ...select];
  return {
    '@odata.etag': etagOf(row),
    ...Object.fromEntries(names.flatMap((name) => (name in all ? [[name, all[name]]] : []))),
  };
}
