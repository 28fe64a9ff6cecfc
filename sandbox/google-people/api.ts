import { setTimeout as pause } from 'node:timers/promises';
import { perMinute, rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { masked } from '../google/field-mask.ts';
import { readQuery } from '../google/query.ts';
import { errorInfo, GoogleRefusal } from '../google/refusal.ts';
import { believe, noPage, readBody } from '../google/requests.ts';
import { asAccount, keyOf } from '../google-accounts/account.ts';
import type { Api } from '../kit/api.ts';
import { groupOperations } from './groups.ts';
import { beginsFullSync, listOperations } from './list-connections.ts';
import type { Operation } from './operation.ts';
import { VALUES } from './query.ts';
import { readingOperations } from './read-people.ts';
import { peopleTables } from './rows.ts';
import { searchOperations } from './search.ts';
import { seedRep } from './seed.ts';
import { batchOperations } from './write-batches.ts';
import { writingOperations } from './write-people.ts';

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

/** Version 1: token, scope, quota, query, body, one mutation at a time, field mask. */
export function peopleApi(desk: VendorDesk): Api<Operation> {
  const limits = {
    read: rateLimit(desk, perMinute(PER_MINUTE.read)),
    write: rateLimit(desk, perMinute(PER_MINUTE.write)),
    fullSync: rateLimit(desk, perMinute(PER_MINUTE.fullSync)),
  };
  /** Accounts of which a mutation is under way. */
  const busy = new Set<string>();
  return {
    operations: [
      ...readingOperations,
      ...listOperations,
      ...searchOperations,
      ...writingOperations,
      ...batchOperations,
      ...groupOperations,
    ],
    async answer({ needs, ...operation }, incoming) {
      const { token, user } = believe(incoming, SCOPES[needs]);
      const query = readQuery(incoming.query, operation.query, VALUES);
      const kind = needs === 'write' ? 'write' : 'read';
      if (limits[kind].take(user) > 0) throw overQuota(kind);
      if (beginsFullSync({ query }) && limits.fullSync.take(user) > 0) throw overQuota('fullSync');
      const body = readBody(incoming.request, operation.body);
      return asAccount(desk, token.account, async (own) => {
        if (peopleTables(own).groups.size === 0) seedRep(own);
        const { id = '' } = incoming.path;
        const call = { desk: own, id, query, body, scopes: token.scopes, operation: operation.name };
        const run = (): object => operation.run(call);
        const made =
          needs === 'write' ? await alone(own, busy, keyOf(token.account), operation.name, run) : run();
        return { body: masked(made, query.one('fields')) };
      });
    },
    unknown: noPage,
    undecodable: () => new GoogleRefusal(400, 'Request contains an invalid argument.'),
  };
}

/**
 * Mutations of one user should come one after the other; Google promises failures for those that do not,
 * without saying which. Here the second one is refused, and noted.
 */
async function alone(
  desk: VendorDesk,
  busy: Set<string>,
  user: string,
  operation: string,
  run: () => object,
): Promise<object> {
  if (busy.has(user)) {
    const { overlaps } = peopleTables(desk);
    overlaps.put(String(overlaps.size), { operation, at: desk.clock().toISOString() });
    throw new GoogleRefusal(409, 'The operation was aborted: another mutation of this user is under way.');
  }
  busy.add(user);
  try {
    await pause(MUTATION_MS);
    return run();
  } finally {
    busy.delete(user);
  }
}

const QUOTAS = {
  read: ['critical_read_requests', 'CriticalReadsPerMinutePerProjectPerUser'],
  write: ['critical_write_requests', 'CriticalWritesPerMinutePerProjectPerUser'],
  fullSync: ['full_sync_requests', 'FullSyncRequestsPerMinutePerUser'],
} as const;

export function overQuota(kind: keyof typeof QUOTAS): GoogleRefusal {
  const [metric, limit] = QUOTAS[kind];
  const metadata = {
    service: 'people.googleapis.com',
    quota_metric: `people.googleapis.com/${metric}`,
    quota_limit: limit,
  };
  return new GoogleRefusal(
    429,
    `Quota exceeded for quota metric '${metric}' and limit '${limit}' of service 'people.googleapis.com'.`,
    {
      details: [errorInfo('RATE_LIMIT_EXCEEDED', 'people.googleapis.com', metadata)],
      reason: 'rateLimitExceeded',
    },
  );
}
