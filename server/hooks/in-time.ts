import { noteDatabaseFailure } from '../store/database-failure.ts';

/** The database did not answer in time. */
export class Late extends Error {
  override readonly name = 'Late';
}

/** Waits for the database for no longer than `withinMs`. What comes later is left to itself. @throws Late. */
export async function inTime<T>(awaited: Promise<T>, withinMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(noteDatabaseFailure(new Late(`no answer within ${withinMs} ms`))),
    withinMs,
  );
  try {
    return await Promise.race([awaited, late]);
  } finally {
    clearTimeout(timer);
  }
}
