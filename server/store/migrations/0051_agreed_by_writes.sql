-- What the two sides agree on, of the fields of an update, once it is done: where its answer was lost and it turns out to be
-- done, they do. Of writes of before, and of those that take others back, it is not known.
alter table sync_writes add column agreed jsonb;
