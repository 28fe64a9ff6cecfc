import { perMinute, rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Endpoint, Incoming } from '../kit/api.ts';
import { jsonBody, type Members } from '../kit/json-body.ts';
import type { Reply } from '../kit/refusal.ts';
import { blockOperations } from './blocks.ts';
import { pageOperations } from './pages.ts';
import { invalidBody, refuse } from './refusal.ts';
import { notionTables } from './rows.ts';
import { sourceOperations } from './sources.ts';
import { onlyActedOn, unsimulated } from './unsimulated.ts';
import { userOperations } from './users.ts';

/** A call that was let in. */
export type Call = Incoming & { readonly body: Members };

export interface Operation extends Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Members of a body that are acted on; any other is refused. */
  readonly takes: readonly string[];
  /** Members that Notion takes too, and that this stand-in says it does not act on. */
  readonly leaves?: readonly string[];
  run(call: Call): Reply;
}

const VERSIONS = ['2022-06-28', '2025-09-03', '2026-03-11'];
/** The one that this stand-in speaks; others are refused here, where Notion would answer in another form. */
const SPOKEN = '2025-09-03';

const operations: readonly Operation[] = [
  ...sourceOperations,
  ...pageOperations,
  ...blockOperations,
  ...userOperations,
];

/** Notion's API: token, limit, version, body, work. https://developers.notion.com/reference/intro */
export function notionApi(desk: VendorDesk): Api<Operation> {
  const limit = rateLimit(desk, RATE);
  return {
    base: '/',
    operations,
    admit({ request }) {
      const [scheme, token = ''] = (request.get('authorization') ?? '').split(' ');
      if (scheme !== 'Bearer' || notionTables(desk).tokens.get(token) === undefined)
        throw refuse(401, 'unauthorized', 'API token is invalid.');
      const seconds = limit.take(token);
      if (seconds > 0) throw tooMany(seconds);
      const version = request.get('notion-version');
      if (version === undefined)
        throw refuse(
          400,
          'missing_version',
          'Notion-Version header failed validation: Notion-Version header should be defined.',
        );
      if (!VERSIONS.includes(version) || version !== SPOKEN)
        throw refuse(400, 'validation_error', `Notion-Version header failed validation: ${version}.`);
    },
    answer(operation, incoming) {
      onlyActedOn('query', Object.fromEntries(incoming.query), ['page_size', 'start_cursor']);
      const body =
        operation.method === 'GET'
          ? {}
          : jsonBody(incoming.request, () => refuse(400, 'invalid_json', 'Error parsing JSON body.'));
      const left = Object.keys(body).find((name) => operation.leaves?.includes(name));
      if (left !== undefined) throw unsimulated(`body.${left}`);
      const unknown = Object.keys(body).find((name) => !operation.takes.includes(name));
      if (unknown !== undefined)
        throw invalidBody(
          `body.${unknown}`,
          `should be not present, instead was \`${JSON.stringify(body[unknown])?.slice(0, 60)}\``,
        );
      return operation.run({ ...incoming, body });
    },
    unknown: () => refuse(400, 'invalid_request_url', 'Invalid request URL.'),
  };
}

/** An average of three calls a second of a connection, and bursts beyond. https://developers.notion.com/reference/request-limits */
const RATE = perMinute(180);

const tooMany = (seconds: number) =>
  refuse(
    429,
    'rate_limited',
    'You have been rate limited. Please try again in a few minutes.',
    { 'retry-after': String(seconds) },
    { additional_data: { rate_limit_reason: 'integration_rate_limit' } },
  );
