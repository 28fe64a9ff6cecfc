import type { Database } from '../store/database.ts';
import { holdLock } from '../store/locks.ts';

// 'LIAI' and 'SETU' in ASCII. On a session of its own: the work in between uses the pool.
const SET_UP_LOCK = [0x4c494149, 0x53455455] as const;

/** Two servers that start together on an empty database must not both make the same schema, or connect the same accounts. */
export async function underSetUpLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const session = await database.dedicated();
  try {
    await holdLock(session, SET_UP_LOCK);
    return await work();
  } finally {
    await session.end();
  }
}
