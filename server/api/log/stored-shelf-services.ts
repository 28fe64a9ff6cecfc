import type { Automation } from '../../core/flow.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import type { Database } from '../../store/database.ts';
import { integrationById } from '../../store/integrations.ts';
import { type SetAside, shelvedRunsOf } from '../../store/run-log.ts';
import { shelvedRecordsOf } from '../../store/sync-views.ts';
import type { Shelf } from '../contract.ts';
import type { SyncServices } from '../syncs/sync-services.ts';
import { failureOf } from './run-view.ts';
import type { ShelfServices } from './shelf-services.ts';

export interface StoredShelfParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly offeredSyncs: ReadonlyMap<string, SyncFlow>;
  readonly syncs: Pick<SyncServices, 'retryShelf'>;
  /** Takes the shelved runs of one integration up again, or all of them. @returns how many. */
  readonly replay: (organisationId: string, integration: string | undefined) => Promise<number>;
}

type ShelfPart = Shelf['integrations'][number];

/** One shelf over what automations and syncs set aside. */
export function storedShelfServices(parts: StoredShelfParts): ShelfServices {
  const { database, flows, offeredSyncs } = parts;

  const partsOf = (
    of: ShelfPart['of'],
    titles: ReadonlyMap<string, { readonly titles: Sentence }>,
    rows: readonly SetAside[],
  ): ShelfPart[] =>
    [...Map.groupBy(rows, ({ integration }) => integration)].map(([id, causes]) => ({
      id,
      titles: integrationTitle(causes[0] ?? { flow: id, name: null }, titles),
      of,
      count: causes.reduce((sum, { count }) => sum + count, 0),
      causes: causes.map(({ error, count, reasons, since }) => ({
        failure: failureOf(error),
        count,
        reasons,
        since: since?.toISOString() ?? null,
      })),
    }));

  async function get(organisationId: string): Promise<Shelf> {
    const [runs, records] = await Promise.all([
      shelvedRunsOf(database, organisationId),
      shelvedRecordsOf(database, organisationId),
    ]);
    const all = [...partsOf('runs', flows, runs), ...partsOf('records', offeredSyncs, records)];
    return { total: all.reduce((sum, { count }) => sum + count, 0), integrations: all };
  }

  return {
    get,
    async retry(organisationId, wanted) {
      const known = wanted === undefined ? null : await integrationById(database, organisationId, wanted);
      if (wanted !== undefined && known === null) return null;
      const { integrations: shelved } = await get(organisationId);
      const syncs = shelved.filter(({ of, id }) => of === 'records' && (wanted ?? id) === id);
      for (const { id } of syncs) await parts.syncs.retryShelf(organisationId, id);
      const isSync = known !== null && offeredSyncs.has(known.flow);
      return {
        runs: isSync ? 0 : await parts.replay(organisationId, wanted),
        records: syncs.reduce((sum, { count }) => sum + count, 0),
      };
    },
  };
}
