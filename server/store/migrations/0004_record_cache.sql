-- What vendors last said beside records of the CRM, so that a page that is opened again has something to show
-- at once. It goes with its connection.
create table record_cache (
  connection_id uuid not null references connections on delete cascade,
  organisation_id uuid not null references organisations on delete cascade,
  module text not null,
  record_id text not null,
  connector text not null,
  data jsonb not null,
  -- The vendor's own records of the person or company: 'stripe.customers cus_1'. Events of those concern the record.
  refs text[] not null default '{}',
  seen_at timestamptz not null default now(),
  primary key (organisation_id, module, record_id, connector)
);
create index record_cache_connection on record_cache (connection_id);
create index record_cache_refs on record_cache using gin (refs);
create index record_cache_age on record_cache (organisation_id, seen_at);

-- Records that a run is about beside the one of its event: the contact that a payment was noted on.
create table run_records (
  run_id uuid not null references runs on delete cascade,
  organisation_id uuid not null references organisations on delete cascade,
  object text not null,
  record_id text not null,
  primary key (run_id, object, record_id)
);
create index run_records_record on run_records (organisation_id, object, record_id, run_id);

create index runs_of_record on runs (organisation_id, record_object, record_id, id);
create index links_right on links (organisation_id, right_id);

-- What people did at a vendor from beside a record.
create table record_acts (
  id bigint generated always as identity primary key,
  organisation_id uuid not null references organisations on delete cascade,
  module text not null,
  record_id text not null,
  connector text not null,
  action text not null,
  user_name text,
  sentence jsonb not null,
  at timestamptz not null default now()
);
create index record_acts_record on record_acts (organisation_id, module, record_id, id desc);
