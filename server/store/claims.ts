import type { Sql } from './database.ts';

/**
 * Claims the right to do one thing, for ever, for the first run that asks. A claim whose run ended on the
 * shelf may be taken over.
 *
 * @returns true when the claim is this run's.
 */
export async function claim(
  sql: Sql,
  about: { organisationId: string; integration: string; identity: string; runId: string },
): Promise<boolean> {
  const rows = await sql.query<{ run_id: string }>(
    `insert into claims as c (organisation_id, integration, identity, run_id) values ($1, $2, $3, $4)
     on conflict (organisation_id, integration, identity) do update set run_id = excluded.run_id
       where c.run_id = excluded.run_id
         or exists (select 1 from runs r where r.id = c.run_id and r.state in ('shelved', 'superseded'))
     returning run_id`,
    [about.organisationId, about.integration, about.identity, about.runId],
  );
  return rows.length > 0;
}
