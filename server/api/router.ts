import { createHash } from 'node:crypto';
import { type ErrorRequestHandler, json, type Request, type Response, Router } from 'express';
import { createLimit } from '../core/call-limit.ts';
import { LiaisonError } from '../core/errors.ts';
import type { Language } from '../core/sentence.ts';
import { demandScope } from './accesses/demand-scope.ts';
import { type Me, ROUTES, type Route } from './contract.ts';
import { streamEvents } from './event-stream.ts';
import { handlersOf, type RouteContext } from './handlers.ts';
import { type LiveEvent, LiveHub } from './live.ts';
import type { RouteName } from './paths.ts';
import { Problem, problemDocument, vendorProblem } from './problem.ts';
import { adminOnly, notFound, notSignedIn, ourFault, unreadableBody, wrongMethod } from './problems.ts';
import type { ApiServices } from './services.ts';
import type { FrameCookie, Session, SessionSource, Sessions } from './session/session.ts';
import { isSessionRoute, sessionHandlersOf } from './session/session-handlers.ts';
import { foreignOrigin } from './session/session-problems.ts';
import { findUnkeepable, keepable } from './unkeepable.ts';
import { parse } from './validation.ts';

export interface ApiOptions {
  readonly services: ApiServices;
  readonly session: SessionSource;
  /** How pages sign in; absent where nobody needs to. */
  readonly signIn?: {
    readonly sessions: Sessions;
    /** False for an origin of another page. */
    readonly isOwnOrigin: (origin: string) => boolean;
    readonly frameCookie: (request: Request, response: Response) => FrameCookie;
  };
  readonly mode: Me['mode'];
  readonly sandboxUrl: string | null;
  readonly version: string;
  /** Unlike any other process's, now or before: what live event ids are numbered under. */
  readonly epoch: string;
  readonly log: { error(facts: object, message: string): void };
  /** Epoch milliseconds; absent: the machine's. */
  readonly now?: () => number;
}

export interface Api {
  /** To be mounted at `BASE_PATH`. */
  readonly router: Router;
  /** Ends the live streams, so that the server can stop. */
  close(): void;
}

/**
 * The API of the contract: each request is signed in, authorised, validated, answered, and the answer
 * validated too, so that nothing leaves that the contract does not name.
 */
export function createApi(options: ApiOptions): Api {
  const { services, session, log } = options;
  const router = Router({ caseSensitive: true, strict: false });
  const hub = new LiveHub(services, options.epoch);
  const closing = new AbortController();
  const handlers = handlersOf(options);
  const sessionHandlers = options.signIn && sessionHandlersOf(options.signIn.sessions);
  const readJson = json({ limit: '100kb', type: 'application/json' });
  const readMail = json({ limit: LARGEST_MAIL, type: 'application/json' });

  const callsOf = createLimit({ most: CALLS_A_MINUTE, windowMs: 60_000, now: options.now ?? Date.now });

  router.use((_request, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Language',
    });
    next();
  });

  for (const [name, route] of Object.entries(ROUTES) as [RouteName, Route][]) {
    const method = route.method.toLowerCase() as Lowercase<Route['method']>;
    // The session is asked before the body is read: a stranger's body costs nothing.
    const authorise = async (request: Request, response: Response, next: () => void) => {
      response.locals.session =
        route.role === 'anyone' ? stranger(request) : await authorised(request, route);
      next();
    };
    const read = route.mail === true ? readMail : readJson;
    router[method](route.path, authorise, read, async (request, response) => {
      if (isSessionRoute(name)) {
        if (sessionHandlers === undefined || options.signIn === undefined) throw notFound();
        const session = response.locals.session as Session | null;
        const frame = options.signIn.frameCookie(request, response);
        const body = bodyOf(request, route);
        response.json(route.answer.parse(await sessionHandlers[name]({ session, body, frame })));
        return;
      }
      const context = contextOf(request, response.locals.session as Session, route);
      if (name === 'live') {
        const { organisationId, remainingMs } = context.session;
        // A line lasts no longer than what it was opened with; the client comes back and resumes.
        const over =
          remainingMs === undefined
            ? closing.signal
            : AbortSignal.any([closing.signal, AbortSignal.timeout(Math.ceil(Math.max(0, remainingMs)))]);
        const { session } = context;
        streamEvents(hub, organisationId, request, response, {
          closing: over,
          show: showEvent,
          ...(session.role !== 'admin' && { hiddenFrom: () => services.integrations.hiddenFrom(session) }),
        });
        return;
      }
      const answer = await handlers[name](context);
      if (answer === null) throw notFound();
      response.json(route.answer.parse(answer));
    });
  }

  async function authorised(request: Request, route: Route): Promise<Session> {
    const found = await session(request);
    if (found === null) throw notSignedIn();
    if (found.access !== undefined) demandScope(found.access, route, callsOf.take(found.access.id));
    if (route.role === 'admin' && found.role !== 'admin') throw adminOnly();
    if (route.path.startsWith(OF_AN_INTEGRATION)) await demandAccess(found, String(request.params.id), route);
    return found;
  }

  /** What is one person's is theirs and the admins'; what is the organisation's is the admins' to change. */
  async function demandAccess(asker: Session, id: string, { role }: Route): Promise<void> {
    if (asker.role === 'admin' && asker.access === undefined) return;
    const access = await services.integrations.access(asker, id);
    // What is another person's is as if there were none.
    if (access === null) throw notFound();
    if (role === 'owner' && access !== 'change') throw adminOnly();
  }

  /** Nobody yet; but a page of another origin is refused. */
  function stranger(request: Request): null {
    const { origin } = request.headers;
    if (origin !== undefined && options.signIn?.isOwnOrigin(origin) === false) throw foreignOrigin();
    return null;
  }

  for (const path of new Set(Object.values(ROUTES).map((route) => route.path))) {
    router.all(path, () => {
      throw wrongMethod();
    });
  }
  router.use(() => {
    throw notFound();
  });
  router.use(answerProblems(log));

  return {
    router,
    close() {
      closing.abort();
      hub.close();
    },
  };
}

