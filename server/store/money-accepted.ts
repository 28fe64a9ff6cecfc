import type { Sql } from './database.ts';

/** A difference that somebody accepted, as it then was. */
export interface Accepted {
  readonly key: string;
  /** Of its amounts, days and reason: of another one, this says nothing. */
  readonly fingerprint: string;
  readonly note: string;
  readonly acceptedBy: string;
  readonly at: Date;
}

/** What was accepted of an account, by the key of its difference. */
export type AcceptedByKey = ReadonlyMap<string, Accepted>;

export async function acceptedOf(sql: Sql, account: string): Promise<AcceptedByKey> {
  const rows = await sql.query<Accepted>(
    `select key, fingerprint, note, accepted_by as "acceptedBy", at from money_accepted where account = $1`,
    [account],
  );
  return byKey(rows);
}

/** The same of each account of an organisation that has any, by the account's id. */
export async function acceptedIn(
  sql: Sql,
  organisationId: string,
): Promise<ReadonlyMap<string, AcceptedByKey>> {
  const rows = await sql.query<Accepted & { account: string }>(
    `select a.account, a.key, a.fingerprint, a.note, a.accepted_by as "acceptedBy", a.at
     from money_accepted a join money_accounts m on m.id = a.account where m.organisation_id = $1`,
    [organisationId],
  );
  const groups = Map.groupBy(rows, ({ account }) => account);
  return new Map([...groups].map(([account, own]) => [account, byKey(own)]));
}

const byKey = (rows: readonly Accepted[]): AcceptedByKey => new Map(rows.map((one) => [one.key, one]));

export async function accept(
  sql: Sql,
  account: string,
  one: Pick<Accepted, 'key' | 'fingerprint' | 'note' | 'acceptedBy'>,
): Promise<void> {
  await sql.query(
    `insert into money_accepted (account, key, fingerprint, note, accepted_by) values ($1, $2, $3, $4, $5)
     on conflict (account, key) do update set fingerprint = excluded.fingerprint, note = excluded.note,
       accepted_by = excluded.accepted_by, at = now()`,
    [account, one.key, one.fingerprint, one.note, one.acceptedBy],
  );
}

export async function unaccept(sql: Sql, account: string, key: string): Promise<void> {
  await sql.query('delete from money_accepted where account = $1 and key = $2', [account, key]);
}
