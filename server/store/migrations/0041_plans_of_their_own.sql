-- Functions whose plan is kept: of one in plain SQL that is not inlined, a plan was made at each call, once for each row.
create or replace function search_words(organisation uuid, said text) returns text[] language plpgsql immutable parallel safe as $$
begin
  return (select coalesce(array_agg(distinct right(organisation::text, 12) || left(word, 80)), '{}') from regexp_split_to_table(
    replace(replace(lower(regexp_replace(normalize(replace(replace(said, 'Œ', 'oe'), 'Æ', 'ae'), nfd), '[\u0300-\u036f]', '', 'g')), 'œ', 'oe'), 'æ', 'ae'),
    '[\s\u00a0\u00ab\u00bb\u00b7\u2000-\u206f!-/:-@\[-`{-~]+') word where word <> '');
end $$;
create or replace function addresses_in(stored jsonb) returns text language plpgsql immutable parallel safe as $$
begin
  return (select coalesce(string_agg(distinct value #>> '{}', ' '), '')
    from jsonb_path_query(stored, 'strict $.** ? (@.type() == "string" && @ like_regex "^[^\\s@]+@[^\\s@]+$")') value);
end $$;

-- Statistics of a queue are those of another moment: a plan that was made while it was all but empty read the whole of a
-- backlog for each run. What looks into it does so by its indexes, one probe for each record.

-- Runs of these records that have not begun, locked.
create function waiting_runs(organisations uuid[], integrations text[], records text[])
  returns table (run_id uuid, organisation_id uuid, integration text, record_id text) language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
begin
  return query
    select found.* from (
      select distinct * from unnest(organisations, integrations, records) as w(organisation_id, integration, record_id)) wanted
    cross join lateral (
      select q.run_id, q.organisation_id, q.integration, q.record_id from queue q
      where q.organisation_id = wanted.organisation_id and q.integration = wanted.integration and q.record_id = wanted.record_id
        -- Not in the words of the index of what is due, which is no way to one record.
        and coalesce(q.owner, -1) = -1 and q.taken = 0
      order by q.event_id for update skip locked) found;
end $$;

-- Due runs in turns: the first of every lane, then the second of every lane, each lane and each organisation up to its
-- share; whatever else its organisation has in hand, a lane may have one. A run waits for the older ones of its record,
-- those that wait for their retry included.
create function take_runs(taker bigint, most int, of_lane int, of_organisation int, held_organisations uuid[], held_integrations text[], held_counts int[])
  returns table (run_id uuid, times int) rows 1 language plpgsql set enable_seqscan = off as $$
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
        using (organisation_id))
    update queue q set owner = taker, taken = q.taken + 1
    where q.run_id = any(array(
      select run_id from shared where place <= of_organisation or (held = 0 and turn = 1) order by turn, due_at limit most))
    returning q.run_id, q.taken;
end $$;
