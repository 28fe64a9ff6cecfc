import { type UserKey, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Endpoint, Incoming } from '../kit/api.ts';
import { type BodyFields, readFields, type Violation } from '../kit/body-fields.ts';
import type { Members } from '../kit/json-body.ts';
import { lockingLimit } from '../kit/locking-limit.ts';
import { Refusal, type Reply } from '../kit/refusal.ts';
import { checkToken } from '../zoho-accounts/check-token.ts';
import { userIdOf } from './rows.ts';

/** A call that was let in. */
export type Call = Incoming & { readonly body: Members; readonly user: UserKey };

export interface Operation extends Endpoint {
  readonly scope: string;
  /** Calls of one user, over all of that user's tokens. */
  readonly perMinute: number;
  readonly lockMinutes: number;
  readonly takes: BodyFields;
  run(call: Call): Reply;
}

/** https://www.zoho.com/cliq/help/restapi/v3/errors: rest on the status; not every code is in Zoho's lists. */
export const refusal = (status: number, code: string, message: string): Refusal =>
  new Refusal(status, message, { message, code });
export const notFound = (what: string): Refusal =>
  refusal(404, `${what}_not_found`, 'It does not exist or you are not a participant.');
const malformed = (wrong: Violation | null): Refusal =>
  refusal(400, 'invalid_parameters', wrong ? `${wrong.field}: ${wrong.because}` : 'No JSON object.');
export const tooMany = (): Refusal =>
  refusal(429, 'too_many_requests', 'Too many requests within a certain time frame.');

/** Cliq's REST API: token, limit, body, work. */
export function cliqApi(desk: VendorDesk, operations: readonly Operation[]): Api<Operation> {
  const limits = new Map(operations.map((one) => [one, lockingLimit(desk, one)]));
  return {
    base: '/api',
    operations,
    answer(operation, incoming) {
      const verdict = checkToken(desk, incoming.request, [operation.scope]);
      // Where there is no token there is no word either.
      if (!verdict.ok && verdict.reason === 'AUTHENTICATION_FAILURE') return { status: 401 };
      if (!verdict.ok) {
        const code = verdict.reason === 'INVALID_TOKEN' ? 'oauthtoken_invalid' : 'oauthtoken_scope_invalid';
        throw refusal(401, code, 'Request was rejected because of invalid AuthToken.');
      }
      const user = personOf(verdict.user);
      if ((limits.get(operation)?.take(user) ?? 0) > 0) throw tooMany();
      const body = readFields(incoming.request, operation.takes, malformed);
      return operation.run({ ...incoming, body, user });
    },
    unknown: () => refusal(404, 'request_url_invalid', "The URL you've sent is wrong."),
    otherMethod: () => refusal(405, 'method_not_allowed', 'The HTTP method is not supported.'),
  };
}

/** A person by key, address or id. */
export function personOf(name: string): UserKey {
  const found = users.find(({ key, email }) => [key, email, userIdOf(key)].includes(name));
  if (!found) throw notFound('user');
  return found.key;
}
