-- Fields that our writes sent and whose stored spelling the vendor has not shown since. Only these may come
-- back in another spelling: what else differs was changed by somebody, also within the second of our write.
alter table sync_records add column unshown text[] not null default '{}';
