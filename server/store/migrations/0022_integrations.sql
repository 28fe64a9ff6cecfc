-- One set-up of a flow is an integration, of which an organisation has any number. The first integration of a flow
-- has the flow's own id, so that every row that named a flow names its integration as it stands.
alter table flows rename to integrations;
alter table integrations rename column flow to id;
alter index flows_pkey rename to integrations_pkey;
alter table integrations
  add column flow text,
  -- Null: the flow's own title.
  add column name text,
  -- The one person that it belongs to; null: the organisation.
  add column owner uuid references users on delete cascade,
  add column created_at timestamptz not null default now(),
  -- Its history keeps its name; its id is never given again.
  add column deleted_at timestamptz,
  -- What the caller named the creation by, so that a repeated one makes nothing.
  add column idempotency_key text;
-- What was used before anybody saved a setting of it.
insert into integrations (organisation_id, id)
  select organisation_id, flow from syncs union select organisation_id, flow from cursors
  on conflict do nothing;
update integrations set flow = id;
alter table integrations alter column flow set not null;
create index integrations_flow on integrations (organisation_id, flow);
create unique index integrations_made_once on integrations (organisation_id, idempotency_key);

-- Which account an integration uses for each of its roles. Without a row: nobody chose yet.
create table integration_roles (
  organisation_id uuid not null,
  integration text not null,
  role text not null,
  connector text not null,
  -- The vendor's own id of the account. It stays when the account is disconnected, so that the same one, and no
  -- other, takes the role again.
  account_id text not null,
  connection_id uuid references connections on delete set null,
  primary key (organisation_id, integration, role),
  foreign key (organisation_id, integration) references integrations on delete cascade
);
create index integration_roles_connection on integration_roles (connection_id) where connection_id is not null;
create index integration_roles_account on integration_roles (organisation_id, connector, account_id);

alter table cursors rename column flow to integration;
alter table runs rename column flow to integration;
alter table claims rename column flow to integration;
alter table links rename column flow to integration;
alter table early_facts rename column flow to integration;
alter table syncs rename column flow to integration;
alter table sync_links rename column flow to integration;
alter table sync_records rename column flow to integration;
alter table sync_keys rename column flow to integration;
alter table sync_passes rename column flow to integration;
alter table sync_writes rename column flow to integration;
alter table sync_companions rename column flow to integration;
alter table sync_hints rename column flow to integration;
alter table alerts rename column flow to integration;

-- Two accounts of one vendor may send the same bytes: an event is known by its account too. Rows whose account is
-- not known (found by looking, or of an account that was disconnected since) have the empty one, which stands for
-- every account: what they hold is never taken in again.
alter table inbox add column account text not null default '';
update inbox i set account = c.account->>'id' from connections c where c.id = i.connection_id;
drop index inbox_event;
create unique index inbox_event on inbox (organisation_id, connector, event_key, account);
