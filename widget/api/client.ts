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

/** Who the page speaks for. */
export interface Speaker {
  /**
   * The bearer token to call with; null: without one. It rejects with an `ApiError` when nobody is signed
   * in: a call must not go out then and be taken for somebody's.
   */
  token(): Promise<string | null>;
  /** Another one than the one that was refused; null when there is none: the refusal stands. */
  renewed(refused: string | null): Promise<string | null>;
}

/** Until told otherwise the page calls without a token. */
const NOBODY: Speaker = { token: async () => null, renewed: async () => null };
let speaker = NOBODY;

/** From now on every call is made for this speaker. @returns what undoes it. */
export function speakFor(next: Speaker): () => void {
  speaker = next;
  return () => {
    if (speaker === next) speaker = NOBODY;
  };
}

type Callable = Exclude<RouteName, 'live'>;
type Parts = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
} & Once &
  Stoppable;

/** What the request is named by, so that sent twice it has one effect. */
interface Once {
  readonly onceBy?: string;
}

/** What ends a request that nobody waits for any longer. */
interface Stoppable {
  readonly signal?: AbortSignal;
}

type Sender = (address: string, init: Init) => Promise<globalThis.Response>;

interface Init extends RequestInit {
  readonly headers: Record<string, string>;
}

/** What is told to a speaker's every call: its token, and once more with a new one where it was refused. */
const asSpeaker: Sender = async (address, init) => {
  const { token, renewed } = speaker;
  const first = await token();
  const answer = await send(address, init, first);
  if (answer.status !== 401) return answer;
  const second = await renewed(first);
  return second === null ? answer : send(address, init, second);
};

function send(address: string, init: Init, token: string | null): Promise<globalThis.Response> {
  const headers = { ...init.headers, ...(token !== null && { authorization: `Bearer ${token}` }) };
  return fetch(address, { ...init, headers });
}

/**
 * Calls one route of the contract by name.
 *
 * @example await call('getRun', { params: { id } })
 */
export function call<Name extends Callable>(
  name: Name,
  ...[request]: unknown extends Request<Name> ? [] : [Request<Name> & Once & Stoppable]
): Promise<Answer<Name>> {
  return callBy(asSpeaker, name, request);
}

/** The same with this token, or with none, whoever the page speaks for: what signing in is made of. */
export function callWith<Name extends Callable>(
  token: string | null,
  name: Name,
  ...[request]: unknown extends Request<Name> ? [] : [Request<Name>]
): Promise<Answer<Name>> {
  return callBy((address, init) => send(address, init, token), name, request);
}

async function callBy<Name extends Callable>(
  sender: Sender,
  name: Name,
  request: unknown,
): Promise<Answer<Name>> {
  const { params = {}, query = {}, body, onceBy, signal } = (request ?? {}) as Parts;
  const { method, path } = PATHS[name];
  const answer = await sender(addressOf(path, params, query), {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': document.documentElement.lang,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(onceBy !== undefined && { 'idempotency-key': onceBy }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  }).catch((cause: unknown) => {
    throw cause instanceof ApiError ? cause : new ApiError(null, cause);
  });
  if (!answer.ok) throw new ApiError(await readProblem(answer));
  return (await answer.json()) as Answer<Name>;
}

/** The live stream; `lastId` is where an earlier one ended. */
export async function openEvents(
  lastId: string | null,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const answer = await asSpeaker(BASE_PATH + PATHS.live.path, {
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
    // A list is repeated.
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) search.append(key, String(one));
    }
  }
  return `${BASE_PATH}${filled}${search.size > 0 ? `?${search}` : ''}`;
}

async function readProblem(answer: globalThis.Response): Promise<ProblemDocument | null> {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return null;
  return (await answer.json().catch(() => null)) as ProblemDocument | null;
}
