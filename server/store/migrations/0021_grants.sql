-- A grant is what somebody consented to at one vendor account; a connection is one connector over one grant.
-- Several connectors of a family share a grant, and an organisation has any number of both.

create table grants (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  -- The connectors that may share it; of a connector that is alone the connector's own id.
  family text not null,
  -- Under which of Liaison's registrations at the vendor it was given: only that one may use its tokens.
  registration text not null,
  -- Address of the customer's own, for vendors that have one for each of them.
  site text,
  data_centre text,
  -- Who consented: {"id", "name", "user", "facts"}.
  account jsonb not null,
  -- What was granted; of grants that are older than this table nothing is known.
  scopes text[] not null default '{}',
  -- The person whose own it is; null: the organisation's.
  owner uuid references users on delete cascade,
  state text not null check (state in ('active', 'reconnect')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Until now each connection had an access of its own, and its secrets are sealed under its id: the grant gets
-- the same one.
insert into grants (id, organisation_id, family, registration, data_centre, account, state, created_at, updated_at)
  select id, organisation_id, split_part(connector, '-', 1), connector, data_centre, account, state, created_at,
    updated_at
  from connections;

create unique index grants_account on grants
  (organisation_id, family, registration, (account->>'id'), coalesce(owner, '00000000-0000-0000-0000-000000000000'));

alter table connections
  add grant_id uuid references grants on delete cascade,
  -- As the grant says: here for what must not stand twice.
  add owner uuid references users on delete cascade,
  drop constraint connections_organisation_id_connector_key,
  drop column data_centre;
update connections set grant_id = id;
alter table connections alter grant_id set not null;
create index connections_grant on connections (grant_id);
create unique index connections_account on connections
  (organisation_id, connector, (account->>'id'), coalesce(owner, '00000000-0000-0000-0000-000000000000'));

-- Tokens and keys belong to the grant, the secrets of deliveries to the connection.
alter table secrets drop constraint secrets_pkey;
alter table secrets
  alter connection_id drop not null,
  add grant_id uuid references grants on delete cascade;
update secrets set grant_id = connection_id, connection_id = null where name in ('tokens', 'key');
alter table secrets
  add check ((grant_id is null) <> (connection_id is null)),
  add owner_id uuid not null generated always as (coalesce(grant_id, connection_id)) stored,
  add primary key (owner_id, name);

alter table token_refreshes drop constraint token_refreshes_connection_id_fkey;
alter table token_refreshes rename connection_id to grant_id;
alter table token_refreshes add foreign key (grant_id) references grants on delete cascade;

-- What a visit to a consent page is for: a new account, or the connection whose access is renewed.
alter table oauth_attempts
  add connection_id uuid references connections on delete cascade,
  add owner uuid references users on delete cascade,
  -- What was asked for; null: all that the connector needs.
  add scopes text[],
  -- Nothing more can be asked for: what is missing then was not given.
  add whole boolean not null default true;

-- Refresh tokens that could not be ended at the vendor: they count there among those of their account.
create table stray_refresh_tokens (
  id bigint generated always as identity primary key,
  family text not null,
  registration text not null,
  account_id text not null,
  since timestamptz not null default now()
);
create index stray_refresh_tokens_account on stray_refresh_tokens (family, registration, account_id);
