import type { KeptFilter } from '../core/filter/filter.ts';
import type { SyncFilter } from '../core/sync/side-filter.ts';
import type { Sql } from './database.ts';
import { filterColumns, type IntegrationKey } from './integrations.ts';

/** How an integration was set from a moment on. */
export interface ChangeRow {
  readonly integration: string;
  readonly at: Date;
  readonly enabled: boolean;
  readonly deleted: boolean;
  readonly settings: Record<string, unknown>;
  readonly filter: KeptFilter | null;
  readonly sideFilters: SyncFilter | null;
}

const COLUMNS = `integration, at, enabled, deleted, settings, ${filterColumns()}`;

/** Newest first. */
export function changesOf(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
  limit: number,
): Promise<ChangeRow[]> {
  return sql.query<ChangeRow>(
    `select ${COLUMNS} from integration_changes where organisation_id = $1 and integration = $2 order by id desc limit $3`,
    [organisationId, integration, limit],
  );
}

/** How an integration was set from a moment on; settings of one that was off do nothing. */
export interface SetSince {
  readonly integration: string;
  readonly at: Date;
  readonly enabled: boolean;
  readonly settings: Record<string, unknown>;
}

/** Of these integrations, oldest first. */
export function settingsSince(
  sql: Sql,
  organisationId: string,
  integrations: readonly string[],
): Promise<SetSince[]> {
  return sql.query<SetSince>(
    `select integration, at, enabled and not deleted as enabled, settings from integration_changes
     where organisation_id = $1 and integration = any($2) order by id`,
    [organisationId, integrations],
  );
}

/** When an integration was turned on or off. */
export interface Turn {
  readonly integration: string;
  readonly at: Date;
  readonly enabled: boolean;
}

/** Of these integrations, oldest first; the first of each is how it began. */
export function turnsOf(sql: Sql, organisationId: string, integrations: readonly string[]): Promise<Turn[]> {
  return sql.query<Turn>(
    `select integration, at, enabled from (
       select integration, at, enabled, id, lag(enabled) over (partition by integration order by id) as before
       from integration_changes where organisation_id = $1 and integration = any($2)) c
     where before is distinct from enabled order by id`,
    [organisationId, integrations],
  );
}
