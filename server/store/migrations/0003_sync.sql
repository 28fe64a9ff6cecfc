-- Two objects kept equal. Every row belongs to one organisation and one flow; `side` is 'left' or 'right'.

create table syncs (
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  -- 'new': nothing was read yet. 'paused': the brake or a person stopped it.
  phase text not null default 'new' check (phase in ('new', 'previewing', 'previewed', 'applying', 'live', 'paused', 'undoing')),
  -- What each side was read to: {"cursor", "sweep", "sweeping", "askedAt", "sweptAt", "account"}.
  left_state jsonb not null default '{}',
  right_state jsonb not null default '{}',
  -- The pass in hand (a preview, the first apply, an undo); null: live changes only.
  pass_id uuid,
  -- Why it is paused: {"code", "en", "fr", "count", "phase"}.
  pause jsonb,
  -- Deletes up to this many were looked at by a person and may go on.
  deletes_approved integer not null default 0,
  error jsonb,
  attempt integer not null default 0,
  -- Changes that a sweep found and no webhook had announced.
  gaps bigint not null default 0,
  next_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, flow)
);
create index syncs_due on syncs (next_at) where phase in ('previewing', 'applying', 'live', 'undoing');

create table sync_links (
  id bigint generated always as identity primary key,
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  left_id text not null,
  right_id text not null,
  -- The values at the last agreement: {"Email": {"left": …, "right": …}}.
  base jsonb not null,
  -- Fields that a person must decide: [{"field", "left", "right"}].
  conflicts jsonb,
  -- What a person decided and was not yet done: {"Email": "left"}.
  choices jsonb,
  created_at timestamptz not null default now(),
  unique (organisation_id, flow, left_id),
  unique (organisation_id, flow, right_id)
);
create index sync_links_conflicts on sync_links (organisation_id, flow, id) where conflicts is not null;

-- Every record of both sides as Liaison last saw it.
create table sync_records (
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  side text not null check (side in ('left', 'right')),
  record_id text not null,
  version text,
  -- Mapped fields only.
  field_values jsonb not null,
  label text not null default '',
  match_keys text[] not null default '{}',
  -- The mark of the create that made it, where the vendor shows it.
  marker text,
  link_id bigint,
  deleted boolean not null default false,
  -- Why it takes no part: {"code", "en", "fr"}.
  excluded jsonb,
  -- Has changes that were not yet carried over.
  dirty boolean not null default true,
  -- Changed by people just now, rather than found by the first reading: goes first.
  urgent boolean not null default false,
  -- Must be read again by id before anything is decided on it.
  reread boolean not null default false,
  -- 'infinity': on the shelf until a person acts or the record changes.
  due_at timestamptz not null default now(),
  attempt integer not null default 0,
  error jsonb,
  -- The last sweep that met it.
  sweep integer not null default 0,
  first_seen_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  -- When Liaison last wrote it, and whether the vendor has since shown what it made of that.
  written_at timestamptz,
  confirmed boolean not null default true,
  primary key (organisation_id, flow, side, record_id)
);
create index sync_records_work on sync_records (organisation_id, flow, urgent desc, due_at) where dirty;
create index sync_records_reread on sync_records (organisation_id, flow, side) where reread;
create index sync_records_link on sync_records (link_id) where link_id is not null;
create index sync_records_keys on sync_records using gin (match_keys);
create index sync_records_shelf on sync_records (organisation_id, flow) where error is not null;
create index sync_records_gone on sync_records (organisation_id, flow) where deleted;

-- One preview, first apply, undo, or group of live changes that wrote something.
create table sync_passes (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  kind text not null check (kind in ('preview', 'apply', 'live', 'undo', 'undo-preview')),
  state text not null check (state in ('running', 'done', 'cancelled', 'failed')),
  of_pass uuid,
  -- {"done", "total", "phase"}
  progress jsonb not null default '{}',
  -- Counts per side and kind of operation; what calls it would cost.
  plan jsonb,
  samples jsonb,
  error jsonb,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create index sync_passes_log on sync_passes (organisation_id, flow, started_at desc);

-- Every write that a sync sent, before it was sent: who overwrote what, when, and what was there.
create table sync_writes (
  id bigint generated always as identity primary key,
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  pass_id uuid not null,
  link_id bigint,
  side text not null,
  -- Null while a create is under way.
  record_id text,
  -- The record of the other side that the values came from.
  from_id text,
  operation text not null check (operation in ('create', 'update', 'remove')),
  before_values jsonb,
  after_values jsonb,
  -- The mark of a create.
  marker uuid,
  -- 'sending': under way. 'unknown': it may have happened; looked for before it is sent again.
  state text not null check (state in ('sending', 'done', 'failed', 'unknown')),
  error jsonb,
  at timestamptz not null default now(),
  undone_by uuid
);
create index sync_writes_open on sync_writes (organisation_id, flow) where state in ('sending', 'unknown');
create index sync_writes_pass on sync_writes (pass_id, id);
create index sync_writes_record on sync_writes (organisation_id, flow, side, record_id, id desc);
create index sync_writes_link on sync_writes (link_id, at) where link_id is not null;
create index sync_writes_removes on sync_writes (organisation_id, flow, at) where operation = 'remove';

-- What webhooks announced since the side was last asked ('announced'), and what was found without an
-- announcement that may still come ('found').
create table sync_hints (
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  side text not null,
  record_id text not null,
  kind text not null check (kind in ('announced', 'found')),
  at timestamptz not null default now(),
  primary key (organisation_id, flow, side, record_id)
);

-- What an admin must know, once per cause for as long as it lasts.
create table alerts (
  id bigint generated always as identity primary key,
  organisation_id uuid not null references organisations on delete cascade,
  cause text not null,
  flow text,
  sentence jsonb not null,
  occurrences integer not null default 1,
  opened_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  closed_at timestamptz
);
create unique index alerts_open on alerts (organisation_id, cause) where closed_at is null;
