import type { Sql } from './database.ts';

/** Where alerts go: into an application that is connected, or to an address. */
export type AlertDestination =
  | { readonly connector: string; readonly target: string }
  | { readonly email: string };

export async function alertDestinations(sql: Sql, organisationId: string): Promise<AlertDestination[]> {
  const [row] = await sql.query<{ destinations: AlertDestination[] }>(
    'select destinations from alert_settings where organisation_id = $1',
    [organisationId],
  );
  return row?.destinations ?? [];
}

export async function saveAlertDestinations(
  sql: Sql,
  organisationId: string,
  destinations: readonly AlertDestination[],
): Promise<void> {
  await sql.query(
    `insert into alert_settings (organisation_id, destinations) values ($1, $2)
     on conflict (organisation_id) do update set destinations = excluded.destinations, updated_at = now()`,
    [organisationId, JSON.stringify(destinations)],
  );
}
