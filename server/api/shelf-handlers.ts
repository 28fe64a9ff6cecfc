import type { z } from 'zod';
import type { FindHidden, Handler } from './handlers.ts';
import { openShelf } from './hidden.ts';
import type { shelfWish } from './schemas/shelf.ts';
import type { ShelfServices } from './shelf-services.ts';

/** What the routes about the shelf do. */
export function shelfHandlersOf(
  shelf: ShelfServices,
  hiddenFrom: FindHidden,
): Record<'getShelf' | 'retryShelf', Handler> {
  return {
    getShelf: async ({ session }) =>
      openShelf(await shelf.get(session.organisationId), await hiddenFrom(session)),
    retryShelf: ({ session, body }) =>
      shelf.retry(session.organisationId, (body as z.output<typeof shelfWish>).integration),
  };
}
