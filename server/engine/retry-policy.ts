import type { LiaisonError } from '../core/errors.ts';

export type Verdict =
  /** Set aside until a person acts. */
  { readonly kind: 'shelve' } | { readonly kind: 'retry'; readonly at: number; readonly attempt: number };

interface Patience {
  /** Failed attempts after which the run is shelved. */
  readonly attempts: number;
  readonly firstMs: number;
  readonly longestMs: number;
}

const HOUR = 3_600_000;

/**
 * How long each kind of failure is tried again. Vendors' outages last minutes to hours, so the last tries
 * lie hours apart; what nobody recognises gets fewer; a connection that waits for an admin, or a limit
 * that the vendor itself dates, is never the record's fault and does not send it to the shelf.
 */
const PATIENCE: Record<
  'retry-later' | 'conflict' | 'unknown' | 'cursor-lost' | 'rate-limited' | 'reconnect',
  Patience
> = {
  'retry-later': { attempts: 16, firstMs: 1_000, longestMs: 2 * HOUR },
  conflict: { attempts: 8, firstMs: 500, longestMs: HOUR },
  unknown: { attempts: 6, firstMs: 2_000, longestMs: HOUR },
  'cursor-lost': { attempts: 4, firstMs: 1_000, longestMs: HOUR },
  'rate-limited': { attempts: Number.POSITIVE_INFINITY, firstMs: 2_000, longestMs: HOUR },
  reconnect: { attempts: Number.POSITIVE_INFINITY, firstMs: 60_000, longestMs: HOUR },
};

/** Where the vendor names a time, our own patience adds no more than this to it, however often it did. */
const TOLD_LONGEST_MS = 60_000;

/**
 * What to do with a run whose attempt failed.
 *
 * @param attempt failed attempts before this one.
 * @param now epoch milliseconds.
 * @param random in [0, 1): spreads retries over the second half of their pause, so that what failed
 *   together does not come back together.
 */
export function judge(error: LiaisonError, attempt: number, now: number, random: () => number): Verdict {
  if (error.kind === 'rejected' || error.kind === 'gone') return { kind: 'shelve' };
  const { againInMs } = error.details;
  if (againInMs !== undefined) return { kind: 'retry', at: now + againInMs * (1 + random() / 10), attempt };
  const patience = PATIENCE[error.kind];
  const failed = attempt + 1;
  if (failed >= patience.attempts) return { kind: 'shelve' };
  const longestMs = error.details.retryAt === undefined ? patience.longestMs : TOLD_LONGEST_MS;
  const pause = Math.min(longestMs, patience.firstMs * 2 ** Math.min(attempt, 20));
  const own = now + pause / 2 + (pause / 2) * random();
  // What the vendor says counts, with a little spread so that nobody is first at the door.
  const told = error.details.retryAt === undefined ? 0 : error.details.retryAt + 250 * random();
  return { kind: 'retry', at: Math.max(own, told), attempt: failed };
}
