import type { Answer, Request } from '../../server/api/contract.ts';
import { BASE_PATH, PATHS, type RouteName } from '../../server/api/paths.ts';
import type { ProblemDocument } from '../../server/api/problem.ts';

/** A refusal of the server, with its own words, or silence (`problem` is null). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: ProblemDocument | null;

  constructor(problem: ProblemDocument | null, cause?: unknown) {
    super(problem?.detail ?? 'no answer', { cause });
    this.problem = problem;
  }
}

type Callable = Exclude<RouteName, 'live'>;
type Parts = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
};

/**
 * Calls one route of the contract by name.
 *
 * @example await call('getRun', { params: { id } })
 */
export async function call<Name extends Callable>(
  name: Name,
  ...[request]: unknown extends Request<Name> ? [] : [Request<Name>]
): Promise<Answer<Name>> {
  const { params = {}, query = {}, body } = (request ?? {}) as Parts;
  const { method, path } = PATHS[name];
  const answer = await fetch(addressOf(path, params, query), {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': document.documentElement.lang,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new ApiError(null, cause);
  });
  if (!answer.ok) throw new ApiError(await readProblem(answer));
  return (await answer.json()) as Answer<Name>;
}

/** The live stream; `lastId` is where an earlier one ended. */
export async function openEvents(
  lastId: string | null,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const answer = await fetch(BASE_PATH + PATHS.live.path, {
    signal,
    headers: { accept: 'text/event-stream', ...(lastId !== null && { 'last-event-id': lastId }) },
  });
  if (!answer.ok || answer.body === null) throw new ApiError(await readProblem(answer));
  return answer.body;
}

function addressOf(path: string, params: Record<string, unknown>, query: Record<string, unknown>): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, String(value));
  }
  return `${BASE_PATH}${filled}${search.size > 0 ? `?${search}` : ''}`;
}

async function readProblem(answer: globalThis.Response): Promise<ProblemDocument | null> {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return null;
  return (await answer.json().catch(() => null)) as ProblemDocument | null;
}
