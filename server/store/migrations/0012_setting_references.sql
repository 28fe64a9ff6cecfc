-- What settings name at a vendor, by the vendor's own id of it: a new name there is followed.
alter table flows add column known jsonb not null default '{}';
