import type { Lane, Shares } from '../store/queue.ts';

interface Held extends Lane {
  readonly since: number;
}

/** A run that takes longer waits for a vendor: it costs nothing here meanwhile. */
const SLOW_AFTER_MS = 1_000;
/** Runs in hand altogether, slow ones included, for each hand; beyond it each lane has one. */
const ROOM_PER_HAND = 16;
/** Of the hands, for one lane's busy runs: some are free for the others. */
const MOST_OF_HANDS = 0.75;
const LANES_OF_FREE_HANDS = 4;
const LANE_PART_OF_ROOM = 8;
const ORGANISATION_PART_OF_ROOM = 4;

/**
 * What a process has in hand, and what it may take beside it. Runs that wait for a vendor do not count as busy,
 * up to a bound far above. A lane's and an organisation's share shrink with what is left, so that however many of
 * them hang or flood, something is left for the next.
 *
 * @param width busy runs at once.
 * @param now milliseconds, from any start.
 */
export function hands(width: number, now: () => number) {
  const room = width * ROOM_PER_HAND;
  /** Oldest first. */
  let held = new Map<string, Held>();

  function slowOnes(): number {
    const slowSince = now() - SLOW_AFTER_MS;
    let slow = 0;
    for (const { since } of held.values()) {
      if (since > slowSince) break;
      slow += 1;
    }
    return slow;
  }

  function counts(): Shares['held'] {
    const lanes = new Map<string, Lane & { count: number }>();
    for (const { organisationId, integration } of held.values()) {
      const key = `${organisationId} ${integration}`;
      const lane = lanes.get(key);
      if (lane === undefined) lanes.set(key, { organisationId, integration, count: 1 });
      else lane.count += 1;
    }
    return [...lanes.values()];
  }

  return {
    hold(run: Lane & { readonly id: string }): void {
      const { organisationId, integration } = run;
      // A run that is in hand anew is the youngest.
      held.delete(run.id);
      held.set(run.id, { organisationId, integration, since: now() });
    },
    letGo(id: string): void {
      held.delete(id);
    },
    drop(): void {
      held = new Map();
    },
    get size(): number {
      return held.size;
    },
    ids: () => new Set(held.keys()),
    /** What may be taken now; null: nothing, or so little that a batch of it is not worth its cost. */
    shares(): Shares | null {
      const slow = slowOnes();
      const free = width - (held.size - slow);
      const left = room - held.size;
      if (free < Math.max(1, Math.min(width / 2, 8)) && held.size > 0) return null;
      const least = (...bounds: number[]): number => Math.max(1, Math.floor(Math.min(...bounds)));
      return {
        count: free,
        lane: least(
          width,
          width * MOST_OF_HANDS + slow,
          free * LANES_OF_FREE_HANDS,
          left / LANE_PART_OF_ROOM,
        ),
        organisation: least(width * 2, left / ORGANISATION_PART_OF_ROOM),
        held: counts(),
      };
    },
  };
}
