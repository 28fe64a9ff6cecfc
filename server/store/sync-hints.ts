import type { Side } from '../core/sync/mapping.ts';
import type { Sql } from './database.ts';

export interface Hint {
  readonly organisationId: string;
  readonly integration: string;
  readonly side: Side;
  readonly recordId: string;
}

/** For vendors that say that something changed, and not what: it announces every change of its side. */
export const SOMETHING = '*';

/** Keeps what webhooks announced; one that a look was quicker than is no gap after all. */
export async function addHints(sql: Sql, hints: readonly Hint[]): Promise<void> {
  await sql.query(
    `insert into sync_hints (organisation_id, integration, side, record_id, kind)
     select distinct h."organisationId", h.integration, h.side, h."recordId", 'announced'
     from jsonb_to_recordset($1) as h("organisationId" uuid, integration text, side text, "recordId" text)
     join syncs s on s.organisation_id = h."organisationId" and s.integration = h.integration and s.phase in ('applying', 'live')
     on conflict (organisation_id, integration, side, record_id) do update set kind = 'announced', at = now()`,
    [JSON.stringify(hints)],
  );
  await sql.query(
    `delete from sync_hints t
     using jsonb_to_recordset($1) as h("organisationId" uuid, integration text, side text, "recordId" text)
     where t.organisation_id = h."organisationId" and t.integration = h.integration and t.side = h.side and t.kind = 'found'
       and (h."recordId" = $2 or split_part(t.record_id, '/', 1) = h."recordId" and t.record_id <> h."recordId")`,
    [JSON.stringify(hints), SOMETHING],
  );
}

/**
 * What is announced of a record within ten seconds of our writing it, before the vendor has shown it, is most
 * often that very write: it waits until they are over. Anything else is due at once.
 */
const DUE_AT = `greatest(h.at, (select r.written_at + interval '10 seconds' from sync_records r
  where r.organisation_id = h.organisation_id and r.integration = h.integration and r.side = h.side
    and r.record_id = h.record_id and not r.confirmed))`;

/** When the first announcement that waits is due, for the sync of `$1` and `$2`; null when none waits. */
export const NEXT_HINT = `(select min(${DUE_AT}) from sync_hints h
  where h.organisation_id = $1 and h.integration = $2 and h.kind = 'announced')`;

/** What webhooks announced of a side that it was not asked about since. */
export interface Announcements {
  readonly side: Side;
  /** Every announcement says which record it is of. */
  readonly isNamed: boolean;
}

/** Sides of which a webhook announced something that they were not asked about since. */
export function hintedSides(sql: Sql, organisationId: string, integration: string): Promise<Announcements[]> {
  return sql.query<Announcements>(
    `select side, bool_and(record_id <> $3) as "isNamed" from sync_hints h
     where organisation_id = $1 and integration = $2 and kind = 'announced' and ${DUE_AT} <= now() group by side`,
    [organisationId, integration, SOMETHING],
  );
}

/** Ids that are announced of a side and due, those first that wait longest. */
export async function announcedIds(
  sql: Sql,
  where: { organisationId: string; integration: string; side: Side },
  limit: number,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select record_id as id from sync_hints h
     where organisation_id = $1 and integration = $2 and side = $3 and kind = 'announced' and record_id <> $4
       and ${DUE_AT} <= now() order by at, record_id limit $5`,
    [where.organisationId, where.integration, where.side, SOMETHING, limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Changes that a look found: those that were not announced wait a while for their announcement. Where it was
 * announced that something changed, all of them were.
 */
export async function noteFound(
  sql: Sql,
  where: { organisationId: string; integration: string; side: Side },
  recordIds: readonly string[],
): Promise<void> {
  await sql.query(
    `insert into sync_hints (organisation_id, integration, side, record_id, kind)
     select $1, $2, $3, id, 'found' from unnest($4::text[]) as id
     where not exists (select from sync_hints where organisation_id = $1 and integration = $2 and side = $3
       and record_id in ($5, split_part(id, '/', 1)) and kind = 'announced')
     on conflict do nothing`,
    [where.organisationId, where.integration, where.side, recordIds, SOMETHING],
  );
}

/**
 * Drops the announcements that a look which began at `before` (epoch ms) has covered.
 *
 * @param ids those that it asked for; by default it asked for everything.
 */
export async function dropHints(
  sql: Sql,
  where: { organisationId: string; integration: string; side: Side },
  before: number,
  ids: readonly string[] | null = null,
): Promise<void> {
  await sql.query(
    `delete from sync_hints where organisation_id = $1 and integration = $2 and side = $3 and kind = 'announced'
       and at <= to_timestamp($4 / 1000.0) and ($5::text[] is null or record_id = any($5))`,
    [where.organisationId, where.integration, where.side, before, ids],
  );
}

/** Takes out what was found and never announced within `patienceMs`. @returns how many. */
export async function takeGaps(
  sql: Sql,
  organisationId: string,
  integration: string,
  patienceMs: number,
): Promise<number> {
  const rows = await sql.query(
    `delete from sync_hints where organisation_id = $1 and integration = $2 and kind = 'found'
       and at < now() - make_interval(secs => $3) returning record_id`,
    [organisationId, integration, patienceMs / 1_000],
  );
  return rows.length;
}
