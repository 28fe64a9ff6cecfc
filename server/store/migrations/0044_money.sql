-- An account whose money is held against the organisation's books: what was found last, and what is under way.
create table money_accounts (
  organisation_id uuid not null references organisations on delete cascade,
  id uuid primary key,
  connector text not null,
  -- The vendor's own id of the account, and what it is called.
  account_id text not null,
  account_name text not null,
  books_connector text not null,
  books_account_id text not null,
  books_name text not null,
  kept_at timestamptz not null default now(),
  -- The last check that came to its end: when, over which days, what it found.
  checked_at timestamptz,
  result jsonb,
  -- How many differences somebody has to look at.
  open_differences integer not null default 0,
  -- A check that was asked for, or is under way; a process that dies at it leaves an old beat behind.
  asked_at timestamptz,
  begun_at timestamptz,
  beat_at timestamptz,
  progress jsonb,
  cancel_asked boolean not null default false,
  -- How the last check ended that came to no end; null once one does.
  failed_at timestamptz,
  error jsonb,
  unique (organisation_id, connector, account_id, books_connector, books_account_id)
);

-- Differences that somebody accepted as they then were: other amounts are another difference.
create table money_accepted (
  account uuid not null references money_accounts on delete cascade,
  key text not null,
  fingerprint text not null,
  note text not null,
  accepted_by text not null,
  at timestamptz not null default now(),
  primary key (account, key)
);
