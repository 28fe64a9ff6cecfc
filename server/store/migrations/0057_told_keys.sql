-- Keys of what was told long ago go with time.
create index dispatches_bare on dispatches (organisation_id, happened_at) where data is null;
