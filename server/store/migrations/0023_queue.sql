-- Runs that are not over, apart from the log: small, so that taking from it costs little however many runs there
-- were, and held in lanes (an organisation's integration), so that what one lane holds back holds up no other.
create table queue (
  run_id uuid primary key,
  organisation_id uuid not null,
  integration text not null,
  record_id text not null,
  -- Runs of one record are taken one at a time, in the order of their events.
  event_id bigint not null,
  due_at timestamptz not null default now(),
  -- The process that has it in hand.
  owner bigint,
  -- How often it was taken: once it was, there may be steps of it.
  taken integer not null default 0
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
create index queue_due on queue (organisation_id, integration, due_at, event_id) where owner is null;
create index queue_record on queue (organisation_id, integration, record_id, event_id);
-- Whatever two processes see, no two runs of one record are in hand at once.
create unique index queue_held on queue (organisation_id, integration, record_id) where owner is not null;

insert into queue (run_id, organisation_id, integration, record_id, event_id, due_at, taken)
  select id, organisation_id, integration, record_id, event_id, due_at, (started_at is not null)::int from runs where state in ('waiting', 'running');
update runs set state = 'waiting', owner = null where state = 'running';
drop schema if exists pgboss cascade;

-- What these found is found in the queue. Without them a run changes its state where it stands.
drop index runs_in_hand;
drop index runs_open;
alter table runs drop column job_id, set (fillfactor = 70);

-- Events wait in lanes, too: a flood at one connector's door delays no other's.
alter table inbox_waiting add column connector text;
update inbox_waiting w set connector = i.connector from inbox i where i.id = w.event_id;
delete from inbox_waiting where connector is null;
alter table inbox_waiting drop constraint inbox_waiting_pkey;
alter table inbox_waiting add primary key (organisation_id, connector, event_id);
