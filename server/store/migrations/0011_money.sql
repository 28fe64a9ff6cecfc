-- A write that found its record instead of making it.
alter table steps add column found boolean not null default false;

-- What was told of something that is not there yet: taken up by whoever makes it.
create table early_facts (
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  -- What the fact is about, by the flow's own name for it.
  subject text not null,
  key text not null,
  fact jsonb not null,
  told_at timestamptz not null default now(),
  primary key (organisation_id, flow, subject, key)
);
