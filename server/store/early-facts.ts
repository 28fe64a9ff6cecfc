import type { EarlyFact } from '../core/flow.ts';
import type { Sql } from './database.ts';
import { storable } from './storable.ts';

interface Owner {
  readonly organisationId: string;
  readonly integration: string;
}

/** Keeps what was told of something that is not there yet. The same key again replaces what it told before. */
export async function keepEarlyFact(
  sql: Sql,
  owner: Owner,
  { subject, key, fact }: EarlyFact,
): Promise<void> {
  await sql.query(
    `insert into early_facts (organisation_id, integration, subject, key, fact) values ($1, $2, $3, $4, $5)
     on conflict (organisation_id, integration, subject, key) do update set fact = excluded.fact`,
    [owner.organisationId, owner.integration, subject, key, JSON.stringify(storable(fact))],
  );
}

/** What is kept about any of these subjects, in the order in which it was told. */
export function earlyFacts(sql: Sql, owner: Owner, subjects: readonly string[]): Promise<EarlyFact[]> {
  return sql.query<EarlyFact>(
    `select subject, key, fact from early_facts
     where organisation_id = $1 and integration = $2 and subject = any($3::text[]) order by told_at, key`,
    [owner.organisationId, owner.integration, subjects],
  );
}

/** Forgets facts that were taken up. */
export async function forgetEarlyFacts(sql: Sql, owner: Owner, facts: readonly EarlyFact[]): Promise<void> {
  await sql.query(
    `delete from early_facts e using unnest($3::text[], $4::text[]) as taken(subject, key)
     where e.organisation_id = $1 and e.integration = $2 and e.subject = taken.subject and e.key = taken.key`,
    [
      owner.organisationId,
      owner.integration,
      facts.map(({ subject }) => subject),
      facts.map(({ key }) => key),
    ],
  );
}
