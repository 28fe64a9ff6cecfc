-- A text as the words that it is found by: without case, accents and ligatures, whatever the database's locale.
-- Each begins with its organisation's own letters, so that the index of one is searched apart from the others'.
create function search_words(organisation uuid, said text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct right(organisation::text, 12) || left(word, 80)), '{}') from regexp_split_to_table(
    replace(replace(lower(regexp_replace(normalize(replace(replace(said, 'Œ', 'oe'), 'Æ', 'ae'), nfd), '[\u0300-\u036f]', '', 'g')), 'œ', 'oe'), 'æ', 'ae'),
    '[\s\u00a0\u00ab\u00bb\u00b7\u2000-\u206f!-/:-@\[-`{-~]+') word where word <> ''
$$;

-- What records are called, over all integrations: each by what its integration knows of it.
create table record_names (
  organisation_id uuid not null references organisations on delete cascade,
  -- '': what the CRM said of it when somebody looked at its page.
  integration text not null,
  -- 'run': what its runs call it. 'heard': what the events that began them name. 'left', 'right': the side of a sync. 'page': its page.
  part text not null,
  -- '': the sync says which.
  object text not null,
  record_id text not null,
  label text not null default '',
  -- Addresses and ids beside its own.
  known_as text not null default '',
  at timestamptz not null default now(),
  words tsvector not null generated always as (
    array_to_tsvector(search_words(organisation_id, left(label, 500) || ' ' || record_id || ' ' || left(known_as, 2000)))) stored,
  primary key (organisation_id, integration, part, object, record_id)
);
create index record_names_words on record_names using gin (words);
create index record_names_id on record_names (organisation_id, record_id);
create index record_names_heard on record_names (organisation_id, at) where part = 'heard';

create function note_run_name() returns trigger language plpgsql as $$
begin
  insert into record_names as n (organisation_id, integration, part, object, record_id, label)
    values (new.organisation_id, new.integration, 'run', new.record_object, new.record_id, new.record_label)
    on conflict (organisation_id, integration, part, object, record_id) do update
      set label = excluded.label, at = now() where n.label <> excluded.label;
  return null;
end $$;
create trigger runs_named after insert on runs for each row
  when (new.record_label is not null) execute function note_run_name();
create trigger runs_renamed after update of record_label on runs for each row
  when (new.record_label is not null and new.record_label is distinct from old.record_label) execute function note_run_name();

-- A record's own addresses are among its values, wherever the field is.
create function addresses_in(stored jsonb) returns text language sql immutable parallel safe as $$
  select coalesce(string_agg(distinct value #>> '{}', ' '), '') from jsonb_path_query(stored, 'strict $.** ? (@.type() == "string" && @ like_regex "^[^\\s@]+@[^\\s@]+$")') value
$$;

create function note_sync_name() returns trigger language plpgsql as $$
begin
  insert into record_names as n (organisation_id, integration, part, object, record_id, label, known_as)
    values (new.organisation_id, new.integration, new.side, '', new.record_id, new.label, addresses_in(new.field_values))
    on conflict (organisation_id, integration, part, object, record_id) do update
      set label = excluded.label, known_as = excluded.known_as, at = now()
      where (n.label, n.known_as) is distinct from (excluded.label, excluded.known_as);
  return null;
end $$;
create trigger sync_records_named after insert on sync_records for each row execute function note_sync_name();
create trigger sync_records_renamed after update of label, field_values on sync_records for each row
  when (new.label <> old.label or new.field_values <> old.field_values) execute function note_sync_name();

-- The CRM's own record is kept with what it is called by flows; what vendors say beside it is not.
create function note_page_name() returns trigger language plpgsql as $$
begin
  insert into record_names as n (organisation_id, integration, part, object, record_id, label, known_as)
    values (new.organisation_id, '', 'page', new.data #>> '{ref,object}', new.data #>> '{ref,id}', coalesce(new.data ->> 'title', ''), addresses_in(new.data -> 'emails'))
    on conflict (organisation_id, integration, part, object, record_id) do update
      set label = excluded.label, known_as = excluded.known_as, at = now()
      where (n.label, n.known_as) is distinct from (excluded.label, excluded.known_as);
  return null;
end $$;
create function drop_page_name() returns trigger language plpgsql as $$
begin
  delete from record_names where organisation_id = old.organisation_id and integration = '' and part = 'page'
    and object = old.data #>> '{ref,object}' and record_id = old.data #>> '{ref,id}';
  return null;
end $$;
create trigger record_cache_named after insert or update on record_cache for each row
  when (new.data #>> '{ref,id}' is not null) execute function note_page_name();
create trigger record_cache_unnamed after delete on record_cache for each row
  when (old.data #>> '{ref,id}' is not null) execute function drop_page_name();

insert into record_names (organisation_id, integration, part, object, record_id, label)
  select distinct on (organisation_id, integration, record_object, record_id)
    organisation_id, integration, 'run', record_object, record_id, record_label
  from runs where record_label is not null order by organisation_id, integration, record_object, record_id, id desc;
insert into record_names (organisation_id, integration, part, object, record_id, label, known_as)
  select organisation_id, integration, side, '', record_id, label, addresses_in(field_values) from sync_records;
insert into record_names (organisation_id, integration, part, object, record_id, label, known_as)
  select distinct on (organisation_id, data #>> '{ref,object}', data #>> '{ref,id}')
    organisation_id, '', 'page', data #>> '{ref,object}', data #>> '{ref,id}', coalesce(data ->> 'title', ''), addresses_in(data -> 'emails')
  from record_cache where data #>> '{ref,id}' is not null;
