-- Messages that an application had posted at an integration's place, each under a name of its own: done once.
create table said_messages (
  organisation_id uuid not null references organisations on delete cascade,
  integration text not null,
  key text not null,
  -- What the message is found by again at its vendor.
  marker text not null,
  begun_at timestamptz not null default now(),
  -- Until when a process has it in hand.
  taken_until timestamptz not null,
  -- The vendor's; null: nobody knows yet whether it is there.
  message_id text,
  primary key (organisation_id, integration, key)
);
create index said_messages_old on said_messages (begun_at);
