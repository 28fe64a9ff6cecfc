import type { Automation } from '../core/flow.ts';
import type { Sync } from '../core/sync-flow.ts';
import type { Database } from '../store/database.ts';
import { type SetAside, shelvedRunsOf } from '../store/run-log.ts';
import { shelvedRecordsOf } from '../store/sync-views.ts';
import type { Shelf } from './contract.ts';
import { failureOf } from './run-view.ts';
import type { ShelfServices } from './shelf-services.ts';
import type { SyncServices } from './sync-services.ts';

export interface StoredShelfParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly offeredSyncs: ReadonlyMap<string, Sync>;
  readonly syncs: Pick<SyncServices, 'retryShelf'>;
  /** Takes the shelved runs of one flow up again, or all of them. @returns how many. */
  readonly replay: (organisationId: string, flow: string | undefined) => Promise<number>;
}

type ShelfFlow = Shelf['flows'][number];

/** One shelf over what automations and syncs set aside. */
export function storedShelfServices(parts: StoredShelfParts): ShelfServices {
  const { database, flows, offeredSyncs } = parts;

  const flowsOf = (
    of: ShelfFlow['of'],
    titles: ReadonlyMap<string, Pick<ShelfFlow, 'titles'>>,
    rows: readonly SetAside[],
  ): ShelfFlow[] =>
    [...Map.groupBy(rows, ({ flow }) => flow)].map(([id, causes]) => ({
      id,
      titles: titles.get(id)?.titles ?? { en: id, fr: id },
      of,
      count: causes.reduce((sum, { count }) => sum + count, 0),
      causes: causes.map(({ error, count, since }) => ({
        failure: failureOf(error),
        count,
        since: since?.toISOString() ?? null,
      })),
    }));

  async function get(organisationId: string): Promise<Shelf> {
    const [runs, records] = await Promise.all([
      shelvedRunsOf(database, organisationId),
      shelvedRecordsOf(database, organisationId),
    ]);
    const all = [...flowsOf('runs', flows, runs), ...flowsOf('records', offeredSyncs, records)];
    return { total: all.reduce((sum, { count }) => sum + count, 0), flows: all };
  }

  return {
    get,
    async retry(organisationId, wanted) {
      if (wanted !== undefined && !flows.has(wanted) && !offeredSyncs.has(wanted)) return null;
      const { flows: shelved } = await get(organisationId);
      const syncs = shelved.filter(
        ({ of, id }) => of === 'records' && offeredSyncs.has(id) && (wanted ?? id) === id,
      );
      for (const { id } of syncs) await parts.syncs.retryShelf(organisationId, id);
      const isSync = wanted !== undefined && offeredSyncs.has(wanted);
      return {
        runs: isSync ? 0 : await parts.replay(organisationId, wanted),
        records: syncs.reduce((sum, { count }) => sum + count, 0),
      };
    },
  };
}
