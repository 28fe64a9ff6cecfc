-- What an undo left different on the two sides of a pair, by left field id, and the side whose value the other
-- one would have again: {"phoneNumbers": "left"}. A field leaves it when the two sides agree on it anew.
alter table sync_links add column undone jsonb;

-- Records of another kind that a side made for what a pass wrote (the account of a contact's company), before
-- they were made.
create table sync_companions (
  id bigint generated always as identity primary key,
  organisation_id uuid not null references organisations on delete cascade,
  flow text not null,
  pass_id uuid not null,
  side text not null,
  name text not null,
  -- Null until it is known to be there.
  record_id text,
  version text,
  -- 'sending': under way. 'unknown': it may have been made; looked for before it is made again.
  state text not null check (state in ('sending', 'made', 'failed', 'unknown')),
  error jsonb,
  at timestamptz not null default now(),
  -- The undo that looked at it last, and why it left it: null when it took it away.
  undone_by uuid,
  stays jsonb
);
create index sync_companions_pass on sync_companions (pass_id, id);
create index sync_companions_undo on sync_companions (undone_by, id) where undone_by is not null;
create index sync_companions_open on sync_companions (organisation_id, flow) where state in ('sending', 'unknown');
