-- Alerts are told to people: once when they open, once when their cause is gone.
alter table alerts add column told_at timestamptz;
alter table alerts add column recovery_told_at timestamptz;
alter table alerts add column tries integer not null default 0;
-- Why the last attempt to tell somebody failed, and when the next one is due.
alter table alerts add column tell_error jsonb;
alter table alerts add column tell_at timestamptz not null default now();
create index alerts_untold on alerts (organisation_id, tell_at)
  where told_at is null or (closed_at is not null and recovery_told_at is null);

-- Where an organisation's alerts go: [{"connector": "slack", "target": "C123"}, {"email": "a@b.example"}].
create table alert_settings (
  organisation_id uuid primary key references organisations on delete cascade,
  destinations jsonb not null default '[]',
  updated_at timestamptz not null default now()
);
