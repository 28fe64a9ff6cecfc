import type { Sql } from './database.ts';

export interface FlowRow {
  readonly organisationId: string;
  readonly flow: string;
  readonly enabled: boolean;
  readonly settings: Record<string, unknown>;
  /** By setting: the value that was looked up at its vendor, and the vendor's id of it. */
  readonly known?: Readonly<Record<string, KnownValue>>;
}

/** A setting's value as its vendor knows it. */
export interface KnownValue {
  readonly value: unknown;
  readonly reference: string;
}

const COLUMNS = 'organisation_id as "organisationId", flow, enabled, settings, known';

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

/** Adds what vendors said of values to what is known of the flow's settings. */
export async function rememberKnown(
  sql: Sql,
  { organisationId, flow }: Pick<FlowRow, 'organisationId' | 'flow'>,
  known: Readonly<Record<string, KnownValue>>,
): Promise<void> {
  await sql.query(`update flows set known = known || $3 where organisation_id = $1 and flow = $2`, [
    organisationId,
    flow,
    JSON.stringify(known),
  ]);
}

/**
 * Writes one setting as its vendor writes it now, where it still is what was looked up.
 *
 * @returns whether it was.
 */
export async function followSetting(
  sql: Sql,
  { organisationId, flow }: Pick<FlowRow, 'organisationId' | 'flow'>,
  change: { readonly setting: string; readonly from: unknown; readonly to: unknown },
): Promise<boolean> {
  const rows = await sql.query(
    `update flows set settings = jsonb_set(settings, array[$3::text], $5::jsonb), updated_at = now()
     where organisation_id = $1 and flow = $2
       and (settings->($3::text) is not distinct from $4::jsonb or not settings ? $3::text) returning flow`,
    [organisationId, flow, change.setting, JSON.stringify(change.from), JSON.stringify(change.to)],
  );
  return rows.length > 0;
}

/** Every flow that is turned on, of every organisation. */
export async function enabledFlows(sql: Sql): Promise<FlowRow[]> {
  return sql.query<FlowRow>(`select ${COLUMNS} from flows where enabled`);
}
