import type { z } from 'zod';
import type { HandWish } from '../contract.ts';
import type { Handler } from '../handlers.ts';
import type { messageWish } from '../schemas/action.ts';
import type { ActionServices } from './action-services.ts';

type ActionRoute = 'listActions' | 'handRecord' | 'startIntegration' | 'postMessage' | 'findPeople';

/** What the routes do that are there for other applications. */
export function actionHandlersOf(actions: ActionServices): Record<ActionRoute, Handler> {
  return {
    listActions: ({ session }) => actions.offered(session.organisationId),
    handRecord: ({ session, params, body, onceBy }) =>
      actions.hand(session.organisationId, String(params.id), body as HandWish, onceBy),
    startIntegration: ({ session, params }) => actions.start(session.organisationId, String(params.id)),
    postMessage: ({ session, params, body, onceBy }) =>
      actions.post(
        session.organisationId,
        String(params.id),
        (body as z.output<typeof messageWish>).text,
        onceBy,
      ),
    findPeople: ({ session, query }) => actions.people(session.organisationId, String(query.email)),
  };
}
