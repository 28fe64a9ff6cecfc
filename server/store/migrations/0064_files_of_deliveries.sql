-- Files that came with a delivery are kept for as long as its body, and are found by the delivery's event.
alter table event_files
  -- Of the event, as the inbox has it.
  add column account text not null default '',
  -- The question that it answers; null: a file of a mail, which its run names by its id.
  add column field text,
  add column name text,
  add column content_type text,
  add column size integer,
  -- Among those of its event, from 0.
  add column place integer;
create index event_files_of_event on event_files (organisation_id, (event_keys[1])) where field is not null;
