import type { Sql } from './database.ts';
import type { SyncKey } from './sync-links.ts';

/**
 * Notes of which pairs the two counts differ now, and since when: of those that both sides counted when they were last
 * compared. @param field the left field that counts; null: the sync carries no stock (any more).
 */
export async function noteStockDifferences(sql: Sql, key: SyncKey, field: string | null): Promise<void> {
  await sql.query(
    `update sync_links l set stock_differs_since = case when d.differs then now() end
     from (select id, coalesce(
         base->$3->'left' <> base->$3->'right' and jsonb_typeof(base->$3->'left') = 'number'
           and jsonb_typeof(base->$3->'right') = 'number', false) as differs
       from sync_links where organisation_id = $1 and integration = $2) d
     where l.id = d.id and d.differs <> (l.stock_differs_since is not null)`,
    [key.organisationId, key.integration, field ?? ''],
  );
}

export interface StockDifference extends SyncKey {
  readonly count: number;
  /** What some of them are called. */
  readonly labels: readonly string[];
}

/** Integrations of which counts have differed for so long that no sale under way explains it. */
export function lastingStockDifferences(sql: Sql, seconds: number): Promise<StockDifference[]> {
  return sql.query<StockDifference>(
    `select l.organisation_id as "organisationId", l.integration, count(*)::int as count,
       (array_agg(r.label order by l.id))[1:3] as labels
     from sync_links l
     join syncs s on s.organisation_id = l.organisation_id and s.integration = l.integration and s.phase = 'live'
     join sync_records r on r.organisation_id = l.organisation_id and r.integration = l.integration
       and r.side = 'left' and r.record_id = l.left_id
     where l.stock_differs_since < now() - make_interval(secs => $1) group by 1, 2`,
    [seconds],
  );
}
