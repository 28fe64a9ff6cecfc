/**
 * Part of a statement: makes a dispatch of each fact for each receiver that listens to it, in the statement that stores
 * the fact itself. What persons have of their own is told to nobody. A receiver that is removed meanwhile is none any
 * more: it fails no fact.
 *
 * @param from a part before it, or a query in brackets: `organisation_id`, `integration`, `run_id`, `fact`, `key`, `data`.
 */
export const tellFrom = (from: string): string => `insert into dispatches
       (receiver_id, organisation_id, fact, integration, run_id, key, data)
     select r.id, told.organisation_id, told.fact,
       case when g.id is null then null else json_build_object('id', g.id, 'flow', g.flow, 'name', g.name) end,
       told.run_id, told.key, told.data
     from ${from} told
     join receivers r on r.organisation_id = told.organisation_id and r.state in ('active', 'paused')
       and told.fact = any(r.facts) and (r.integrations is null or told.integration = any(r.integrations))
     left join integrations g on g.organisation_id = told.organisation_id and g.id = told.integration
     where told.integration is null or (g.id is not null and g.owner is null)
    -- Two that tell the same at once must not each wait for what the other has told already.
    order by r.id, told.key
     for key share of r
     on conflict (receiver_id, key) do nothing`;
