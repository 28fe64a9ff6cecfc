-- What an admin prepared of a flow for each person to have as their own, under the same rules.
create table templates (
  organisation_id uuid not null references organisations on delete cascade,
  id text not null,
  flow text not null,
  -- Null: as the flow is called.
  name text,
  -- Whether persons are asked to take part.
  open boolean not null default false,
  -- Whose account each person connects.
  connector text not null,
  -- By role: the organisation's connection that all of them share.
  connections jsonb not null default '{}',
  settings jsonb not null default '{}',
  filter jsonb,
  -- How many records the first write may touch without the person having looked at the preview.
  approves integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id)
);

-- The template that an integration of one person follows; null: none.
alter table integrations add column template text;
alter table integrations add column approves integer;
create unique index integrations_one_each on integrations (organisation_id, template, owner)
  where template is not null and deleted_at is null;

-- Who works in the organisation, as its home application last said, and what became of asking them.
create table persons (
  organisation_id uuid not null references organisations on delete cascade,
  external_id text not null,
  name text not null,
  email text,
  active boolean not null,
  asked_at timestamptz,
  declined_at timestamptz,
  -- They agreed, and their account is still to be connected.
  joining_at timestamptz,
  left_at timestamptz,
  primary key (organisation_id, external_id)
);
