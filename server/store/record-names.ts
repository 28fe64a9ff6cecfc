import type { Label } from '../core/label.ts';
import type { Sql } from './database.ts';
import { readLabel } from './labels.ts';
import type { SyncKey } from './sync-links.ts';

/** What records are called, over all integrations. The database itself keeps it, but for what runs and events name. */

/** Where a name comes from: what runs call it, what their events name beside it, a side of a sync, its page. */
export type NamedPart = 'run' | 'heard' | 'left' | 'right' | 'page';

export interface NamedRecord {
  /** Null: of no integration. */
  readonly integration: string | null;
  readonly part: NamedPart;
  /** Null: the sync says which. */
  readonly object: string | null;
  readonly id: string;
  /** Empty: it has none there. */
  readonly label: Label;
  readonly at: Date;
}

/** An address or an id that an event names beside its record's own. */
export interface HeardNames {
  readonly organisationId: string;
  readonly integration: string;
  readonly object: string;
  readonly recordId: string;
  readonly knownAs: readonly string[];
}

/**
 * Records of which every word of a text begins one of theirs, without case and accents, the exact id first, then the
 * latest. An index is searched, however many there are.
 *
 * @param hidden integrations of which nothing is told.
 */
export function recordsNamed(
  sql: Sql,
  organisationId: string,
  sought: string,
  { limit, hidden }: { readonly limit: number; readonly hidden: ReadonlySet<string> },
): Promise<NamedRecord[]> {
  return sql.query<NamedRecord>(
    `with sought as materialized (
       select (select string_agg(quote_literal(word) || ':*', ' & ') from unnest(search_words($1, $2)) word)::tsquery as words)
     , found as (
       select * from record_names n
       where n.words @@ (select words from sought) and n.organisation_id = $1 and n.integration <> all($3::text[])
       order by (n.record_id = $2) desc, at desc, record_id limit $4)
     select nullif(integration, '') as integration, part, nullif(object, '') as object, record_id as id, at,
       coalesce(case when label <> '' then ${readLabel('label', 'label_fr')} end, (
         select ${readLabel('o.label', 'o.label_fr')} from record_names o where o.organisation_id = $1 and o.record_id = f.record_id and o.object = f.object
           and o.label <> '' and o.integration <> all($3::text[]) limit 1), '""') as label
     from found f order by (record_id = $2) desc, at desc, record_id`,
    [organisationId, sought, [...hidden], limit],
  );
}

/** What `nameRuns` reads of a run. */
export const RUN_NAME =
  'r.organisation_id, r.integration, r.record_object, r.record_id, r.record_label, r.record_label_fr';

/**
 * Part of a statement: notes what runs call their records, in an order that two processes have in common.
 *
 * @param from a part before it that returns `RUN_NAME` and the run's `id`: the latest run of a record has the last word.
 */
export const nameRuns = (from: string): string => `insert into record_names as n
       (organisation_id, integration, part, object, record_id, label, label_fr)
     select distinct on (organisation_id, integration, record_object, record_id)
       organisation_id, integration, 'run', record_object, record_id, record_label, record_label_fr
     from ${from} where record_label is not null
     order by organisation_id, integration, record_object, record_id, id desc
     on conflict (organisation_id, integration, part, object, record_id) do update
       set label = excluded.label, label_fr = excluded.label_fr, at = now()
       where (n.label, n.label_fr) is distinct from (excluded.label, excluded.label_fr)`;

/** Keeps what events name beside what earlier ones did, the latest of it, in an order that two processes have in common. */
export async function addHeardNames(sql: Sql, heard: readonly HeardNames[]): Promise<void> {
  if (heard.length === 0) return;
  const byRecord = new Map(
    heard.map((one) => [`${one.organisationId} ${one.integration} ${one.object} ${one.recordId}`, one]),
  );
  const rows = [...byRecord].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await sql.query(
    `insert into record_names as n (organisation_id, integration, part, object, record_id, known_as)
     select h.organisation, h.integration, 'heard', h.object, h.id, h.named
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) as h(organisation, integration, object, id, named)
     on conflict (organisation_id, integration, part, object, record_id) do update
       set known_as = left(excluded.known_as || ' ' || n.known_as, 2000), at = now()
       where strpos(n.known_as, excluded.known_as) = 0`,
    [
      rows.map((row) => row.organisationId),
      rows.map((row) => row.integration),
      rows.map((row) => row.object),
      rows.map((row) => row.recordId),
      rows.map((row) => row.knownAs.join(' ')),
    ],
    'heard-names',
  );
}

/** What an event named goes with what the event brought, when its age is over. */
export async function clearHeardNames(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from record_names n using organisations o
     where n.part = 'heard' and o.id = n.organisation_id and n.at < $1::timestamptz - make_interval(days => o.keep_days)`,
    [now],
  );
}

/** A sync that is deleted keeps no records; what its log is, of other parts, stays. */
export async function forgetSyncedNames(sql: Sql, { organisationId, integration }: SyncKey): Promise<void> {
  await sql.query(
    `delete from record_names where organisation_id = $1 and integration = $2 and part in ('left', 'right')`,
    [organisationId, integration],
  );
}
