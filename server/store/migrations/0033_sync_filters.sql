-- What a side's filter judges a record by: {"values", "currency"}; null: no filter did.
alter table sync_records add column facts jsonb;
-- Made by Liaison under a filter: it takes part until it has fitted once by itself.
alter table sync_records add column made boolean not null default false;
-- The record that it was linked with until one of the two stopped fitting its side's filter.
alter table sync_records add column former_id text;
