-- Alerts go to a place of one account: of the one that was there when nobody could name it.
with usual as (
  select distinct on (organisation_id, connector) organisation_id, connector, account->>'id' as account
  from connections where owner is null order by organisation_id, connector, created_at, id
)
update alert_settings s set
  destinations = coalesce((
    select jsonb_agg(case when u.account is null then d.one else d.one || jsonb_build_object('account', u.account) end
                     order by d.place)
    from jsonb_array_elements(s.destinations) with ordinality d(one, place)
    left join usual u on u.organisation_id = s.organisation_id and u.connector = d.one->>'connector'
  ), '[]'),
  outcomes = coalesce((
    select jsonb_object_agg(case when u.account is null then o.key else o.key || ' @' || u.account end, o.value)
    from jsonb_each(s.outcomes) o(key, value)
    left join usual u on u.organisation_id = s.organisation_id and u.connector = split_part(o.key, ' ', 1)
  ), '{}');
