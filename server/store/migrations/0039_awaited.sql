-- Runs on the shelf that wait for something which somebody is to add at a vendor.
create index runs_awaiting on runs (organisation_id, integration, (error->>'waitsFor'))
  where state = 'shelved' and error->>'waitsFor' is not null;
