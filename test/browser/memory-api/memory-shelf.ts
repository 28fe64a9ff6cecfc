import type { RunDetail, Shelf } from '../../../server/api/contract.ts';
import type { ApiServices } from '../../../server/api/services.ts';
import type { ShelfServices } from '../../../server/api/shelf-services.ts';

/** The shelf over runs and syncs in memory. */
export function memoryShelf(services: Pick<ApiServices, 'listRuns' | 'replayMany' | 'syncs'>): ShelfServices {
  async function get(organisationId: string): Promise<Shelf> {
    const { runs } = await services.listRuns(organisationId, { state: 'shelved', limit: 200 });
    const byFlow = Map.groupBy(runs, ({ flow }) => flow.id);
    const ofRuns = [...byFlow.values()].map((group) => {
      const [{ flow, error, createdAt }] = group as [RunDetail, ...RunDetail[]];
      const causes = [{ failure: error, count: group.length, since: createdAt }];
      return { ...flow, of: 'runs' as const, count: group.length, causes };
    });
    const failing = (await services.syncs.list(organisationId)).filter(({ counts }) => counts.failing > 0);
    const ofRecords = failing.map(({ id, titles, counts }) => ({
      id,
      titles,
      of: 'records' as const,
      count: counts.failing,
      causes: [{ failure: null, count: counts.failing, since: null }],
    }));
    const flows = [...ofRuns, ...ofRecords];
    return { flows, total: flows.reduce((sum, { count }) => sum + count, 0) };
  }
  return {
    get,
    async retry(organisationId, flow) {
      const before = await get(organisationId);
      const syncs = before.flows.filter(({ of, id }) => of === 'records' && (flow ?? id) === id);
      for (const { id } of syncs) await services.syncs.retryShelf(organisationId, id);
      const isSync = flow !== undefined && syncs.length > 0;
      return {
        runs: isSync ? 0 : await services.replayMany(organisationId, { flow }),
        records: syncs.reduce((sum, { count }) => sum + count, 0),
      };
    },
  };
}
