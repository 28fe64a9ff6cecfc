-- What the latest preview of a sync would do, record by record: its samples are only the first of them.
create table sync_preview_items (
  pass_id uuid not null references sync_passes on delete cascade,
  -- In the order in which people look: what overwrites and deletes first.
  rank smallint not null,
  position integer not null,
  -- One or more of 'conflict', 'ask', 'remove', 'change', 'refused', 'exclude', 'unlink', 'matched', 'create',
  -- 'companion' (a record of another kind that is made beside them: an account).
  kinds text[] not null,
  label text not null,
  item jsonb not null,
  primary key (pass_id, rank, position)
);
