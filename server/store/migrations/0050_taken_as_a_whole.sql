-- A function's own query sees what was committed since the statement that calls it began. A run of that moment was taken
-- in the queue, and its line was not there yet for the statement around: it waited until it was found to be forgotten.
-- All of a taking is one query now, and sees all of a run or nothing of it.
drop function take_runs(bigint, int, int, int, uuid[], text[], int[]);

-- Due runs in turns: the first of every lane, then the second of every lane, each lane and each organisation up to its
-- share; whatever else its organisation has in hand, a lane may have one. A run waits for the older ones of its record,
-- those that wait for their retry included. With the event of each, and the body where it is kept; `begun`: it was taken before.
create function take_runs(taker bigint, most int, of_lane int, of_organisation int, held_organisations uuid[], held_integrations text[], held_counts int[])
  returns table (
    run_id uuid, integration text, record_object text, run_record_id text, attempt int, begun boolean,
    id bigint, organisation_id uuid, connection_id uuid, connector text, event_key text, account text, topic text,
    record_id text, content_type text, body text, received_at timestamptz, happened_at timestamptz)
  rows 1 language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
begin
  return query
    with recursive lane as (
      (select organisation_id, integration from queue where owner is null order by organisation_id, integration limit 1)
      union all
      select n.organisation_id, n.integration from lane l cross join lateral (
        select q.organisation_id, q.integration from queue q
        where q.owner is null and (q.organisation_id, q.integration) > (l.organisation_id, l.integration)
        order by q.organisation_id, q.integration limit 1) n),
    held as materialized (
      select * from unnest(held_organisations, held_integrations, held_counts) as h(organisation_id, integration, count)),
    due as materialized (
      select l.organisation_id, coalesce(h.count, 0) as held, d.run_id, d.due_at, row_number() over (
        partition by l.organisation_id, l.integration order by d.due_at, d.event_id) as turn
      from lane l left join held h on h.organisation_id = l.organisation_id and h.integration = l.integration
      cross join lateral (
        select q.run_id, q.due_at, q.event_id from queue q
        where q.organisation_id = l.organisation_id and q.integration = l.integration and q.owner is null and q.due_at <= now()
          and not exists (
            select from queue o where o.organisation_id = q.organisation_id and o.integration = q.integration
              and o.record_id = q.record_id and (o.event_id < q.event_id or o.owner is not null)
            offset 0)
        order by q.due_at, q.event_id
        limit least(most, greatest(0, of_lane - coalesce(h.count, 0)))
        for update skip locked) d),
    shared as (
      select d.run_id, d.turn, d.due_at, d.held, coalesce(h.count, 0) + row_number() over (
        partition by d.organisation_id order by d.turn, d.due_at) as place
      from due d left join (select organisation_id, sum(count) as count from held group by organisation_id) h
        using (organisation_id)),
    taken as (
      update queue q set owner = taker, taken = q.taken + 1
      where q.run_id = any(array(
        select run_id from shared where place <= of_organisation or (held = 0 and turn = 1) order by turn, due_at limit most))
      returning q.run_id, q.taken as times),
    marked as (
      update runs r set state = 'running', owner = taker,
        -- A run that is replayed begins anew; one that is tried again goes on.
        started_at = case when r.attempt = 0 then now() else coalesce(r.started_at, now()) end
      from taken t where r.id = t.run_id
      returning r.id as run_id, r.integration, r.record_object, r.record_id as run_record_id, r.event_id, r.attempt,
        t.times > 1 as begun)
    select m.run_id, m.integration, m.record_object, m.run_record_id, m.attempt, m.begun,
      i.id, i.organisation_id, i.connection_id, i.connector, i.event_key, i.account, i.topic, i.record_id, i.content_type,
      coalesce(b.body, i.body, ''), i.received_at, i.happened_at
    from marked m join inbox i on i.id = m.event_id
    left join event_bodies b on b.event_id = i.id and b.received_at = i.received_at
    order by m.event_id;
end $$;
