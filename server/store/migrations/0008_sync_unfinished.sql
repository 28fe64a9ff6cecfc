-- The turn before ended in the middle of its work: what was read for that work still holds for a while.
alter table syncs add column unfinished boolean not null default false;
