-- What the latest preview of a sync would do, record by record: its samples are only the first of them.
create table sync_preview_items (
  pass_id uuid not null references sync_passes on delete cascade,
  -- In the order in which people look: what overwrites and deletes first.
  rank smallint not null,
  position integer not null,
  -- 'conflict', 'remove', 'change', 'refused', 'exclude', 'unlink', 'matched', 'create'.
  kind text not null,
  label text not null,
  item jsonb not null,
  primary key (pass_id, rank, position)
);
create index sync_preview_items_kind on sync_preview_items (pass_id, kind, rank, position);
