import type { Connector } from '../../core/connector.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import { listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { isBoundTo } from '../../store/integrations.ts';
import { type SyncStanding, standingsOf } from '../../store/record-history.ts';
import { type SyncPhase, type SyncRow, syncOf } from '../../store/syncs.ts';
import type { RecordActivity } from '../contract.ts';
import { recordsOf, type SyncedAs } from './record-sources.ts';
import type { VendorLinks } from './vendor-links.ts';

type Standing = RecordActivity['syncs'][number];

/** Phases in which a sync has read records at most, and keeps none of them equal. */
const NOT_BEGUN: ReadonlySet<SyncPhase> = new Set(['new', 'previewing', 'previewed']);

/**
 * How records stand in the syncs that could hold them. A sync that has not begun is told of as `off`, where
 * the other side is connected: whether a record is in sync is then known, and the answer is no.
 */
export async function recordStandings(
  database: Database,
  organisationId: string,
  records: readonly SyncedAs[],
  syncs: ReadonlyMap<string, SyncFlow>,
  lead: VendorLinks,
): Promise<Standing[]> {
  const [connections, stands] = await Promise.all([
    listConnections(database, organisationId),
    standingsOf(database, organisationId, recordsOf(records)),
  ]);
  const views = await Promise.all(
    records.map(async (record): Promise<Standing[]> => {
      const otherSide = record.side === 'left' ? 'right' : 'left';
      const { object } = record.sync[otherSide];
      const account = connections.find(
        ({ id, connector }) => connector === object.connector.id && isBoundTo(record.of.roles, otherSide, id),
      )?.account;
      const named = { id: record.integration, titles: integrationTitle(record.of, syncs) };
      const row = await syncOf(database, organisationId, record.integration);
      if (row === null || NOT_BEGUN.has(row.phase))
        return account === undefined ? [] : [offView(named, object.connector, row)];
      return stands
        .filter(({ integration, side }) => integration === record.integration && side === record.side)
        .map((stand) => {
          const url = stand.otherId !== null && account ? object.url?.(stand.otherId, account) : null;
          return { ...viewOf(named, object.connector, row), ...placeOf(stand), url: url ? lead(url) : null };
        });
    }),
  );
  return views.flat();
}

type Counterpart = Pick<Connector, 'id' | 'titles'>;

const viewOf = (sync: Standing['sync'], { id, titles }: Counterpart, { phase }: Pick<SyncRow, 'phase'>) => ({
  sync,
  connector: { id, titles },
  phase,
});

const offView = (sync: Standing['sync'], connector: Counterpart, row: SyncRow | null): Standing => ({
  ...viewOf(sync, connector, row ?? { phase: 'new' }),
  state: 'off',
  why: null,
  url: null,
  writtenAt: null,
});

const placeOf = ({ state, error, excluded, writtenAt }: SyncStanding) => ({
  state,
  why: error?.sentence ?? (excluded === null ? null : { en: excluded.en, fr: excluded.fr }),
  writtenAt: writtenAt?.toISOString() ?? null,
});
