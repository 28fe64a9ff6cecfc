import { rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Incoming } from '../kit/api.ts';
import { isMembers, jsonBody, type Members } from '../kit/json-body.ts';
import { decodedPart, pathPattern } from '../kit/path.ts';
import { Refusal, type Reply } from '../kit/refusal.ts';
import { asAccount } from '../microsoft-accounts/account.ts';
import type { AccessTokenRow } from '../microsoft-accounts/rows.ts';
import type { Operation } from './operation.ts';
import { badRequest, GraphRefusal, throttled } from './refusal.ts';
import { believe, preferencesIn } from './requests.ts';
import { shownUser } from './shown-user.ts';

/** Of one application and mailbox. https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits */
const PER_MAILBOX = { perSecond: 10_000 / 600, burst: 10_000 };
const MOST_IN_BATCH = 20;

const ME: Operation = {
  method: 'GET',
  path: '/me',
  scopes: ['User.Read'],
  run: ({ query }) => ({ body: shownUser(query.get('$select') ?? undefined) }),
};

/** One request, by itself or of a batch. */
interface Asked {
  readonly method: string;
  /** Below the API's base, with its query. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: Members;
}

/**
 * Graph, version 1.0, as far as one kind of Outlook's items goes.
 *
 * @param operations the first that fits is meant.
 */
export function graphApi(desk: VendorDesk, operations: readonly Operation[]): Api<{ readonly path: RegExp }> {
  const known = [ME, ...operations].map((operation) => ({ operation, pattern: pathPattern(operation.path) }));
  const anything = [...new Set(known.flatMap(({ operation }) => operation.scopes))];
  const limit = rateLimit(desk, PER_MAILBOX);

  async function one(own: VendorDesk, token: AccessTokenRow, asked: Asked): Promise<Reply> {
    const wait = limit.take(token.account);
    if (wait > 0) throw throttled(wait + 0.128);
    const { pathname, searchParams } = new URL(asked.url, 'https://graph.microsoft.com');
    const fitting = known.filter(({ pattern }) => pattern.test(pathname));
    const found = fitting.find(({ operation }) => operation.method === asked.method);
    if (!found) {
      if (fitting.length === 0)
        throw badRequest(`Resource not found for the segment '${pathname.split('/').at(-1)}'.`);
      throw new GraphRefusal(405, 'ErrorInvalidRequest', 'The OData request is not supported.');
    }
    const { operation, pattern } = found;
    if (!operation.scopes.some((scope) => token.scopes.includes(scope)))
      throw new GraphRefusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
    const path = Object.fromEntries(
      Object.entries(pattern.exec(pathname)?.groups ?? {}).map(([name, part]) => [
        name,
        decodedPart(part) ?? '',
      ]),
    );
    const { headers, body } = asked;
    return operation.run({
      desk: own,
      clientId: token.clientId,
      id: path.id ?? '',
      path,
      query: searchParams,
      body,
      prefers: preferencesIn(headers.get('prefer') ?? undefined),
      ifMatch: headers.get('if-match') ?? undefined,
    });
  }

  return {
    base: '/v1.0',
    operations: [{ path: /^\/.*$/ }],
    async answer(_operation, { request, query }: Incoming) {
      const token = believe(desk, request, anything);
      const body = jsonBody(request, () => badRequest('Unable to read JSON request payload.'));
      if (
        request.method !== 'GET' &&
        request.method !== 'DELETE' &&
        !request.is('json') &&
        Object.keys(body).length > 0
      )
        throw badRequest('Unable to read JSON request payload. Please ensure Content-Type header is set.');
      return asAccount(desk, token.account, async (own) => {
        if (request.method === 'POST' && request.path === '/$batch')
          return batched(body, (asked) => one(own, token, asked));
        const search = query.size === 0 ? '' : `?${query}`;
        const headers = new Headers(request.headers as Record<string, string>);
        return one(own, token, { method: request.method, url: request.path + search, headers, body });
      });
    },
    unknown: () => badRequest('Resource not found for the segment.'),
  };
}

/** https://learn.microsoft.com/graph/json-batching */
async function batched(body: Members, one: (asked: Asked) => Promise<Reply>): Promise<Reply> {
  const { requests } = body;
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.');
  if (requests.length > MOST_IN_BATCH)
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${MOST_IN_BATCH}.`);
  const ids = requests.map((request: Members) => request?.id);
  if (ids.some((id) => typeof id !== 'string') || new Set(ids).size < ids.length)
    throw badRequest('Invalid batch payload format. Each step needs an id of its own.');
  const responses: object[] = [];
  for (const request of requests as Members[]) responses.push(await answered(request, one));
  // In no order that a caller could count on.
  return { body: { responses: responses.reverse() } };
}

async function answered(request: Members, one: (asked: Asked) => Promise<Reply>): Promise<object> {
  const { id, method, url, headers, body } = request;
  try {
    if (typeof method !== 'string' || typeof url !== 'string')
      throw badRequest('Invalid batch payload format.');
    const given = new Headers(isMembers(headers) ? (headers as Record<string, string>) : {});
    if (body !== undefined && !/json/i.test(given.get('content-type') ?? ''))
      throw badRequest('A request of a batch that has a body needs a Content-Type header.');
    const path = url.startsWith('/') ? url : `/${url}`;
    return response(id, await one({ method, url: path, headers: given, body: isMembers(body) ? body : {} }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return response(id, error);
  }
}

const response = (id: unknown, { status = 200, headers = {}, body }: Reply): object => ({
  id,
  status,
  headers: { ...headers, 'Content-Type': 'application/json' },
  ...(body === undefined ? {} : { body }),
});
