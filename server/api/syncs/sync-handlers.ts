import type { z } from 'zod';
import type { Side } from '../../core/sync/mapping.ts';
import type { SyncPreviewQuery, SyncRecordsQuery } from '../contract.ts';
import type { Handler } from '../handlers.ts';
import type { RouteName } from '../paths.ts';
import type {
  decision,
  decisionForAll,
  handLink,
  inclusion,
  newFieldsWish,
  resumeWish,
} from '../schemas/sync.ts';
import type { SyncServices } from './sync-services.ts';

/** The routes about syncs. */
export type SyncRoute = Extract<RouteName, `${string}Sync${string}`>;

const text = (value: unknown): string => String(value);

/** What each route about syncs does. */
export function syncHandlersOf(syncs: SyncServices): Record<SyncRoute, Handler> {
  return {
    listSyncFields: ({ session, params, query }) =>
      syncs.fields(session.organisationId, text(params.id), query.options as string | undefined),
    makeSyncFields({ session, params, body }) {
      const { side, holding } = body as z.output<typeof newFieldsWish>;
      return syncs.makeFields(session.organisationId, text(params.id), side, holding);
    },
    getSyncPreview: ({ session, params }) => syncs.preview(session.organisationId, text(params.id)),
    listSyncPreviewRecords: ({ session, params, query }) =>
      syncs.previewRecords(session.organisationId, text(params.id), query as SyncPreviewQuery),
    previewSync: ({ session, params }) => syncs.startPreview(session.organisationId, text(params.id)),
    applySync: ({ session, params }) => syncs.apply(session.organisationId, text(params.id)),
    stopSync: ({ session, params }) => syncs.stop(session.organisationId, text(params.id)),
    resumeSync: ({ session, params, body }) =>
      syncs.resume(session.organisationId, text(params.id), (body as z.output<typeof resumeWish>).deletes),
    listSyncRecords: ({ session, params, query }) =>
      syncs.records(session.organisationId, text(params.id), query as SyncRecordsQuery),
    retrySyncShelf: ({ session, params }) => syncs.retryShelf(session.organisationId, text(params.id)),
    retrySyncRecord: ({ session, params }) =>
      syncs.retryRecord(session.organisationId, text(params.id), params.side as Side, text(params.record)),
    includeSyncRecord: ({ session, params }) =>
      syncs.includeRecord(session.organisationId, text(params.id), params.side as Side, text(params.record)),
    includeSyncRecords: ({ session, params, body }) =>
      syncs.includeAll(
        session.organisationId,
        text(params.id),
        (body as z.output<typeof inclusion>).reason ?? null,
      ),
    decideAllSyncConflicts: ({ session, params, body }) =>
      syncs.decideAll(
        session.organisationId,
        text(params.id),
        (body as z.output<typeof decisionForAll>).winner,
      ),
    linkSyncRecords: ({ session, params, body }) =>
      syncs.linkByHand(session.organisationId, text(params.id), body as z.output<typeof handLink>),
    getSyncLink: ({ session, params }) =>
      syncs.link(session.organisationId, text(params.id), text(params.link)),
    decideSyncConflict: ({ session, params, body }) =>
      syncs.decide(
        session.organisationId,
        text(params.id),
        text(params.link),
        (body as z.output<typeof decision>).choices,
      ),
    listSyncPasses: ({ session, params }) => syncs.passes(session.organisationId, text(params.id)),
    previewSyncUndo: ({ session, params }) =>
      syncs.previewUndo(session.organisationId, text(params.id), text(params.pass)),
    undoSyncPass: ({ session, params }) =>
      syncs.undo(session.organisationId, text(params.id), text(params.pass)),
  };
}
