-- Made by Liaison on a side with a filter: until it fits by itself, it is judged only by what the mapping carries.
alter table sync_records add column made boolean not null default false;
-- The record that it was linked with until one of the two stopped fitting its side's filter.
alter table sync_records add column former_id text;
