import { createTestDatabase } from '../postgres/test-database.ts';
import { newPlace, type Place } from './liaison-process.ts';

/** A place whose database is one of the suite's PostgreSQL: it starts sooner than with one of its own. */
export interface ServedPlace extends Place {
  readonly connectionString: string;
}

export async function newServedPlace(environment: Record<string, string> = {}): Promise<ServedPlace> {
  const { connectionString, drop } = await createTestDatabase();
  const place = await newPlace({ DATABASE_URL: connectionString, ...environment });
  return { ...place, connectionString, drop };
}
