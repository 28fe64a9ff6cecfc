-- What is known of looks: of polled sources, and of the sweeps that find what no webhook announced.
alter table cursors
  -- When the flow was turned on: what happened before is none of its business.
  add column started_at timestamptz not null default now(),
  add column looked_at timestamptz,
  -- Events that were found without a delivery, ever, and when the last of them was.
  add column found bigint not null default 0,
  add column found_at timestamptz,
  -- Of these, how many since a delivery last arrived, and when the latest of them happened.
  add column gap integer not null default 0,
  add column gap_at timestamptz,
  -- The newest event of the inbox at the last look, and at the one before what is missing now was found.
  add column inbox_at bigint not null default 0,
  add column gap_from bigint,
  add column failing_since timestamptz;
