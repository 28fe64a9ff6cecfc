-- A label that is made of words stands in both languages; a name is the same in each, and has no French one.
alter table runs add column record_label_fr text;
alter table record_names add column label_fr text;

-- The lines of sheets were named in the organisation's language.
create function pg_temp.line_in(said text, word text) returns text language sql immutable as $$
  select case when said ~ '^(Row|Ligne) \d+$' then initcap(word) || ' ' || substring(said from '\d+$')
    else regexp_replace(said, ' · (row|ligne) (\d+)$', ' · ' || word || ' \2') end
$$;
drop trigger runs_renamed on runs;
update runs r set record_label = pg_temp.line_in(record_label, 'row'), record_label_fr = pg_temp.line_in(record_label, 'ligne')
  from integrations i where i.organisation_id = r.organisation_id and i.id = r.integration and i.flow = 'sheet-row-to-lead'
    and r.record_label ~ '(^(Row|Ligne)| · (row|ligne)) \d+$';
update record_names n set label = pg_temp.line_in(label, 'row'), label_fr = pg_temp.line_in(label, 'ligne')
  from integrations i where i.organisation_id = n.organisation_id and i.id = n.integration and i.flow = 'sheet-row-to-lead'
    and n.part = 'run' and n.label ~ '(^(Row|Ligne)| · (row|ligne)) \d+$';
drop function pg_temp.line_in(text, text);
-- What stands for the title that a meeting does not have.
update record_names set label = '(No title)', label_fr = '(Sans titre)'
  where part in ('left', 'right') and label in ('(No title)', '(Sans titre)');

alter table record_names drop column words;
alter table record_names add column words tsvector not null generated always as (
  array_to_tsvector(search_words(organisation_id, left(label, 500) || ' ' || left(coalesce(label_fr, ''), 500) || ' ' || record_id || ' ' || left(known_as, 2000)))) stored;
create index record_names_words on record_names using gin (words);

create or replace function note_run_name() returns trigger language plpgsql as $$
begin
  insert into record_names as n (organisation_id, integration, part, object, record_id, label, label_fr)
    values (new.organisation_id, new.integration, 'run', new.record_object, new.record_id, new.record_label, new.record_label_fr)
    on conflict (organisation_id, integration, part, object, record_id) do update
      set label = excluded.label, label_fr = excluded.label_fr, at = now()
      where (n.label, n.label_fr) is distinct from (excluded.label, excluded.label_fr);
  return null;
end $$;
create trigger runs_renamed after update of record_label, record_label_fr on runs for each row
  when (new.record_label is not null
    and (new.record_label, new.record_label_fr) is distinct from (old.record_label, old.record_label_fr)) execute function note_run_name();

create or replace function note_sync_name() returns trigger language plpgsql as $$
declare
  untitled boolean := new.label in ('(No title)', '(Sans titre)');
  said text := case when untitled then '(No title)' else new.label end;
  french text := case when untitled then '(Sans titre)' end;
begin
  insert into record_names as n (organisation_id, integration, part, object, record_id, label, label_fr, known_as)
    values (new.organisation_id, new.integration, new.side, '', new.record_id, said, french, addresses_in(new.field_values))
    on conflict (organisation_id, integration, part, object, record_id) do update
      set label = excluded.label, label_fr = excluded.label_fr, known_as = excluded.known_as, at = now()
      where (n.label, n.label_fr, n.known_as) is distinct from (excluded.label, excluded.label_fr, excluded.known_as);
  return null;
end $$;
