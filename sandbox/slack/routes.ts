import type { Request, Response, Router } from 'express';
import { type RateLimit, rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { argumentsOf, textOf } from './arguments.ts';
import type { Method, Tier } from './method.ts';
import { SlackRefusal } from './refusal.ts';
import { slackTables } from './rows.ts';
import { demand } from './scopes.ts';
import { seed } from './seed.ts';
import { believe } from './tokens.ts';
import { findWorkspace, inWorkspace } from './workspace.ts';

const PER_MINUTE: Readonly<Record<Exclude<Tier, 'special'>, number>> = { 2: 20, 3: 50, 4: 100 };
/** Slack says one message a second in a channel, and that it lets short bursts pass without a number. */
const POSTING = { perSecond: 1, burst: 5 };

/** Mounts the Web API: arguments, token, scope, limit, work; every refusal but the limit is a 200. */
export function mountMethods(router: Router, desk: VendorDesk, methods: readonly Method[]): void {
  const posting = rateLimit(desk, POSTING);
  for (const method of methods) {
    const perMinute = method.tier === 'special' ? 600 : PER_MINUTE[method.tier];
    const limit = rateLimit(desk, { perSecond: perMinute / 60, burst: perMinute });
    router.all(`/api/${method.name}`, (request, response) =>
      answering(response, () => run(desk, method, { limit, posting }, request, response)),
    );
  }
  router.all('/api/:method', (request, response) =>
    answering(response, () => {
      throw new SlackRefusal('unknown_method', { req_method: request.params.method });
    }),
  );
}

function run(
  desk: VendorDesk,
  method: Method,
  limits: { readonly limit: RateLimit; readonly posting: RateLimit },
  request: Request,
  response: Response,
): object {
  const given = argumentsOf(request, method.takesJson);
  const bearer = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const token = believe(desk, bearer ?? textOf(given, 'token') ?? '');
  response.set('X-OAuth-Scopes', token.scopes.join(','));
  if (method.scopes.length > 0) {
    response.set('X-Accepted-OAuth-Scopes', method.scopes.join(','));
    demand(token.scopes, ...method.scopes);
  }
  const wait = limits.limit.take(token.token);
  if (wait > 0) throw rateLimited(wait);
  const home = findWorkspace(token.workspace);
  if (home === undefined) throw new SlackRefusal('team_not_found');
  return inWorkspace(desk, home, (own) => {
    // A sandbox that was begun before there were several.
    if (slackTables(own).channels.size === 0) seed(own);
    return method.run({ desk: own, given, token, posting: limits.posting });
  });
}

export function rateLimited(seconds: number): SlackRefusal {
  return new SlackRefusal('ratelimited', {}, { status: 429, headers: { 'Retry-After': String(seconds) } });
}

/** Sends what the work answers, or its refusal. */
export function answering(response: Response, work: () => object): void {
  try {
    response.json({ ok: true, ...work() });
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    response
      .status(error.status)
      .set(error.headers)
      .json({ ok: false, error: error.error, ...error.more });
  }
}
