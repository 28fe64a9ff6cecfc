import type { SyncFilter } from '../core/sync/side-filter.ts';
import type { Sql } from './database.ts';
import { type IntegrationRow, integrationsOf } from './integrations.ts';

/** What an admin prepared of a flow for each person to have as their own. */
export interface TemplateRow {
  readonly organisationId: string;
  /** Stays for ever. */
  readonly id: string;
  readonly flow: string;
  /** Null: as the flow is called. */
  readonly name: string | null;
  /** Whether persons are asked to take part. */
  readonly open: boolean;
  /** Whose account each person connects, by the connector's id. */
  readonly connector: string;
  /** By role, the organisation's connection that all of them share. */
  readonly connections: Readonly<Record<string, string>>;
  /** As those of an integration are stored. */
  readonly settings: Record<string, unknown>;
  /** As that of an integration is stored. */
  readonly filter: SyncFilter | null;
  /** How many records the first write may touch without the person having looked at the preview. */
  readonly approves: number;
  readonly createdAt: Date;
}

const COLUMNS = `organisation_id as "organisationId", id, flow, name, open, connector, connections, settings, filter,
  approves, created_at as "createdAt"`;

/** Of one organisation, the oldest first. */
export async function templatesOf(sql: Sql, organisationId: string): Promise<TemplateRow[]> {
  return sql.query<TemplateRow>(
    `select ${COLUMNS} from templates where organisation_id = $1 order by created_at, id`,
    [organisationId],
  );
}

export async function templateById(
  sql: Sql,
  organisationId: string,
  id: string,
): Promise<TemplateRow | null> {
  const [row] = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates where organisation_id = $1 and id = $2`,
    [organisationId, id],
  );
  return row ?? null;
}

/** The template as it stands, held until the transaction ends; null when there is none. */
export async function lockTemplate(
  sql: Sql,
  organisationId: string,
  id: string,
): Promise<TemplateRow | null> {
  const [row] = await sql.query<TemplateRow>(
    `select ${COLUMNS} from templates where organisation_id = $1 and id = $2 for update`,
    [organisationId, id],
  );
  return row ?? null;
}

/** Makes a template, or writes anew the one that is there. */
export async function saveTemplate(sql: Sql, row: Omit<TemplateRow, 'createdAt'>): Promise<void> {
  await sql.query(
    `insert into templates (organisation_id, id, flow, name, open, connector, connections, settings, filter, approves)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (organisation_id, id) do update
       set name = excluded.name, open = excluded.open, connections = excluded.connections,
         settings = excluded.settings, filter = excluded.filter, approves = excluded.approves, updated_at = now()`,
    [
      row.organisationId,
      row.id,
      row.flow,
      row.name,
      row.open,
      row.connector,
      JSON.stringify(row.connections),
      JSON.stringify(row.settings),
      row.filter === null ? null : JSON.stringify(row.filter),
      row.approves,
    ],
  );
}

/** @returns whether there was one. The integrations under it are the caller's to end. */
export async function deleteTemplate(sql: Sql, organisationId: string, id: string): Promise<boolean> {
  const rows = await sql.query('delete from templates where organisation_id = $1 and id = $2 returning id', [
    organisationId,
    id,
  ]);
  return rows.length > 0;
}

/** Integrations that persons have under a template, the oldest first. */
export async function integrationsUnder(
  sql: Sql,
  organisationId: string,
  template: string,
): Promise<IntegrationRow[]> {
  const rows = await integrationsOf(sql, organisationId);
  return rows.filter((row) => row.template === template);
}

/**
 * Makes a person's integration under a template, as the template stands.
 *
 * @returns false where they have one already.
 */
export async function insertPersonal(
  sql: Sql,
  template: TemplateRow,
  wish: { readonly id: string; readonly owner: string; readonly name: string },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into integrations (organisation_id, id, flow, name, enabled, settings, filter, owner, template, approves)
     values ($1, $2, $3, $4, true, $5, $6, $7, $8, $9)
     on conflict (organisation_id, template, owner) where template is not null and deleted_at is null
       do nothing returning id`,
    [
      template.organisationId,
      wish.id,
      template.flow,
      wish.name,
      JSON.stringify(template.settings),
      template.filter === null ? null : JSON.stringify(template.filter),
      wish.owner,
      template.id,
      template.approves,
    ],
  );
  return rows.length > 0;
}

/** Writes what a template says into each integration under it, so that their next turns go by it. */
export async function followTemplate(sql: Sql, template: Omit<TemplateRow, 'createdAt'>): Promise<void> {
  await sql.query(
    `update integrations set settings = $3, filter = $4, approves = $5, updated_at = now()
     where organisation_id = $1 and template = $2 and deleted_at is null`,
    [
      template.organisationId,
      template.id,
      JSON.stringify(template.settings),
      template.filter === null ? null : JSON.stringify(template.filter),
      template.approves,
    ],
  );
}
