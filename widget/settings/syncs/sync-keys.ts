/** Under which names answers about syncs are held. */
export const SYNC_KEYS = {
  /** All that may be another after something of a sync changed. */
  changing: ['syncs'] as const,
  list: ['syncs', 'list'] as const,
  alerts: ['syncs', 'alerts'] as const,
  one: (id: string) => ['syncs', 'one', id] as const,
  preview: (id: string) => ['syncs', 'preview', id] as const,
  previewRecords: (id: string, filter: object) => ['syncs', 'preview-records', id, filter] as const,
  records: (id: string, filter: object) => ['syncs', 'records', id, filter] as const,
  link: (id: string, link: string) => ['syncs', 'link', id, link] as const,
  passes: (id: string) => ['syncs', 'passes', id] as const,
  /** What vendors offer does not change with a sync. */
  allFields: (id: string) => ['sync-fields', id] as const,
  fields: (id: string, options: string) => ['sync-fields', id, options] as const,
};
