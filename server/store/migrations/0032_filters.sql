-- Which records take part in an integration, with the fields that its conditions name; null: all of them.
alter table integrations add column filter jsonb;

-- What is remembered of records that a filter judged: it did not fit yet, or it was taken when it fitted.
create table filter_memory (
  organisation_id uuid not null references organisations on delete cascade,
  integration text not null,
  record_id text not null,
  fits boolean not null,
  at timestamptz not null default now(),
  primary key (organisation_id, integration, record_id)
);

-- How each integration was set, and since when: by this it is known whether it was on when something arrived.
create table integration_changes (
  id bigint generated always as identity primary key,
  organisation_id uuid not null references organisations on delete cascade,
  integration text not null,
  at timestamptz not null,
  enabled boolean not null,
  deleted boolean not null,
  settings jsonb not null,
  filter jsonb
);
create index integration_changes_of on integration_changes (organisation_id, integration, id);
insert into integration_changes (organisation_id, integration, at, enabled, deleted, settings)
  select organisation_id, id, coalesce(updated_at, created_at), enabled, deleted_at is not null, settings from integrations
  order by created_at, id;

-- Whoever changes one, a server of the version before too.
create function note_integration_change() returns trigger language plpgsql as $$
begin
  insert into integration_changes (organisation_id, integration, at, enabled, deleted, settings, filter)
    values (new.organisation_id, new.id, clock_timestamp(), new.enabled, new.deleted_at is not null, new.settings, new.filter);
  return null;
end $$;
create trigger integrations_made after insert on integrations
  for each row execute function note_integration_change();
create trigger integrations_changed after update on integrations for each row
  when ((old.enabled, old.deleted_at, old.settings, old.filter) is distinct from (new.enabled, new.deleted_at, new.settings, new.filter))
  execute function note_integration_change();

-- What arrived for an integration that did not take it up: it was off then. One line each, as a run would be.
create table left_events (
  organisation_id uuid not null references organisations on delete cascade,
  integration text not null,
  event_id bigint not null,
  record_object text not null,
  record_id text not null,
  at timestamptz not null,
  primary key (organisation_id, record_id, integration, event_id)
);
