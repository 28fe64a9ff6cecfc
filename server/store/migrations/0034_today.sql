-- What a day's writes of syncs are found by: rows come as time passes, so that a summary of each block is enough, and
-- costs a write next to nothing.
create index sync_writes_at on sync_writes using brin (at);
