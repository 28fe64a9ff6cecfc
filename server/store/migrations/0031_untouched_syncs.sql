-- Until integrations came, every sync stood among an organisation's syncs, whether anybody had touched it or not. Those
-- that nobody had touched got no integration then; what is in an organisation of that time is there as it was.
insert into integrations (organisation_id, id, flow, enabled)
  select o.id, sync, sync, true
  from organisations o
  cross join unnest(array['contacts-google-crm', 'calendar-google-crm', 'mailchimp-crm']) as sync
  where o.created_at < (select applied_at from liaison_migrations where name like '0022\_integrations%')
    -- Deleted ones too: what somebody ended since does not come back.
    and not exists (select from integrations i where i.organisation_id = o.id and i.flow = sync)
  on conflict do nothing;
