import { company, type UserKey } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Endpoint, Incoming } from '../kit/api.ts';
import { type BodyFields, type Violation, violationsOf } from '../kit/body-fields.ts';
import { jsonBody, type Members } from '../kit/json-body.ts';
import { Refusal, type Reply } from '../kit/refusal.ts';
import { checkToken } from '../zoho-accounts/check-token.ts';
import { agentIdOf } from './rows.ts';

/** A call that was let in. */
export type Call = Incoming & { readonly body: Members; readonly agentId: string };

export interface Operation extends Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly scopes: readonly string[];
  /** What a body may hold; absent: there is none. */
  readonly takes?: BodyFields;
  /** The one operation that asks for no organisation: whoever calls learns from it which there are. */
  readonly anyOrganisation?: boolean;
  run(call: Call): Reply | Promise<Reply>;
}

/** https://desk.zoho.com/DeskAPIDocument#Errors */
export const refusal = (
  status: number,
  errorCode: string,
  message: string,
  more: { readonly errors?: readonly object[]; readonly headers?: Readonly<Record<string, string>> } = {},
): Refusal => {
  const errors = more.errors === undefined ? {} : { errors: more.errors };
  return new Refusal(status, message, { errorCode, message, ...errors }, more.headers);
};

export const notFound = (): Refusal =>
  refusal(404, 'URL_NOT_FOUND', 'The URL does not exist. Please check the path and the ids in it.');

/** Fields that cannot be taken, each with what is wrong. */
export const invalid = (
  ...wrong: readonly (readonly [field: string, type: 'invalid' | 'missing' | 'duplicate'])[]
): Refusal =>
  refusal(422, 'INVALID_DATA', 'The data is invalid due to validation restrictions', {
    errors: wrong.map(([field, errorType]) => ({ fieldName: `/${field}`, errorType, errorMessage: '' })),
  });

export const tooMany = (): Refusal =>
  refusal(429, 'TOO_MANY_REQUESTS', 'Too many requests are made at the same time. Please try again later.');
/** Only a day that is used up says when it ends. */
const dayIsUsedUp = (seconds: number): Refusal =>
  refusal(429, 'THRESHOLD_EXCEEDED', 'The number of API calls for the day has exceeded the limit.', {
    headers: { 'retry-after': String(seconds) },
  });

/** Credits of a day: the Enterprise edition's, for three agents. https://desk.zoho.com/DeskAPIDocument#APILimit */
const CREDITS_A_DAY = 103_000;
const DAY_MS = 86_400_000;
/** Calls of one organisation that may be under way at once, in that edition. */
const AT_ONCE = 15;

/** Zoho Desk's REST API: token, organisation, limits, body, work. */
export function deskApi(desk: VendorDesk, operations: readonly Operation[]): Api<Operation> {
  let day = { from: 0, used: 0 };
  let minute = { from: 0, calls: 0 };
  let underWay = 0;

  function count({ response }: Incoming, weight: number): void {
    const now = desk.clock().getTime();
    if (now - day.from >= DAY_MS) day = { from: now, used: 0 };
    if (now - minute.from >= 60_000) minute = { from: now, calls: 0 };
    minute.calls += 1;
    day.used += weight;
    const left = Math.max(0, CREDITS_A_DAY * desk.limitFactor - day.used);
    response.set({
      'X-Rate-Limit-Request-Weight-v3': String(weight),
      'X-Rate-Limit-Remaining-v3': String(Math.floor(left)),
    });
    if (left === 0) throw dayIsUsedUp(Math.ceil((day.from + DAY_MS - now) / 1_000));
    if (minute.calls > (desk.requestsPerMinute() ?? Number.POSITIVE_INFINITY)) throw tooMany();
    if (underWay >= AT_ONCE * desk.limitFactor) throw tooMany();
  }

  return {
    base: '/api/v1',
    operations,
    async answer(operation, incoming) {
      const agentId = admit(desk, operation, incoming);
      count(incoming, weightOf(incoming));
      underWay += 1;
      try {
        return await operation.run({ ...incoming, agentId, body: bodyOf(operation, incoming) });
      } finally {
        underWay -= 1;
      }
    },
    unknown: notFound,
    otherMethod: () => refusal(405, 'METHOD_NOT_ALLOWED', 'The method is not allowed for this resource.'),
  };
}

function admit(desk: VendorDesk, operation: Operation, { request, query }: Incoming): string {
  const verdict = checkToken(desk, request, operation.scopes);
  if (!verdict.ok && verdict.reason === 'AUTHENTICATION_FAILURE')
    throw refusal(401, 'UNAUTHORIZED', 'You are not authenticated to perform this operation.');
  if (!verdict.ok && verdict.reason === 'INVALID_TOKEN')
    throw refusal(401, 'INVALID_OAUTH', 'The OAuth Token you provided is invalid.');
  if (!verdict.ok) throw refusal(403, 'SCOPE_MISMATCH', 'The scope of the OAuth token is not enough.');
  const organisation = request.header('orgId') ?? query.get('orgId');
  if (operation.anyOrganisation !== true && organisation !== company.zgid)
    throw refusal(403, 'OAUTH_ORG_MISMATCH', 'The OAuth token is not of the organization that is asked for.');
  return agentIdOf(verdict.user as UserKey);
}

/** The deeper into a list, the dearer: from 3 to 50 credits. */
function weightOf({ request, query }: Incoming): number {
  const from = Number(query.get('from') ?? 0);
  if (request.method !== 'GET') return 3;
  return from >= 4_000 ? 50 : from >= 2_000 ? 25 : from >= 500 ? 10 : 3;
}

function bodyOf({ takes }: Operation, { request }: Incoming): Members {
  if (takes === undefined) return {};
  const unreadable = () => refusal(400, 'INVALID_DATA', 'The body is no JSON object.');
  const body = jsonBody(request, unreadable);
  if (Object.keys(body).length === 0)
    throw refusal(422, 'EMPTY_PAYLOAD', 'The request has no data in its body.');
  const wrong = violationsOf(body, takes);
  if (wrong.length > 0) throw invalid(...wrong.map(worded));
  return body;
}

const worded = ({ field, because }: Violation): readonly [string, 'missing' | 'invalid'] => [
  field,
  because === 'missing' ? 'missing' : 'invalid',
];

/** A page of a list by its place: rows from `from` on. An empty one is 204 without a body. */
export function listed(
  { query }: Call,
  rows: readonly object[],
  { most, usual = 10, counted = false }: { most: number; usual?: number; counted?: boolean },
): Reply {
  const [from, limit] = [Number(query.get('from') ?? 0), Number(query.get('limit') ?? usual)];
  if (!Number.isInteger(from) || from < 0 || from > 4_999) throw invalid(['from', 'invalid']);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw invalid(['limit', 'invalid']);
  const data = rows.slice(from, from + limit);
  if (data.length === 0) return { status: 204 };
  return { body: counted ? { data, count: rows.length } : { data } };
}

/** Sorted by a moment: ascending, or descending with a minus before the name. */
export function sorted<Row>(
  rows: readonly Row[],
  by: string | null,
  moments: Readonly<Record<string, (row: Row) => number>>,
): Row[] {
  const [, minus, name = ''] = /^(-?)(.*)$/.exec(by ?? '') ?? [];
  if (by === null || name === 'relevance') return [...rows];
  const of = moments[name];
  if (of === undefined) throw invalid(['sortBy', 'invalid']);
  return rows.toSorted((one, other) => (minus ? of(other) - of(one) : of(one) - of(other)));
}