/** Routes that are about one integration. */
const OF_AN_INTEGRATION = '/integrations/:id';
/** Of an application that acts in somebody's name, in this process. */
const CALLS_A_MINUTE = 600;
/** As large as mail servers let a mail become, and a third more for how its files travel. */
const LARGEST_MAIL = '36mb';
/** Of an `Idempotency-Key`, in characters. */
const LONGEST_KEY = 200;

/** Each event as the contract lets it out, by its own shape. */
function showEvent(event: LiveEvent): unknown {
  if (event.name === 'reset') return {};
  if (event.name === 'record') return ROUTES.live.answer.parse(event.record);
  return ROUTES.live.answer.parse(event.name === 'run' ? event.run : event.sync);
}

function contextOf(request: Request, session: Session, route: Route): RouteContext {
  const body = bodyOf(request, route);
  return {
    session,
    params: route.params ? addressed(route.params, request.params) : {},
    query: route.query ? parse('query', route.query, request.query) : {},
    body,
    onceBy: keyOf(request.get('idempotency-key')),
  };
}

/** A longer one is known by its digest: two that begin alike are two. */
function keyOf(header: string | undefined): string | null {
  const key = header?.trim() ?? '';
  if (key === '') return null;
  return key.length <= LONGEST_KEY ? key : createHash('sha256').update(key).digest('hex');
}

function bodyOf(request: Request, route: Route): unknown {
  if (route.body === undefined) return undefined;
  if (!request.is('application/json')) throw unreadableBody(415);
  // Whoever sends a mail on did not write it.
  const sent: unknown = route.mail === true ? keepable(request.body) : request.body;
  return parse('body', route.body, sent);
}

/** An id that could not be one is answered like any id that does not exist. */
function addressed(schema: NonNullable<Route['params']>, params: Request['params']): Record<string, unknown> {
  const result = schema.safeParse(params);
  if (!result.success || findUnkeepable(params) !== null) throw notFound();
  return result.data;
}

function answerProblems(log: ApiOptions['log']): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = asProblem(error);
    if (problem.facts.status >= 500 && !(error instanceof LiaisonError)) {
      log.error({ err: error, method: request.method, path: request.path }, 'API request failed');
    }
    const language: Language = request.acceptsLanguages('en', 'fr') === 'fr' ? 'fr' : 'en';
    // RFC 6750, 3: what kind of token would have helped.
    const { challenge, retryAfterSeconds } = problem.facts;
    if (challenge !== undefined) response.set('WWW-Authenticate', challenge);
    if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
    response
      .status(problem.facts.status)
      .set('Content-Language', language)
      .type('application/problem+json')
      .send(JSON.stringify(problemDocument(problem, language)));
  };
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof LiaisonError) return vendorProblem(error);
  // Express's body reader names what it met; an address that cannot be decoded has no such name.
  const { status, type, limit } = Object(error) as { status?: unknown; type?: unknown; limit?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    if (typeof type !== 'string') return notFound();
    return unreadableBody(status, typeof limit === 'number' ? limit : undefined);
  }
  return ourFault();
}
