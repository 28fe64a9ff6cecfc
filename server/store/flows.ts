import type { Sql } from './database.ts';

export interface FlowRow {
  readonly organisationId: string;
  readonly flow: string;
  readonly enabled: boolean;
  readonly settings: Record<string, unknown>;
}

const COLUMNS = 'organisation_id as "organisationId", flow, enabled, settings';

export async function flowsOf(sql: Sql, organisationId: string): Promise<FlowRow[]> {
  return sql.query<FlowRow>(`select ${COLUMNS} from flows where organisation_id = $1`, [organisationId]);
}

/** The flow as it stands, made where it was never set up; held until the transaction ends. */
export async function lockFlow(sql: Sql, organisationId: string, flow: string): Promise<FlowRow> {
  await sql.query(
    `insert into flows (organisation_id, flow, enabled, settings) values ($1, $2, false, '{}')
     on conflict (organisation_id, flow) do nothing`,
    [organisationId, flow],
  );
  const [row] = await sql.query<FlowRow>(
    `select ${COLUMNS} from flows where organisation_id = $1 and flow = $2 for update`,
    [organisationId, flow],
  );
  if (row === undefined) throw new Error(`flow ${flow} vanished while it was changed`);
  return row;
}

export async function saveFlow(sql: Sql, row: FlowRow): Promise<void> {
  await sql.query(
    `insert into flows (organisation_id, flow, enabled, settings) values ($1, $2, $3, $4)
     on conflict (organisation_id, flow) do update set enabled = excluded.enabled, settings = excluded.settings, updated_at = now()`,
    [row.organisationId, row.flow, row.enabled, JSON.stringify(row.settings)],
  );
}
