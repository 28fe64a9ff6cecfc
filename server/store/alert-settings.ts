import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';

/** Where alerts go: into an application that is connected, or to an address. */
export type AlertDestination =
  | {
      readonly connector: string;
      readonly target: string;
      /** What people know the target by (`#ventes`), as the application called it when it was chosen. */
      readonly title?: string;
      /** The vendor's own id of the account, which stays when it is connected again; absent: the only one there is. */
      readonly account?: string;
    }
  | { readonly email: string };

/** How the last attempt to tell somebody there ended; the error is null when it was taken. */
export interface AlertOutcome {
  /** ISO 8601. */
  readonly at: string;
  readonly error: Sentence | null;
}

/** Under which name a destination's outcome is kept, and by which two of them are the same. */
export const destinationKey = (destination: AlertDestination): string =>
  'email' in destination
    ? `mail ${destination.email.toLowerCase()}`
    : [
        destination.connector,
        destination.target,
        ...(destination.account === undefined ? [] : [`@${destination.account}`]),
      ].join(' ');

export async function alertDestinations(sql: Sql, organisationId: string): Promise<AlertDestination[]> {
  return (await alertSettings(sql, organisationId)).destinations;
}

export async function alertSettings(
  sql: Sql,
  organisationId: string,
): Promise<{ destinations: AlertDestination[]; outcomes: Readonly<Record<string, AlertOutcome>> }> {
  const [row] = await sql.query<{
    destinations: AlertDestination[];
    outcomes: Record<string, AlertOutcome>;
  }>('select destinations, outcomes from alert_settings where organisation_id = $1', [organisationId]);
  return row ?? { destinations: [], outcomes: {} };
}

/** Where alerts go, held until the transaction ends; made where nobody chose yet. */
export async function lockAlertDestinations(sql: Sql, organisationId: string): Promise<AlertDestination[]> {
  await sql.query(
    `insert into alert_settings (organisation_id, destinations) values ($1, '[]')
     on conflict (organisation_id) do nothing`,
    [organisationId],
  );
  const [row] = await sql.query<{ destinations: AlertDestination[] }>(
    'select destinations from alert_settings where organisation_id = $1 for update',
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

/** Notes how telling somebody there ended, at the database's time. */
export async function noteAlertOutcome(
  sql: Sql,
  organisationId: string,
  destination: AlertDestination,
  error: Sentence | null,
): Promise<void> {
  await sql.query(
    `update alert_settings set outcomes = outcomes || jsonb_build_object($2::text,
       jsonb_build_object('at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'error', $3::jsonb))
     where organisation_id = $1`,
    [organisationId, destinationKey(destination), JSON.stringify(error)],
  );
}
