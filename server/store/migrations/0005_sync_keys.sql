-- Who may be whose counterpart, by key. An index over the arrays in `sync_records` had to be searched as a
-- whole for a thousand keys at once, and written anew with every change of a record.
create table sync_keys (
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  key text not null,
  side text not null,
  -- A record that had the key at some time; whether it still has is said by its own `match_keys`.
  record_id text not null,
  primary key (organisation_id, flow, key, side, record_id)
);
insert into sync_keys (organisation_id, flow, key, side, record_id)
  select organisation_id, flow, unnest(match_keys), side, record_id from sync_records on conflict do nothing;
drop index sync_records_keys;
