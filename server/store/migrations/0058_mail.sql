-- Mails that people had logged on records of the CRM: each mail once on each record.
create table mail_logs (
  organisation_id uuid not null references organisations on delete cascade,
  -- A digest of what the mail is known by, and one of its Message-ID where it has one.
  mail bytea not null,
  message bytea,
  module text not null,
  record_id text not null,
  record_name text,
  integration text not null,
  -- Of the event that its run is begun by.
  event_key text not null,
  asked_by uuid,
  asked_name text,
  asked_at timestamptz not null default now(),
  primary key (organisation_id, mail, module, record_id)
);
create index mail_logs_message on mail_logs (organisation_id, message) where message is not null;

-- Files that came with events, for as long as a run needs them.
create table event_files (
  organisation_id uuid not null references organisations on delete cascade,
  id uuid primary key,
  connector text not null,
  event_keys text[] not null,
  content bytea not null,
  at timestamptz not null default now()
);
create index event_files_at on event_files (at);

-- People that were made from mails a short time ago: a repeat of the same request is answered as the first one was.
create table mail_people (
  organisation_id uuid not null references organisations on delete cascade,
  once_by text not null,
  answer jsonb not null,
  at timestamptz not null default now(),
  primary key (organisation_id, once_by)
);
