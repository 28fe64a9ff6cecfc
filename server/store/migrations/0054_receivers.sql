-- Addresses of other applications that are told what Liaison did or found.
create table receivers (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  url text not null,
  description text not null default '',
  -- Which facts it is told of.
  facts text[] not null,
  -- Of which integrations; null: of all.
  integrations text[],
  -- 'paused' by a person: what happens waits. 'failed' for days, or 'ended' by the receiver (410): nothing more is kept for it.
  state text not null default 'active' check (state in ('active', 'paused', 'failed', 'ended')),
  -- Since when every attempt fails; null: the last one was taken.
  failing_since timestamptz,
  last_failed_at timestamptz,
  created_at timestamptz not null default now()
);
create index receivers_organisation on receivers (organisation_id);

-- What dispatches are signed with. While one takes over from another, both sign.
create table receiver_secrets (
  id uuid primary key,
  receiver_id uuid not null references receivers on delete cascade,
  sealed bytea not null,
  key_id text not null,
  created_at timestamptz not null default now(),
  -- Null: it is the one that stays.
  ends_at timestamptz
);
create index receiver_secrets_receiver on receiver_secrets (receiver_id);

-- Facts on their way: one for each fact and receiver, made in the transaction in which the fact is stored.
create table dispatches (
  -- What the receiver knows it by, the same at every attempt.
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  receiver_id uuid not null references receivers on delete cascade,
  organisation_id uuid not null references organisations on delete cascade,
  fact text not null,
  -- As it was called when it happened: {"id", "flow", "name"}; null: it is about none.
  integration json,
  run_id uuid,
  -- What makes it the same fact: it is told once.
  key text not null,
  -- Null: its age is over, or it was erased.
  data json,
  happened_at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  -- Attempts since it was made, or asked for again; and all of them.
  attempts integer not null default 0,
  tries integer not null default 0,
  due_at timestamptz not null default now(),
  -- Until when a process has it in hand.
  taken_until timestamptz,
  tried_at timestamptz,
  -- Of the last attempt: what was answered, or why there was no answer.
  status integer,
  answer text,
  error json,
  unique (receiver_id, key)
);
create index dispatches_due on dispatches (receiver_id, due_at) where state = 'waiting';
create index dispatches_log on dispatches (receiver_id, seq desc);
create index dispatches_run on dispatches (run_id) where run_id is not null and data is not null;
create index dispatches_kept on dispatches (organisation_id, happened_at) where data is not null;
