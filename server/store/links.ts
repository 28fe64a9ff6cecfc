import type { Sql } from './database.ts';

interface Left {
  readonly organisationId: string;
  readonly integration: string;
  readonly leftId: string;
}

/** The record that a flow made for another one, or null. */
export async function linkedRecord(sql: Sql, left: Left): Promise<string | null> {
  const [row] = await sql.query<{ right_id: string }>(
    'select right_id from links where organisation_id = $1 and integration = $2 and left_id = $3',
    [left.organisationId, left.integration, left.leftId],
  );
  return row?.right_id ?? null;
}

export async function saveLink(sql: Sql, left: Left, rightId: string): Promise<void> {
  await sql.query(
    `insert into links (organisation_id, integration, left_id, right_id) values ($1, $2, $3, $4)
     on conflict (organisation_id, integration, left_id) do update set right_id = excluded.right_id`,
    [left.organisationId, left.integration, left.leftId, rightId],
  );
}
