import type { Connector } from '../core/connector.ts';
import type { Sync } from '../core/sync-flow.ts';
import { connectionPerConnector } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { type SyncedRecord, type SyncStanding, standingsOf } from '../store/record-history.ts';
import { type SyncPhase, type SyncRow, syncOf } from '../store/syncs.ts';
import type { RecordActivity } from './contract.ts';
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
  records: readonly SyncedRecord[],
  syncs: ReadonlyMap<string, Sync>,
  lead: VendorLinks,
): Promise<Standing[]> {
  const [connections, stands] = await Promise.all([
    connectionPerConnector(database, organisationId),
    standingsOf(database, organisationId, records),
  ]);
  const accounts = new Map(connections.map((row) => [row.connector, row.account]));
  const views = await Promise.all(
    records.map(async (record): Promise<Standing[]> => {
      const sync = syncs.get(record.flow);
      if (sync === undefined) return [];
      const { object } = sync[record.side === 'left' ? 'right' : 'left'];
      const account = accounts.get(object.connector.id);
      const row = await syncOf(database, organisationId, record.flow);
      if (row === null || NOT_BEGUN.has(row.phase))
        return account === undefined ? [] : [offView(sync, object.connector, row)];
      return stands
        .filter(({ flow, side }) => flow === record.flow && side === record.side)
        .map((stand) => {
          const url = stand.otherId !== null && account ? object.url?.(stand.otherId, account) : null;
          return { ...viewOf(sync, object.connector, row), ...placeOf(stand), url: url ? lead(url) : null };
        });
    }),
  );
  return views.flat();
}

type Counterpart = Pick<Connector, 'id' | 'titles'>;

const viewOf = (sync: Sync, { id, titles }: Counterpart, { phase }: Pick<SyncRow, 'phase'>) => ({
  sync: { id: sync.id, titles: sync.titles },
  connector: { id, titles },
  phase,
});

const offView = (sync: Sync, connector: Counterpart, row: SyncRow | null): Standing => ({
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
