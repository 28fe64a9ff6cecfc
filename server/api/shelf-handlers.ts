import type { z } from 'zod';
import type { Handler } from './handlers.ts';
import type { shelfWish } from './schemas/shelf.ts';
import type { ShelfServices } from './shelf-services.ts';

/** What the routes about the shelf do. */
export function shelfHandlersOf(shelf: ShelfServices): Record<'getShelf' | 'retryShelf', Handler> {
  return {
    getShelf: ({ session }) => shelf.get(session.organisationId),
    retryShelf: ({ session, body }) =>
      shelf.retry(session.organisationId, (body as z.output<typeof shelfWish>).integration),
  };
}
