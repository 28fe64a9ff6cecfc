-- What /readyz writes to find out whether the database stores: rows that are gone with the statement that made
-- them. Kept as they are, not compressed, so that each needs a page.
create table write_probe (filler text not null);
alter table write_probe alter column filler set storage plain;
alter table write_probe set (autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0);
