import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response, Router } from 'express';
import { bodyOf } from '../core/body.ts';
import { type RateLimit, rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { asAccount, keyOf } from '../google-accounts/account.ts';
import { checkToken, refuseToken } from '../google-accounts/check-token.ts';
import { masked } from '../google-sheets/field-mask.ts';
import { beginsFullSync } from './list-connections.ts';
import type { Operation } from './operation.ts';
import { type Query, readQuery } from './query.ts';
import { badRequest, errorInfo, PeopleRefusal } from './refusal.ts';
import { peopleTables } from './rows.ts';
import { seedRep } from './seed.ts';

const ROOT = 'https://www.googleapis.com/auth/';
const WRITE = [`${ROOT}contacts`];
const READ = [...WRITE, `${ROOT}contacts.readonly`];
const SCOPES = {
  write: WRITE,
  read: READ,
  account: [...READ, `${ROOT}userinfo.email`, `${ROOT}userinfo.profile`],
} as const;

/**
 * Calls a minute of one user, as a new project's quota page shows them; of full syncs begun Google says only
 * that there is a fixed number.
 */
const PER_MINUTE = { read: 90, write: 90, fullSync: 30 } as const;
/** How long a mutation is under way: long enough for a second one to meet it. */
const MUTATION_MS = 4;

interface Gate {
  readonly limits: Readonly<Record<keyof typeof PER_MINUTE, RateLimit>>;
  /** Accounts of which a mutation is under way. */
  readonly busy: Set<string>;
}

/** Mounts every operation behind one pipeline: token, scope, quota, query, body, one mutation at a time. */
export function mountOperations(router: Router, desk: VendorDesk, operations: readonly Operation[]): void {
  const limit = (perMinute: number): RateLimit =>
    rateLimit(desk, { perSecond: perMinute / 60, burst: perMinute });
  const gate: Gate = {
    limits: {
      read: limit(PER_MINUTE.read),
      write: limit(PER_MINUTE.write),
      fullSync: limit(PER_MINUTE.fullSync),
    },
    busy: new Set(),
  };
  router.use(async (request, response, next) => {
    for (const operation of operations) {
      const match = request.method === operation.method ? operation.path.exec(request.path) : null;
      if (!match) continue;
      try {
        await answer(desk, gate, operation, match.groups?.id ?? '', request, response);
      } catch (error) {
        if (!(error instanceof PeopleRefusal)) throw error;
        response.status(error.code).json(error.body);
      }
      return;
    }
    next();
  });
  router.use((_request, response) => {
    response.status(404).type('html').send('<!DOCTYPE html><title>Error 404 (Not Found)</title><p>404.');
  });
}

async function answer(
  desk: VendorDesk,
  gate: Gate,
  operation: Operation,
  id: string,
  request: Request,
  response: Response,
): Promise<void> {
  const verdict = checkToken(desk, request, SCOPES[operation.needs]);
  if (!verdict.ok) {
    refuseToken(response, verdict.reason);
    return;
  }
  const { clientId, scopes, account } = verdict.token;
  const query = readQuery(new URL(request.url, desk.url).searchParams, operation.query);
  takeQuota(gate, operation, query, `${clientId} ${account}`);
  const body = readBody(request, operation.body);
  await asAccount(desk, account, async (own) => {
    if (peopleTables(own).groups.size === 0) seedRep(own);
    const call = { desk: own, id: decoded(id), query, body, scopes, operation: operation.name };
    const run = (): object => operation.run(call);
    const made = operation.needs === 'write' ? await alone(own, gate, keyOf(account), operation, run) : run();
    response.json(masked(made, query.one('fields')));
  });
}

function takeQuota({ limits }: Gate, { needs }: Operation, query: Query, user: string): void {
  const kind = needs === 'write' ? 'write' : 'read';
  if (limits[kind].take(user) > 0) throw overQuota(kind);
  if (beginsFullSync({ query }) && limits.fullSync.take(user) > 0) throw overQuota('fullSync');
}

/**
 * Mutations of one user should come one after the other; Google promises failures for those that do not,
 * without saying which. Here the second one is refused, and noted.
 */
async function alone(
  desk: VendorDesk,
  gate: Gate,
  user: string,
  { name }: Operation,
  run: () => object,
): Promise<object> {
  if (gate.busy.has(user)) {
    const { overlaps } = peopleTables(desk);
    overlaps.put(String(overlaps.size), { operation: name, at: desk.clock().toISOString() });
    throw new PeopleRefusal(409, 'The operation was aborted: another mutation of this user is under way.');
  }
  gate.busy.add(user);
  try {
    await pause(MUTATION_MS);
    return run();
  } finally {
    gate.busy.delete(user);
  }
}

function readBody(request: Request, taken: readonly string[] | null): Readonly<Record<string, unknown>> {
  const { text, json } = bodyOf(request);
  if (text === '' || taken?.length === 0) return {};
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw badRequest(['Invalid JSON payload received. An object was expected.']);
  const unknown = taken === null ? [] : Object.keys(json).filter((name) => !taken.includes(name));
  if (unknown.length > 0)
    throw badRequest(
      unknown.map((name) => `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`),
    );
  return json as Readonly<Record<string, unknown>>;
}

const QUOTAS = {
  read: ['critical_read_requests', 'CriticalReadsPerMinutePerProjectPerUser'],
  write: ['critical_write_requests', 'CriticalWritesPerMinutePerProjectPerUser'],
  fullSync: ['full_sync_requests', 'FullSyncRequestsPerMinutePerUser'],
} as const;

export function overQuota(kind: keyof typeof QUOTAS): PeopleRefusal {
  const [metric, limit] = QUOTAS[kind];
  const metadata = {
    service: 'people.googleapis.com',
    quota_metric: `people.googleapis.com/${metric}`,
    quota_limit: limit,
  };
  return new PeopleRefusal(
    429,
    `Quota exceeded for quota metric '${metric}' and limit '${limit}' of service 'people.googleapis.com'.`,
    { details: [errorInfo('RATE_LIMIT_EXCEEDED', metadata)], reason: 'rateLimitExceeded' },
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new PeopleRefusal(400, 'Request contains an invalid argument.');
  }
}
