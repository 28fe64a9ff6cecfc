import type { PrivacyRequest } from '../core/privacy.ts';
import type { Sql } from './database.ts';

export interface OpenRequest {
  readonly id: string;
  readonly connector: string;
  readonly request: PrivacyRequest;
}

/** Notes a request; one that is known already is left as it is. */
export async function addPrivacyRequest(sql: Sql, connector: string, request: PrivacyRequest): Promise<void> {
  await sql.query(
    `insert into privacy_requests (connector, account, key, request) values ($1, $2, $3, $4)
     on conflict (connector, account, key) do nothing`,
    [connector, request.account, request.key, JSON.stringify(request)],
  );
}

/** Takes the oldest request that is due, in the caller's transaction: no other process has it meanwhile. */
export async function takePrivacyRequest(sql: Sql): Promise<OpenRequest | null> {
  const [row] = await sql.query<OpenRequest>(
    `select id, connector, request from privacy_requests where done_at is null and due_at <= now()
     order by due_at, id limit 1 for update skip locked`,
  );
  return row ?? null;
}

/** It is dealt with: who asked is forgotten. */
export async function endPrivacyRequest(sql: Sql, id: string): Promise<void> {
  await sql.query('update privacy_requests set done_at = now(), request = null where id = $1', [id]);
}

export async function putOffPrivacyRequest(sql: Sql, id: string, seconds: number): Promise<void> {
  await sql.query('update privacy_requests set due_at = now() + make_interval(secs => $2) where id = $1', [
    id,
    seconds,
  ]);
}

export interface HoldingOrganisation {
  readonly id: string;
  /** Days for which its log is kept. */
  readonly keepDays: number;
  /** The account by the name that people know; null: it is connected no longer. */
  readonly accountName: string | null;
}

/** Organisations that have, or had, an account connected. */
export function organisationsHolding(
  sql: Sql,
  connector: string,
  account: string,
): Promise<HoldingOrganisation[]> {
  return sql.query<HoldingOrganisation>(
    `select o.id, o.keep_days as "keepDays", max(c.account->>'name') as "accountName" from organisations o
     left join connections c on c.organisation_id = o.id and c.connector = $1 and c.account->>'id' = $2
     where c.id is not null or exists (select from integration_roles r
         where r.organisation_id = o.id and r.connector = $1 and r.account_id = $2)
     group by o.id order by o.id`,
    [connector, account],
  );
}
