import type { SyncServices } from '../../../server/api/syncs/sync-services.ts';

const none = async () => null;

/** An organisation for which no sync is installed. */
export const noSyncs: SyncServices = {
  list: async () => [],
  get: none,
  set: none,
  fields: none,
  checkFilter: none,
  keepFilter: async () => {},
  filterFields: none,
  countFiltered: none,
  countFilteredOfFlow: none,
  makeFields: none,
  preview: none,
  previewRecords: none,
  startPreview: none,
  apply: none,
  stop: none,
  resume: none,
  records: none,
  retryShelf: none,
  retryRecord: none,
  includeRecord: none,
  includeAll: async () => null,
  decideAll: none,
  linkByHand: none,
  link: none,
  decide: none,
  passes: none,
  previewUndo: none,
  undo: none,
  live: () => () => {},
};
