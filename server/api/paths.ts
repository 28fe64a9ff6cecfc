/**
 * Where each route stands, apart from its shapes, so that the widget can call the API by name without
 * loading the validation library. `:x` is a parameter. Everything is below `/api/v1`.
 */
export const BASE_PATH = '/api/v1';

export const PATHS = {
  openSession: { method: 'POST', path: '/session' },
  renewSession: { method: 'POST', path: '/session/renew' },
  closeSession: { method: 'DELETE', path: '/session' },
  me: { method: 'GET', path: '/me' },
  listRuns: { method: 'GET', path: '/runs' },
  countRuns: { method: 'GET', path: '/runs/counts' },
  replayMany: { method: 'POST', path: '/runs/replay' },
  getRun: { method: 'GET', path: '/runs/:id' },
  replayRun: { method: 'POST', path: '/runs/:id/replay' },
  listFlows: { method: 'GET', path: '/flows' },
  setFlow: { method: 'PATCH', path: '/flows/:id' },
  listDocuments: { method: 'GET', path: '/documents' },
  listConnections: { method: 'GET', path: '/connections' },
  setKey: { method: 'POST', path: '/connections/:connector/key' },
  disconnect: { method: 'POST', path: '/connections/:connector/disconnect' },
  listSyncs: { method: 'GET', path: '/syncs' },
  getSync: { method: 'GET', path: '/syncs/:id' },
  setSync: { method: 'PATCH', path: '/syncs/:id' },
  listSyncFields: { method: 'GET', path: '/syncs/:id/fields' },
  makeSyncFields: { method: 'POST', path: '/syncs/:id/fields' },
  getSyncPreview: { method: 'GET', path: '/syncs/:id/preview' },
  previewSync: { method: 'POST', path: '/syncs/:id/preview' },
  applySync: { method: 'POST', path: '/syncs/:id/apply' },
  stopSync: { method: 'POST', path: '/syncs/:id/stop' },
  resumeSync: { method: 'POST', path: '/syncs/:id/resume' },
  listSyncRecords: { method: 'GET', path: '/syncs/:id/records' },
  retrySyncShelf: { method: 'POST', path: '/syncs/:id/shelf/retry' },
  retrySyncRecord: { method: 'POST', path: '/syncs/:id/records/:side/:record/retry' },
  includeSyncRecord: { method: 'POST', path: '/syncs/:id/records/:side/:record/include' },
  decideAllSyncConflicts: { method: 'POST', path: '/syncs/:id/conflicts' },
  linkSyncRecords: { method: 'POST', path: '/syncs/:id/links' },
  getSyncLink: { method: 'GET', path: '/syncs/:id/links/:link' },
  decideSyncConflict: { method: 'POST', path: '/syncs/:id/links/:link/decide' },
  listSyncPasses: { method: 'GET', path: '/syncs/:id/passes' },
  previewSyncUndo: { method: 'POST', path: '/syncs/:id/passes/:pass/undo/preview' },
  undoSyncPass: { method: 'POST', path: '/syncs/:id/passes/:pass/undo' },
  getRecord: { method: 'GET', path: '/records/:module/:id' },
  getRecordActivity: { method: 'GET', path: '/records/:module/:id/activity' },
  syncRecord: { method: 'POST', path: '/records/:module/:id/sync' },
  getRecordCard: { method: 'GET', path: '/records/:module/:id/cards/:connector' },
  actOnRecord: { method: 'POST', path: '/records/:module/:id/cards/:connector/actions/:action' },
  listAlerts: { method: 'GET', path: '/alerts' },
  live: { method: 'GET', path: '/live' },
  openapi: { method: 'GET', path: '/openapi.json' },
} as const;

export type RouteName = keyof typeof PATHS;
