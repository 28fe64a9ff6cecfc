-- When something happened that a look found: an integration that was turned on later was not to hear of it.
alter table inbox add column happened_at timestamptz;
