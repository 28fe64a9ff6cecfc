import type { VendorDesk } from './simulator.ts';

export interface Rate {
  readonly perSecond: number;
  /** How many may come at once after a pause. */
  readonly burst: number;
}

/** So many a minute, all of them at once if need be. */
export const perMinute = (calls: number): Rate => ({ perSecond: calls / 60, burst: calls });

/** A bucket of tokens per name. Held in memory: a restart forgives. */
export interface RateLimit {
  /** Takes a token. Answers 0 when there was one, else the whole seconds until there will be. */
  take(name: string): number;
}

/** @param rate of the vendor; a fault of the desk (`requestsPerMinute`) stands in its place while it is set. */
export function rateLimit(desk: VendorDesk, rate: Rate): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(name) {
      const { perSecond, burst } = asked(desk) ?? stretched(rate, desk.limitFactor);
      const at = desk.clock().getTime();
      const bucket = buckets.get(name) ?? { tokens: burst, at };
      const refill = (Math.max(0, at - bucket.at) / 1000) * perSecond;
      const tokens = Math.min(burst, bucket.tokens + refill);
      const granted = tokens >= 1;
      buckets.set(name, { tokens: granted ? tokens - 1 : tokens, at });
      return granted ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));
    },
  };
}

const stretched = ({ perSecond, burst }: Rate, by: number): Rate => ({
  perSecond: perSecond * by,
  burst: burst * by,
});

function asked(desk: VendorDesk): Rate | undefined {
  const perMinute = desk.requestsPerMinute();
  if (perMinute === undefined) return undefined;
  return { perSecond: perMinute / 60, burst: Math.max(1, Math.ceil(perMinute / 60)) };
}
