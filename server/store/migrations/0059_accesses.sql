-- Other applications that people let in, to act in Liaison in their name. Of every secret only the SHA-256 digest
-- stands here. What a person let one application do in one organisation; ends with the person, and with the organisation.
create table accesses (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  user_id uuid not null references users on delete cascade,
  -- As it is registered here.
  application text not null,
  created_at timestamptz not null default now(),
  -- When tokens were last given out.
  used_at timestamptz not null default now(),
  unique (organisation_id, user_id, application)
);
create index accesses_user on accesses (user_id);

-- All tokens that come of one consent.
create table access_families (
  id uuid primary key,
  access_id uuid not null references accesses on delete cascade,
  scopes text[] not null,
  created_at timestamptz not null default now()
);
create index access_families_access on access_families (access_id);

create table access_tokens (
  digest bytea primary key,
  family_id uuid not null references access_families on delete cascade,
  kind text not null check (kind in ('access', 'refresh')),
  expires_at timestamptz not null,
  -- A refresh token that was used stays: whoever uses it again is not its owner.
  spent_at timestamptz
);
create index access_tokens_family on access_tokens (family_id);
create index access_tokens_over on access_tokens (expires_at);

-- What a consent sends the browser back to the application with.
create table access_codes (
  digest bytea primary key,
  application text not null,
  organisation_id uuid not null references organisations on delete cascade,
  user_id uuid not null references users on delete cascade,
  redirect_uri text not null,
  scopes text[] not null,
  -- SHA-256, in base64url, of the verifier that only the application knows.
  challenge text not null,
  expires_at timestamptz not null,
  spent_at timestamptz,
  -- What it was exchanged for: ended should the code come a second time.
  family_id uuid references access_families on delete set null
);
create index access_codes_over on access_codes (expires_at);
create index access_codes_family on access_codes (family_id);
create index access_codes_user on access_codes (user_id);

-- A receiver that an application made for itself; null: a person made it.
alter table receivers add column access_id uuid references accesses on delete cascade;
create index receivers_access on receivers (access_id);

-- Where a sign-in leads to that is not a popup's: a path of Liaison's own.
alter table sign_in_attempts add column return_to text;
