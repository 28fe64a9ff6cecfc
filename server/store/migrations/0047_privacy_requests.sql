-- What vendors pass on of what people may ask by law: to be told what is held of them, and that it be erased.
create table privacy_requests (
  id bigint generated always as identity primary key,
  connector text not null,
  -- The vendor's own ids of the account and of the request.
  account text not null,
  key text not null,
  -- Who asks, and for what. Null once it is dealt with: nothing of them is kept.
  request jsonb,
  received_at timestamptz not null default now(),
  -- Work that was under way is waited for.
  due_at timestamptz not null default now(),
  done_at timestamptz,
  unique (connector, account, key)
);
create index privacy_requests_open on privacy_requests (due_at) where done_at is null;
