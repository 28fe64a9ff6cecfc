import type { Sql } from './database.ts';

/** Something that shelved runs of an integration wait for. */
export interface Awaited {
  readonly organisationId: string;
  readonly integration: string;
  readonly flow: string;
  readonly what: string;
  /** How long the first of them has waited, in milliseconds. */
  readonly forMs: number;
}

const MISSING = `r.state = 'shelved' and r.error->>'waitsFor' is not null`;

/** What is waited for by integrations that are on. */
export function awaitedThings(sql: Sql): Promise<Awaited[]> {
  return sql.query<Awaited>(
    `select r.organisation_id as "organisationId", r.integration, i.flow, r.error->>'waitsFor' as what,
       (extract(epoch from now() - min(r.finished_at)) * 1000)::float8 as "forMs"
     from runs r
     join integrations i on i.organisation_id = r.organisation_id and i.id = r.integration
     where ${MISSING} and i.enabled and i.deleted_at is null
     group by 1, 2, 3, 4`,
  );
}

/** Which runs wait for it: conditions on `runs r`, for a replay. */
export const waitingFor = ({ integration, what }: Pick<Awaited, 'integration' | 'what'>) => ({
  sql: `${MISSING} and r.integration = $2 and r.error->>'waitsFor' = $3`,
  values: [integration, what],
});
