import { ACCESS_SCOPES, isAccessScope } from '../../core/access.ts';
import type { Sentence } from '../../core/sentence.ts';
import { accessesOf, endAccess } from '../../store/accesses.ts';
import type { Database } from '../../store/database.ts';
import type { Viewer } from '../services.ts';
import type { AccessServices } from './access-services.ts';

export interface StoredAccessParts {
  readonly database: Database;
  /** What an application that is registered here is called. */
  readonly applicationTitles: (id: string) => Sentence;
}

/** The services of accesses, over the store. */
export function storedAccessServices({ database, applicationTitles }: StoredAccessParts): AccessServices {
  /** Whose they may see: null: everybody's; undefined: nobody's. */
  const whose = ({ role, user }: Viewer): string | null | undefined => (role === 'admin' ? null : user?.id);
  return {
    async list(viewer) {
      const userId = whose(viewer);
      if (userId === undefined) return { accesses: [] };
      const rows = await accessesOf(database, viewer.organisationId, userId);
      return {
        accesses: rows.map((row) => ({
          id: row.id,
          application: { id: row.application, titles: applicationTitles(row.application) },
          person: { id: row.userId, name: row.userName },
          scopes: row.scopes.filter(isAccessScope).map((id) => ({ id, says: ACCESS_SCOPES[id] })),
          hooks: row.receivers,
          since: row.createdAt.toISOString(),
          usedAt: row.usedAt.toISOString(),
        })),
      };
    },
    async end(viewer, id) {
      const userId = whose(viewer);
      if (userId === undefined) return false;
      return database.transaction((sql) => endAccess(sql, viewer.organisationId, id, userId));
    },
  };
}
