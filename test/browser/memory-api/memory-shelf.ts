import type { Shelf } from '../../../server/api/contract.ts';
import type { ShelfServices } from '../../../server/api/log/shelf-services.ts';
import type { ApiServices, StoredRun } from '../../../server/api/services.ts';

/** The shelf over runs and syncs in memory. */
export function memoryShelf(services: Pick<ApiServices, 'listRuns' | 'replayMany' | 'syncs'>): ShelfServices {
  async function get(organisationId: string): Promise<Shelf> {
    const { runs } = await services.listRuns(organisationId, { state: 'shelved', limit: 200 }, new Set());
    const groups = Map.groupBy(runs, ({ integration }) => integration.id);
    const ofRuns = [...groups.values()].map((group) => {
      const [{ integration, error, createdAt }] = group as [StoredRun, ...StoredRun[]];
      const reasons = new Set(group.map((run) => run.error?.sentence.en)).size;
      const causes = [{ failure: error, count: group.length, reasons, since: createdAt }];
      return { ...integration, of: 'runs' as const, count: group.length, causes };
    });
    const failing = (await services.syncs.list(organisationId)).filter(({ counts }) => counts.failing > 0);
    const ofRecords = failing.map(({ id, titles, counts }) => ({
      id,
      titles,
      of: 'records' as const,
      count: counts.failing,
      causes: [{ failure: null, count: counts.failing, reasons: 1, since: null }],
    }));
    const integrations = [...ofRuns, ...ofRecords];
    return { integrations, total: integrations.reduce((sum, { count }) => sum + count, 0) };
  }
  return {
    get,
    async retry(organisationId, wanted) {
      const before = await get(organisationId);
      const syncs = before.integrations.filter(({ of, id }) => of === 'records' && (wanted ?? id) === id);
      for (const { id } of syncs) await services.syncs.retryShelf(organisationId, id);
      const isSync = wanted !== undefined && syncs.length > 0;
      return {
        runs: isSync ? 0 : await services.replayMany(organisationId, { integration: wanted }),
        records: syncs.reduce((sum, { count }) => sum + count, 0),
      };
    },
  };
}
