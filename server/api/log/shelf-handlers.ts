import type { z } from 'zod';
import { demandOwn } from '../demand-own.ts';
import type { FindHidden, Handler } from '../handlers.ts';
import { openShelf } from '../hidden.ts';
import type { IntegrationServices } from '../integrations/integration-services.ts';
import type { shelfWish } from '../schemas/shelf.ts';
import type { ShelfServices } from './shelf-services.ts';

/** What the routes about the shelf do. */
export function shelfHandlersOf(
  shelf: ShelfServices,
  hiddenFrom: FindHidden,
  integrations: Pick<IntegrationServices, 'access'>,
): Record<'getShelf' | 'retryShelf', Handler> {
  return {
    getShelf: async ({ session }) =>
      openShelf(await shelf.get(session.organisationId), await hiddenFrom(session)),
    async retryShelf({ session, body }) {
      const { integration } = body as z.output<typeof shelfWish>;
      await demandOwn(integrations, session, integration);
      return shelf.retry(session.organisationId, integration);
    },
  };
}
