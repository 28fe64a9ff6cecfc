import type { Organisation } from '../core/flow.ts';
import type { Sql } from './database.ts';

/** The tenant, with the vendor's own id of it (Zoho's zgid). */
export interface OrganisationRow extends Organisation {
  readonly externalId: string;
}

const COLUMNS = `id, external_id as "externalId", name, locale, time_zone as "timeZone", currency`;

export async function organisationById(sql: Sql, id: string): Promise<OrganisationRow | null> {
  const rows = await sql.query<OrganisationRow>(`select ${COLUMNS} from organisations where id = $1`, [id]);
  return rows[0] ?? null;
}

export async function organisationByExternalId(
  sql: Sql,
  externalId: string,
): Promise<OrganisationRow | null> {
  const rows = await sql.query<OrganisationRow>(
    `select ${COLUMNS} from organisations where external_id = $1`,
    [externalId],
  );
  return rows[0] ?? null;
}

export async function listOrganisations(sql: Sql): Promise<OrganisationRow[]> {
  return sql.query<OrganisationRow>(`select ${COLUMNS} from organisations order by created_at, id`);
}

/** Stores what the vendor says of the organisation; one that is known keeps its id. */
export async function saveOrganisation(sql: Sql, wish: OrganisationRow): Promise<OrganisationRow> {
  const rows = await sql.query<OrganisationRow>(
    `insert into organisations (id, external_id, name, locale, time_zone, currency)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (external_id) do update
       set name = excluded.name, locale = excluded.locale, time_zone = excluded.time_zone, currency = excluded.currency
     returning ${COLUMNS}`,
    [wish.id, wish.externalId, wish.name, wish.locale, wish.timeZone, wish.currency],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the organisation was not stored');
  return row;
}
