import type { FindHidden, Handler } from '../handlers.ts';
import type { RouteName } from '../paths.ts';
import type { RecordAddress, RecordServices } from './record-services.ts';

export type RecordRoute = Extract<
  RouteName,
  'getRecord' | 'getRecordCard' | 'actOnRecord' | 'getRecordActivity' | 'syncRecord' | 'getRecordWhy'
>;

/** What the routes of records do. */
export function recordHandlersOf(
  records: RecordServices,
  hiddenFrom: FindHidden,
): Record<RecordRoute, Handler> {
  return {
    getRecord: ({ session, params, query }) =>
      records.page(session.organisationId, addressIn(params), query.fresh === 'true'),
    getRecordCard: ({ session, params }) =>
      records.card(session.organisationId, addressIn(params), String(params.connector)),
    actOnRecord: ({ session, params }) =>
      records.act(
        session.organisationId,
        addressIn(params),
        String(params.connector),
        String(params.action),
        session.user?.name ?? null,
      ),
    getRecordActivity: async ({ session, params }) =>
      records.activity(session.organisationId, addressIn(params), await hiddenFrom(session)),
    getRecordWhy: async ({ session, params }) =>
      records.why(session, addressIn(params), await hiddenFrom(session)),
    syncRecord: ({ session, params }) => records.sync(session.organisationId, addressIn(params)),
  };
}

const addressIn = ({ module, id }: Record<string, unknown>): RecordAddress => ({
  module: String(module),
  id: String(id),
});
