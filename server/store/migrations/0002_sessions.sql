-- Who signed in, as the vendor's own API says, and the sessions that come of it. Of every secret only the
-- SHA-256 digest stands here; of the vendor's own tokens nothing does.

create table users (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  -- The vendor's own id of the user.
  external_id text not null,
  name text not null,
  email text,
  locale text,
  role text not null check (role in ('rep', 'admin')),
  created_at timestamptz not null default now(),
  signed_in_at timestamptz not null default now(),
  unique (organisation_id, external_id)
);

-- One visit of a popup to the vendor's consent page.
create table sign_in_attempts (
  state_digest bytea primary key,
  -- Of the browser's cookie: the visit must end where it began.
  browser_digest bytea not null,
  -- SHA-256, in base64url, of the verifier that only the page that opened the popup knows.
  challenge text not null,
  -- Origin of that page.
  opener text not null,
  language text not null,
  expires_at timestamptz not null
);

-- What a finished visit leaves: the popup's session, under which pages are given sessions of their own.
create table sign_ins (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  user_id uuid not null references users on delete cascade,
  browser_digest bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sign_ins_user on sign_ins (user_id);
create index sign_ins_over on sign_ins (expires_at);

-- Handed by the popup to the page that opened it.
create table sign_in_codes (
  code_digest bytea primary key,
  sign_in_id uuid not null references sign_ins on delete cascade,
  challenge text not null,
  expires_at timestamptz not null
);
create index sign_in_codes_sign_in on sign_in_codes (sign_in_id);

-- One page's session: the family of all tokens that come of one code.
create table sessions (
  id uuid primary key,
  sign_in_id uuid not null references sign_ins on delete cascade,
  created_at timestamptz not null default now()
);
create index sessions_sign_in on sessions (sign_in_id);

create table session_tokens (
  digest bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  -- 'bearer' opens the API; 'renewal' is spent for the next pair; 'frame' lets the next page of the same
  -- browser begin without a click.
  kind text not null check (kind in ('bearer', 'renewal', 'frame')),
  expires_at timestamptz not null,
  -- A renewal token that was used stays until its sign-in is over: whoever uses it again is not its owner.
  spent_at timestamptz
);
create index session_tokens_session on session_tokens (session_id);
