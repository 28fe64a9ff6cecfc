import type { Sql } from './database.ts';

/** A person's own sync that is on, and stands still before its first write or before it goes on under new rules. */
export interface PersonalSync {
  readonly organisationId: string;
  readonly integration: string;
  readonly phase: 'new' | 'previewed';
  /** How many records may be written without its person having looked. */
  readonly approves: number;
  /** The latest preview that is done, and what it foretells; null: there is none. */
  readonly preview: string | null;
  readonly plan: unknown;
}

/**
 * Of one, or of all. What stands still because it lacks something is not among them.
 */
export async function personalSyncs(
  sql: Sql,
  only?: { readonly organisationId: string; readonly integration: string },
): Promise<PersonalSync[]> {
  return sql.query<PersonalSync>(
    `select i.organisation_id as "organisationId", i.id as integration, coalesce(s.phase, 'new') as phase, i.approves,
       p.id as preview, p.plan
     from integrations i
     left join syncs s on s.organisation_id = i.organisation_id and s.integration = i.id
     left join lateral (select id, plan from sync_passes p
       where p.organisation_id = i.organisation_id and p.integration = i.id and p.kind = 'preview' and p.state = 'done'
       order by p.started_at desc limit 1) p on s.phase = 'previewed'
     where i.template is not null and i.enabled and i.deleted_at is null and coalesce(s.phase, 'new') in ('new', 'previewed')
       and s.error is null
       and ($1::uuid is null or (i.organisation_id = $1 and i.id = $2))
     order by i.created_at, i.id`,
    [only?.organisationId ?? null, only?.integration ?? null],
  );
}
