import type { z } from 'zod';
import type { DispatchesQuery, FactsQuery, ReceiverChange, ReceiverWish } from '../contract.ts';
import type { Handler } from '../handlers.ts';
import type { RouteName } from '../paths.ts';
import type { resendWish } from '../schemas/receiver.ts';
import type { ReceiverServices } from './receiver-services.ts';

/** The routes about webhooks out. */
export type ReceiverRoute = Extract<RouteName, `${string}Receiver${string}`> | 'listFacts';

const text = (value: unknown): string => String(value);

/** What each route about webhooks out does. */
export function receiverHandlersOf(receivers: ReceiverServices): Record<ReceiverRoute, Handler> {
  return {
    listFacts: ({ session, params, query }) =>
      receivers.facts(session.organisationId, text(params.fact), query as FactsQuery),
    listReceivers: ({ session }) => receivers.list(session.organisationId),
    getReceiver: ({ session, params }) =>
      receivers.get(session.organisationId, text(params.receiver), session.access?.id),
    makeReceiver: ({ session, body }) =>
      receivers.make(session.organisationId, body as ReceiverWish, session.access?.id),
    setReceiver: ({ session, params, body }) =>
      receivers.change(session.organisationId, text(params.receiver), body as ReceiverChange),
    async deleteReceiver({ session, params }) {
      return (await receivers.remove(session.organisationId, text(params.receiver), session.access?.id))
        ? { deleted: true }
        : null;
    },
    rotateReceiverSecret: ({ session, params }) =>
      receivers.rotate(session.organisationId, text(params.receiver)),
    testReceiver: ({ session, params }) => receivers.test(session.organisationId, text(params.receiver)),
    listReceiverDispatches: ({ session, params, query }) =>
      receivers.log(
        session.organisationId,
        text(params.receiver),
        query as DispatchesQuery,
        session.access?.id,
      ),
    resendReceiverDispatch: ({ session, params }) =>
      receivers.again(session.organisationId, text(params.receiver), text(params.dispatch)),
    async resendReceiverFailed({ session, params, body }) {
      const { since } = body as z.output<typeof resendWish>;
      const count = await receivers.allAgain(session.organisationId, text(params.receiver), since);
      return count === null ? null : { count };
    },
  };
}
