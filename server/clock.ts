/**
 * The clock of the whole deployment is the database's: what is due, leased, expired or signed is judged by it
 * on every server alike, however wrong a server's own clock is, and whatever is done to it meanwhile.
 */
export interface DeploymentClock {
  /** Epoch milliseconds by the database's clock; by this machine's until it was measured once. */
  now(): number;
  /** Asks the database. What it answers too slowly to be exact changes nothing. */
  measure(): Promise<void>;
  /** How much this machine's clock is ahead of the database's, in milliseconds; null: not measured. */
  aheadMs(): number | null;
}

export interface ClockParts {
  /** The database's time, in epoch milliseconds. */
  readonly ask: () => Promise<number>;
  /** Counts on evenly whatever is done to the machine's clock. */
  readonly monotonic?: () => number;
  readonly wall?: () => number;
}

const LOOKS = 3;
/** An answer that took longer may be off by half of it. */
const SLOWEST_MS = 2_000;

export function deploymentClock({
  ask,
  monotonic = () => performance.now(),
  wall = Date.now,
}: ClockParts): DeploymentClock {
  /** The database's time at the moment that `monotonic` began to count. */
  let origin: number | null = null;
  const now = (): number => (origin === null ? wall() : Math.round(origin + monotonic()));

  return {
    now,
    async measure() {
      let best = { tookMs: origin === null ? Number.POSITIVE_INFINITY : SLOWEST_MS, origin };
      for (let look = 0; look < LOOKS; look += 1) {
        const began = monotonic();
        const told = await ask();
        const ended = monotonic();
        const tookMs = ended - began;
        if (tookMs < best.tookMs) best = { tookMs, origin: told - (began + ended) / 2 };
      }
      origin = best.origin;
    },
    aheadMs: () => (origin === null ? null : wall() - now()),
  };
}
