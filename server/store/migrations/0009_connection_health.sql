-- How a connection's calls went last, whoever made them: what an admin sees beside it. Apart from
-- `connections`, so that a busy vendor does not rewrite the row that every event looks up.
create table connection_health (
  connection_id uuid primary key references connections on delete cascade,
  success_at timestamptz,
  failure_at timestamptz,
  -- {"kind", "sentence", "vendorMessage", "field"}
  failure jsonb
);
