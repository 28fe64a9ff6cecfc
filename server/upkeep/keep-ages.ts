import { keepAges } from '../store/ages.ts';
import type { Database } from '../store/database.ts';

const EVERY_MS = 3_600_000;

/** Once an hour, whatever the round: what was sent and answered goes when its age is over. @param now epoch milliseconds. */
export function ages(database: Database, now: () => number): () => Promise<void> {
  let doneAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (now() - doneAt < EVERY_MS) return;
    await keepAges(database, new Date(now()));
    doneAt = now();
  };
}
