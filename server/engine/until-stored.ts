import { passingFailure } from '../store/database-failure.ts';
import type { Timing } from './ports.ts';
import type { StoreTrouble } from './store-trouble.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

export interface UntilStoredParts {
  readonly timing: Timing;
  readonly trouble: StoreTrouble;
}

/**
 * Stores what must not be lost: what the database refuses for now is stored again, until it takes it. What it
 * would refuse for ever is thrown.
 *
 * @param signal aborted when it is no longer ours to store, or the process ends: the failure is thrown then.
 */
export async function untilStored<T>(
  { timing, trouble }: UntilStoredParts,
  store: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (
    let pauseMs = FIRST_PAUSE_MS, tries = 0;
    ;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS), tries += 1
  ) {
    try {
      const result = await store();
      if (tries > 0) trouble.stored();
      return result;
    } catch (error) {
      if (signal.aborted || passingFailure(error) === undefined) throw error;
      trouble.refused(error);
      // Spread, so that what was refused together gathers into few commits, but not all of it in one.
      await timing.pause(pauseMs / 2 + (pauseMs / 2) * timing.random(), signal);
      if (signal.aborted) throw error;
    }
  }
}
