import type { Request, Response, Router } from 'express';
import { bodyOf } from '../core/body.ts';
import { rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { asAccount } from '../google-accounts/account.ts';
import { checkToken } from '../google-accounts/check-token.ts';
import type { Answer, Operation } from './operation.ts';
import { CalendarRefusal, invalid, overLimit } from './refusal.ts';
import { calendarTables } from './rows.ts';
import { seedRep } from './seed.ts';

const ROOT = 'https://www.googleapis.com/auth/';
/** https://developers.google.com/workspace/calendar/api/guides/quota: a minute, of one user. */
const PER_MINUTE = 600;

/** Mounts every operation behind one pipeline: token, scope, limit, query, body. */
export function mountOperations(router: Router, desk: VendorDesk, operations: readonly Operation[]): void {
  const limit = rateLimit(desk, { perSecond: PER_MINUTE / 60, burst: PER_MINUTE });
  router.use((request, response, next) => {
    for (const operation of operations) {
      const match = request.method === operation.method ? operation.path.exec(request.path) : null;
      if (!match) continue;
      guarded(response, () => {
        const verdict = checkToken(
          desk,
          request,
          operation.scopes.map((scope) => ROOT + scope),
        );
        if (!verdict.ok) throw verdict.reason === 'scope' ? insufficientScope() : badCredentials();
        const { clientId, account } = verdict.token;
        if (limit.take(`${clientId} ${account}`) > 0) throw overLimit();
        const { calendar = '', event = '' } = match.groups ?? {};
        const made = asAccount(desk, account, (own) => {
          if (calendarTables(own).calendars.size === 0) seedRep(own);
          return run(own, operation, calendar, event, request);
        });
        send(response, made);
      });
      return;
    }
    next();
  });
  router.use((_request, response) => {
    response.status(404).type('html').send('<!DOCTYPE html><title>Error 404 (Not Found)</title><p>404.');
  });
}

function run(
  desk: VendorDesk,
  operation: Operation,
  calendar: string,
  event: string,
  request: Request,
): Answer {
  return operation.run({
    desk,
    calendarId: decoded(calendar),
    eventId: decoded(event),
    query: new URL(request.url, desk.url).searchParams,
    body: readBody(request),
    ifMatch: request.get('if-match'),
    ifNoneMatch: request.get('if-none-match'),
  });
}

function send(response: Response, { status = 200, body }: Answer): void {
  response.status(status);
  if (body === undefined) {
    response.end();
    return;
  }
  const { etag } = body as { etag?: unknown };
  if (typeof etag === 'string') response.set('ETag', etag);
  response.json(body);
}

function readBody(request: Request): Readonly<Record<string, unknown>> {
  const { text, json } = bodyOf(request);
  if (text === '') return {};
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw invalid('Parse Error');
  return json as Readonly<Record<string, unknown>>;
}

function guarded(response: Response, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof CalendarRefusal)) throw error;
    response.status(error.code).json(error.body);
  }
}

const badCredentials = (): CalendarRefusal =>
  new CalendarRefusal(401, 'Invalid Credentials', {
    domain: 'global',
    reason: 'authError',
    location: 'Authorization',
    locationType: 'header',
  });

const insufficientScope = (): CalendarRefusal =>
  new CalendarRefusal(403, 'Request had insufficient authentication scopes.', {
    domain: 'global',
    reason: 'insufficientPermissions',
  });

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('Invalid path.');
  }
}
