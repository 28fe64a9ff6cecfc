import type { Request, Response, Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { projected } from './fields.ts';
import type { Call, Operation } from './operation.ts';
import { invalid, MailchimpRefusal, notFound, problem } from './problem.ts';
import { type AudienceRow, mailchimpTables } from './rows.ts';
import { believe } from './tokens.ts';

/** https://mailchimp.com/developer/marketing/docs/fundamentals/#throttling */
const CONNECTIONS = 10;

interface Mounted {
  readonly operation: Operation;
  readonly pattern: RegExp;
}

/** Mounts the API below `/3.0`: simultaneous calls, token, path, body, work, `fields`. */
export function mountOperations(router: Router, desk: VendorDesk, operations: readonly Operation[]): void {
  const mounted = operations.map((operation) => ({ operation, pattern: patternOf(operation.path) }));
  let open = 0;
  router.use('/3.0', async (request, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    try {
      if (open > CONNECTIONS * desk.limitFactor) throw tooMany();
      believe(desk, request.get('authorization'));
      const answer = await answerOf(desk, mounted, request);
      if (answer === null) response.status(204).end();
      else response.json(projected(answer, queryOf(request)));
    } catch (error) {
      if (!(error instanceof MailchimpRefusal)) throw error;
      refuse(desk, response, error);
    }
  });
}

async function answerOf(
  desk: VendorDesk,
  mounted: readonly Mounted[],
  request: Request,
): Promise<object | null> {
  const fitting = mounted.filter(({ pattern }) => pattern.test(request.path));
  if (fitting.length === 0) throw notFound();
  const found = fitting.find(({ operation }) => operation.method === request.method);
  if (found === undefined)
    throw new MailchimpRefusal(
      405,
      'Method Not Allowed',
      "The requested method and resource are not compatible. See the Allow header for this resource's available methods.",
    );
  const groups = found.pattern.exec(request.path)?.groups ?? {};
  const path = Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [name, decoded(value ?? '')]),
  );
  const call: Call = {
    desk,
    path,
    query: queryOf(request),
    body: bodyOfRequest(request),
    audience: () => audienceOf(desk, path.list ?? ''),
  };
  return found.operation.run(call);
}

export function audienceOf(desk: VendorDesk, id: string): AudienceRow {
  const audience = mailchimpTables(desk).audiences.get(id);
  if (!audience) throw notFound();
  return audience;
}

function bodyOfRequest(request: Request): Readonly<Record<string, unknown>> {
  const { text, json } = bodyOf(request);
  if (text === '') return {};
  if (json === undefined)
    throw new MailchimpRefusal(
      400,
      'JSON Parse Error',
      'We encountered an unspecified JSON parsing error. This error likely indicates a problem with your JSON formatting.',
    );
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw invalid({ field: '', message: 'Schema describes object, other type found instead' });
  return json as Readonly<Record<string, unknown>>;
}

function refuse(desk: VendorDesk, response: Response, error: MailchimpRefusal): void {
  const { status, title, message, errors } = error;
  const body = problem(status, title, message, desk.id('', 32).toLowerCase(), errors);
  response.status(status).type('application/problem+json').send(JSON.stringify(body));
}

function tooMany(): MailchimpRefusal {
  return new MailchimpRefusal(
    429,
    'Too Many Requests',
    `You have exceeded the limit of ${CONNECTIONS} simultaneous connections.`,
  );
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.url, 'http://sandbox').searchParams;
}

function patternOf(path: string): RegExp {
  const body = path.replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`);
  return new RegExp(`^${body}/?$`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
