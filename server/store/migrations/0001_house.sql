-- The house that every connector and flow moves into. Every row belongs to one organisation.

create table organisations (
  id uuid primary key,
  -- The vendor's own id of the organisation (Zoho's zgid).
  external_id text not null unique,
  name text not null,
  locale text not null,
  time_zone text not null,
  currency text not null,
  created_at timestamptz not null default now()
);

create table connections (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  connector text not null,
  -- Unguessable, in the address that the vendor delivers to.
  hook_key text not null unique,
  account jsonb not null,
  data_centre text,
  state text not null check (state in ('active', 'reconnect')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organisation_id, connector)
);

-- Sealed values. `version` is what a compare-and-swap compares; the lease lets one process at a time
-- refresh, and names it.
create table secrets (
  connection_id uuid not null references connections on delete cascade,
  name text not null,
  sealed bytea not null,
  key_id text not null,
  version integer not null default 1,
  expires_at timestamptz,
  lease_owner uuid,
  lease_until timestamptz,
  lease_fence bigint not null default 0,
  updated_at timestamptz not null default now(),
  primary key (connection_id, name)
);

-- When a new access token was asked for: what the vendor's limit on refreshes is counted from.
create table token_refreshes (
  connection_id uuid not null references connections on delete cascade,
  at timestamptz not null default now()
);
create index token_refreshes_recent on token_refreshes (connection_id, at);

create table oauth_attempts (
  -- SHA-256 of the state parameter: the state itself is not kept.
  state_digest bytea primary key,
  organisation_id uuid references organisations on delete cascade,
  connector text not null,
  session_digest bytea not null,
  sealed_verifier bytea not null,
  key_id text not null,
  return_to text not null,
  expires_at timestamptz not null
);

create table subscriptions (
  connection_id uuid not null references connections on delete cascade,
  vendor_id text not null,
  kind text not null,
  url text not null,
  topics text[] not null,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (connection_id, vendor_id)
);

-- No foreign keys here: each row accepted would look up, and lock, the same two parents. An organisation's
-- rows are removed with it by name (see store/organisations.ts).
create table inbox (
  id bigint generated always as identity primary key,
  organisation_id uuid not null,
  connection_id uuid,
  connector text not null,
  event_key text not null,
  topic text not null,
  record_id text,
  content_type text not null,
  body text not null,
  received_at timestamptz not null default now()
);
-- Permanent: an event that comes back forty days later is still a duplicate.
create unique index inbox_event on inbox (organisation_id, connector, event_key);

-- Events that no flow has looked at yet. Apart from the inbox, so that looking does not rewrite the event.
create table inbox_waiting (
  event_id bigint primary key,
  organisation_id uuid not null
);

create table flows (
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  enabled boolean not null default false,
  settings jsonb not null default '{}',
  updated_at timestamptz not null default now(),
  primary key (organisation_id, flow)
);

-- Where a polled source was read to; moves in the transaction that stores what it covers.
create table cursors (
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  cursor jsonb,
  version bigint not null default 0,
  next_at timestamptz not null default now(),
  error jsonb,
  primary key (organisation_id, flow)
);

-- One row per live server process. The advisory lock of the row's id is held for as long as it lives.
create table processes (
  id bigint generated always as identity primary key,
  host text not null,
  pid integer not null,
  url text not null,
  started_at timestamptz not null default now()
);

create table runs (
  -- UUID version 7: ids sort as they were made.
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  record_object text not null,
  record_id text not null,
  record_label text,
  event_id bigint not null references inbox,
  state text not null check (state in ('waiting', 'running', 'done', 'skipped', 'shelved', 'superseded')),
  -- Failed attempts so far, and since the last replay.
  attempt integer not null default 0,
  owner bigint,
  job_id uuid,
  due_at timestamptz not null default now(),
  summary jsonb,
  error jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index runs_log on runs (organisation_id, id desc);
create index runs_record on runs (organisation_id, flow, record_id, id);
create index runs_in_hand on runs (owner) where state = 'running';
create index runs_open on runs (organisation_id) where state in ('waiting', 'running');

-- Events that joined a waiting run of the same record.
create table run_events (
  run_id uuid not null references runs on delete cascade,
  event_id bigint not null references inbox,
  primary key (run_id, event_id)
);

create table steps (
  run_id uuid not null references runs on delete cascade,
  name text not null,
  position integer not null,
  -- 'sending': the write may have reached the vendor; its outcome is not known.
  state text not null check (state in ('sending', 'done', 'failed')),
  marker text,
  output jsonb,
  error jsonb,
  exchanges jsonb not null default '[]',
  attempts integer not null default 1,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (run_id, name)
);

-- Things that may be announced under two names are done by the first run that claims them.
create table claims (
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  identity text not null,
  run_id uuid not null references runs on delete cascade,
  primary key (organisation_id, flow, identity)
);

-- Pairs of records that a flow made or keeps: what makes an edited row an update.
create table links (
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  left_id text not null,
  right_id text not null,
  created_at timestamptz not null default now(),
  primary key (organisation_id, flow, left_id)
);

-- What the processes of one deployment must agree on (where the sandbox is, the public address).
create table deployment (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
