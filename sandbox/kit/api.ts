import type { Request, RequestHandler, Response, Router } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import { decodedPart, pathPattern } from './path.ts';
import { Refusal, type Reply } from './refusal.ts';

/** What every operation of an API says of itself; each vendor's own says more. */
export interface Endpoint {
  /** Absent: whatever the method. */
  readonly method?: string;
  /** Below the API's base: `/lists/{list}/members`; a pattern with named groups where that form does not do. */
  readonly path: string | RegExp;
}

/** A request on its way through an API. */
export interface Incoming {
  readonly desk: VendorDesk;
  readonly request: Request;
  /** For headers that an answer and a refusal alike carry. */
  readonly response: Response;
  readonly query: URLSearchParams;
  /** Placeholders of the path, percent-decoded; empty before an operation is found. */
  readonly path: Readonly<Record<string, string>>;
}

/** An API as a vendor serves it: operations as data, and what happens around them, in the vendor's order. */
export interface Api<Operation extends Endpoint> {
  /** Path above every operation's: `/3.0`. */
  readonly base?: string;
  readonly operations: readonly Operation[];
  /** Whether `/lists/` is `/lists`. */
  readonly trailingSlash?: boolean;
  /** What is looked at before the path is: throws a Refusal for a request that is not let in. */
  admit?(incoming: Incoming): void;
  /** The work of an operation: token, limit, parameters, body, in the vendor's order. Throws a Refusal. */
  answer(operation: Operation, incoming: Incoming): Reply | Promise<Reply>;
  /** A path that no operation has. */
  unknown(incoming: Incoming): Reply;
  /** A path that has operations, none of this method; absent: as an unknown path. */
  otherMethod?(incoming: Incoming): Reply;
  /** A path whose percent signs mean nothing; absent: taken as it is. */
  undecodable?(text: string): Refusal;
}

/** Puts an API into a simulator's routes. */
export function mountApi<Operation extends Endpoint>(
  router: Router,
  desk: VendorDesk,
  api: Api<Operation>,
): void {
  const known = api.operations.map((operation) => ({
    operation,
    pattern: typeof operation.path === 'string' ? pathPattern(operation.path) : operation.path,
  }));

  const reply = async (incoming: Incoming): Promise<Reply> => {
    api.admit?.(incoming);
    const { method, path } = incoming.request;
    const asked = api.trailingSlash && path !== '/' ? path.replace(/\/$/, '') : path;
    const fitting = known.filter(({ pattern }) => pattern.test(asked));
    const found = fitting.find(({ operation }) => (operation.method ?? method) === method);
    if (found) {
      const groups = found.pattern.exec(asked)?.groups ?? {};
      return api.answer(found.operation, { ...incoming, path: decoded(groups, api.undecodable) });
    }
    return fitting.length > 0 && api.otherMethod ? api.otherMethod(incoming) : api.unknown(incoming);
  };

  router.use(api.base ?? '/', async (request, response) => {
    const query = new URL(request.url, desk.url).searchParams;
    const incoming = { desk, request, response, query, path: {} };
    try {
      sendReply(response, await reply(incoming));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendReply(response, error);
    }
  });
}

/** One route by itself, such as a token endpoint: what the work answers, or its refusal. */
export function handled(work: (request: Request) => Reply): RequestHandler {
  return (request, response) => {
    try {
      sendReply(response, work(request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendReply(response, error);
    }
  };
}

/** Sends it. A content type among the headers stands instead of the usual one. */
function sendReply(response: Response, { status = 200, headers = {}, body }: Reply): void {
  response.status(status).set(headers);
  if (body === undefined) response.end();
  else if (typeof body === 'string') response.send(body);
  else if (response.get('content-type')) response.send(JSON.stringify(body));
  else response.json(body);
}

function decoded(
  groups: Readonly<Record<string, string>>,
  undecodable: ((text: string) => Refusal) | undefined,
): Record<string, string> {
  const parts = Object.entries(groups).map(([name, text = '']) => {
    const part = decodedPart(text);
    if (part === null && undecodable) throw undecodable(text);
    return [name, part ?? text] as const;
  });
  return Object.fromEntries(parts);
}
