-- Some integrations are begun from two sides: a desk that tells of tickets, and the channel in which people answer.
-- Each side is looked at by itself, from a place of its own.
alter table cursors add column side text not null default 'first' check (side in ('first', 'second'));
do $$
declare
  own text;
begin
  select conname into own from pg_constraint where conrelid = 'cursors'::regclass and contype = 'p';
  execute format('alter table cursors drop constraint %I', own);
end
$$;
alter table cursors add primary key (organisation_id, integration, side);
