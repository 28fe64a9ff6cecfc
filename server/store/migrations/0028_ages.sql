-- How long an organisation keeps what was sent and answered; the event's key and the run's line stay for ever.
alter table organisations
  add column keep_days integer not null default 30 check (keep_days between 1 and 365),
  -- What is older was removed already, of an organisation that keeps it for less time than others.
  add column cleared_to timestamptz not null default '-infinity';

-- The first of run ids (UUID version 7) that can be made at a moment.
create function run_id_at(at timestamptz) returns uuid language sql stable as
  $$ select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

-- Nothing of these is ever deleted alone: each row would only look up, and lock, its parent.
alter table steps drop constraint steps_run_id_fkey;
alter table runs drop constraint runs_event_id_fkey;

-- Steps stand in months, by the moment that their run's id says. Those of before stay where they are, as one part.
do $$
declare
  month timestamptz := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC';
  next_month timestamptz := (date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  part text := 'steps_until_' || to_char(next_month at time zone 'UTC', 'YYYY_MM');
begin
  execute format('alter table steps rename to %I', part);
  execute format('alter index steps_pkey rename to %I', part || '_pkey');
  execute format('create table steps (like %I including all) partition by range (run_id)', part);
  execute format('alter table steps attach partition %I for values from (minvalue) to (%L)', part, run_id_at(next_month));
  execute 'create table steps_kept partition of steps default';
end $$;

-- The bodies of events, in months by when they came. Those of before stay in the inbox until their age is over.
create table event_bodies (
  event_id bigint not null,
  received_at timestamptz not null,
  body text not null
) partition by range (received_at);
create index event_bodies_event on event_bodies (event_id);
create table event_bodies_kept partition of event_bodies default;
alter table inbox alter column body drop not null;
create index inbox_body on inbox (received_at) where body is not null;
