import type { Sql } from './database.ts';
import type { SyncKey } from './sync-links.ts';

/** What a preview would do about records, by what a person looks for; in the order in which it is shown. */
export const PREVIEW_KINDS = [
  'conflict',
  'ask',
  'remove',
  'change',
  'refused',
  'exclude',
  'unlink',
  'matched',
  'create',
  'companion',
] as const;
export type PreviewKind = (typeof PREVIEW_KINDS)[number];

export interface PreviewItem {
  /** All that hold; the first in the order above says where it stands in the list. */
  readonly kinds: readonly PreviewKind[];
  readonly label: string;
  readonly item: object;
}

export interface PreviewPlace {
  readonly rank: number;
  readonly position: number;
}

/** Stores items of a preview, the first of them at `from`. */
export async function addPreviewItems(
  sql: Sql,
  passId: string,
  from: number,
  items: readonly PreviewItem[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((one, index) => ({
    ...one,
    rank: Math.min(...one.kinds.map((kind) => PREVIEW_KINDS.indexOf(kind))),
    position: from + index,
  }));
  await sql.query(
    `insert into sync_preview_items (pass_id, rank, position, kinds, label, item)
     select $1, r.rank, r.position, r.kinds, r.label, r.item
     from jsonb_to_recordset($2) as r(rank smallint, position integer, kinds text[], label text, item jsonb)
     on conflict do nothing`,
    [passId, JSON.stringify(rows)],
  );
}

/** Forgets what earlier previews of the sync would have done, and what this one found before it was begun anew. */
export async function clearPreviewItems(sql: Sql, key: SyncKey): Promise<void> {
  await sql.query(
    `delete from sync_preview_items i using sync_passes p
     where p.id = i.pass_id and p.organisation_id = $1 and p.integration = $2`,
    [key.organisationId, key.integration],
  );
}

export interface PreviewFilter {
  readonly kind?: PreviewKind | undefined;
  /** Part of a label. */
  readonly search?: string | undefined;
  readonly after?: PreviewPlace | null;
  readonly limit: number;
}

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** Items of a preview in order, in pages. */
export function previewItems(
  sql: Sql,
  passId: string,
  filter: PreviewFilter,
): Promise<(PreviewItem & PreviewPlace)[]> {
  return sql.query(
    `select rank, position, kinds, label, item from sync_preview_items
     where pass_id = $1 and ($2::text is null or $2 = any(kinds)) and ($3::text is null or label ilike '%' || $3 || '%')
       and ($4::int is null or (rank, position) > ($4, $5)) order by rank, position limit $6`,
    [
      passId,
      filter.kind ?? null,
      filter.search === undefined ? null : escaped(filter.search),
      filter.after?.rank ?? null,
      filter.after?.position ?? null,
      filter.limit,
    ],
  );
}

/** How many items a preview has, and how many of each kind: one may be of several. */
export async function countPreviewItems(
  sql: Sql,
  passId: string,
): Promise<{ total: number; kinds: { kind: PreviewKind; records: number }[] }> {
  const rows = await sql.query<{ kind: PreviewKind | null; records: number }>(
    `select kind, count(*)::int as records from sync_preview_items i, unnest(i.kinds || null::text) kind
     where pass_id = $1 group by kind`,
    [passId],
  );
  const of = (kind: PreviewKind | null) => rows.find((row) => row.kind === kind)?.records ?? 0;
  return {
    total: of(null),
    kinds: PREVIEW_KINDS.map((kind) => ({ kind, records: of(kind) })).filter(({ records }) => records > 0),
  };
}
