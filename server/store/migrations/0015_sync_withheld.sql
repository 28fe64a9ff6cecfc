-- Fields that the vendor does not tell whole, by their ids, each with the reason: {"participants": {"en", "fr"}}.
alter table sync_records add column withheld jsonb;
