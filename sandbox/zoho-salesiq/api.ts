import type { UserKey } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Endpoint, Incoming } from '../kit/api.ts';
import { type BodyFields, type Violation, violationsOf } from '../kit/body-fields.ts';
import { jsonBody, type Members } from '../kit/json-body.ts';
import { Refusal, type Reply } from '../kit/refusal.ts';
import { checkToken } from '../zoho-accounts/check-token.ts';
import { portals } from './rows.ts';

/** A call that was let in. */
export type Call = Incoming & {
  readonly body: Members;
  /** Screen name in its path; empty where it has none. */
  readonly portal: string;
  readonly user: UserKey;
};

export interface Operation extends Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api`. */
  readonly path: string;
  readonly scope: string;
  /** What a body may hold; absent: there is none. */
  readonly takes?: BodyFields;
  run(call: Call): Reply | Promise<Reply>;
}

/**
 * Success and failure are both 200: https://www.zoho.com/salesiq/help/developer-section/rest-api-v2.html. Codes below
 * 2000 are those of https://www.zoho.com/salesiq/help/rest-api-documentation.html.
 */
export const refusal = (code: number, message: string, more: object = {}, status = 200): Refusal =>
  new Refusal(status, message, { error: { code, message, ...more } });

export const invalidUrl = (): Refusal => refusal(1006, 'Invalid URL');
/** No page says how a limit is told: this is HTTP’s own way in the vendor’s envelope. */
export const tooMany = (): Refusal => refusal(1010, 'Too many requests. Please try again later.', {}, 429);

/** A token that is no good is told by the status, as Zoho’s services do; no page of SalesIQ shows it. */
const unauthorised = (code: number, message: string): Refusal => refusal(code, message, {}, 401);

/** Zoho SalesIQ’s REST API: token, limit, portal, body, work. */
export function salesIqApi(desk: VendorDesk, operations: readonly Operation[]): Api<Operation> {
  let minute = { from: 0, calls: 0 };

  function count(): void {
    const now = desk.clock().getTime();
    if (now - minute.from >= 60_000) minute = { from: now, calls: 0 };
    minute.calls += 1;
    if (minute.calls > (desk.requestsPerMinute() ?? Number.POSITIVE_INFINITY)) throw tooMany();
  }

  return {
    base: '/api',
    operations,
    answer(operation, incoming) {
      const verdict = checkToken(desk, incoming.request, [operation.scope]);
      if (!verdict.ok && verdict.reason === 'AUTHENTICATION_FAILURE')
        throw unauthorised(1002, 'Invalid authorization header.');
      if (!verdict.ok && verdict.reason === 'INVALID_TOKEN') throw unauthorised(1003, 'Invalid OAuth token.');
      if (!verdict.ok) throw refusal(1003, 'Invalid OAuth scope.', {}, 403);
      count();
      const portal = incoming.path.portal ?? '';
      if (operation.path.includes('{portal}') && !portals.some(({ screenname }) => screenname === portal))
        throw refusal(1005, 'Invalid portal or wrong screen name.');
      const body = bodyOf(operation, incoming);
      return operation.run({ ...incoming, portal, body, user: verdict.user as UserKey });
    },
    unknown: invalidUrl,
    otherMethod: () => refusal(1004, 'Invalid Request Type.'),
  };
}

const wrong = ({ field, because }: Violation): Refusal =>
  refusal(1016, because === 'missing' ? 'Mandatory key is missing' : 'Invalid value', { json_key: field });

function bodyOf({ takes }: Operation, { request }: Incoming): Members {
  if (takes === undefined) return {};
  const body = jsonBody(request, () => refusal(1015, 'Invalid JSON'));
  const [first] = violationsOf(body, takes);
  if (first) throw wrong(first);
  return body;
}

/** What was asked for, in the envelope of every answer. */
export function answered({ request, desk }: Call, object: string, data: unknown): Reply {
  const isList = Array.isArray(data);
  return {
    body: {
      url: request.originalUrl.replace(/^\/[^/]+/, ''),
      object,
      data,
      ...(isList ? { sync_time: String(desk.clock().getTime()) } : {}),
    },
  };
}

/** A whole number among the parameters. */
export function numberIn(call: Call, name: string, usual: number, most: number): number {
  const text = call.query.get(name);
  if (text === null) return usual;
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > most)
    throw refusal(1017, 'Invalid parameter value', { param: name });
  return Number(text);
}

/** A moment among the parameters, in milliseconds; null: it is not given. */
export function momentIn(call: Call, name: string): number | null {
  const text = call.query.get(name);
  if (text === null) return null;
  if (!/^\d+$/.test(text)) throw refusal(1017, 'Invalid parameter value', { param: name });
  return Number(text);
}
