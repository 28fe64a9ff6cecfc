import type { VendorDesk } from '../core/simulator.ts';

/**
 * So many calls in a minute (or in another time), counted from the first of them; one more locks the caller out for a while, as
 * Zoho's products do. Held in memory: a restart forgives. A fault of the desk (`requestsPerMinute`) stands in
 * the place of the number while it is set.
 */
export interface LockingLimit {
  /** Counts a call. Answers 0 when it is let in, else the whole seconds until the lock ends. */
  take(name: string): number;
}

export function lockingLimit(
  desk: VendorDesk,
  {
    perMinute,
    lockMinutes,
    calls: most = perMinute,
    minutes = 1,
  }: {
    readonly lockMinutes: number;
    /** Instead of `perMinute`, in so many minutes. */
    readonly minutes?: number;
  } & (
    | { readonly perMinute: number; readonly calls?: undefined }
    | { readonly perMinute?: undefined; readonly calls: number }
  ),
): LockingLimit {
  const held = new Map<string, { from: number; calls: number; lockedUntil: number }>();
  return {
    take(name) {
      const now = desk.clock().getTime();
      const known = held.get(name) ?? { from: now, calls: 0, lockedUntil: 0 };
      if (known.lockedUntil > now) return Math.ceil((known.lockedUntil - now) / 1000);
      const window = now - known.from >= minutes * 60_000 ? { from: now, calls: 0 } : known;
      const calls = window.calls + 1;
      const over = calls > (desk.requestsPerMinute() ?? (most ?? 0) * desk.limitFactor);
      const lockedUntil = over ? now + lockMinutes * 60_000 : 0;
      held.set(name, { from: window.from, calls, lockedUntil });
      return over ? lockMinutes * 60 : 0;
    },
  };
}
