import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';

/** Two accounts that are held against each other. */
export interface MoneyPair {
  readonly connector: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly booksConnector: string;
  readonly booksAccountId: string;
  readonly booksName: string;
}

/** How far a check is. */
export interface MoneyProgress {
  readonly phase: 'vendor' | 'books' | 'comparing';
  /** Movements and documents that were read. */
  readonly read: number;
}

/** How the last check ended that came to no end. */
export interface MoneyFailure {
  readonly side: 'vendor' | 'books' | 'liaison';
  readonly sentence: Sentence;
  /** Of the closed set of failures, or `cancelled`. */
  readonly kind: string;
  readonly vendorMessage?: string;
}

export interface MoneyAccount<Result = unknown> extends MoneyPair {
  readonly id: string;
  readonly organisationId: string;
  /** Since when it is held against the books. */
  readonly keptAt: Date;
  readonly checkedAt: Date | null;
  readonly result: Result | null;
  readonly openDifferences: number;
  readonly askedAt: Date | null;
  readonly begunAt: Date | null;
  readonly beatAt: Date | null;
  readonly progress: MoneyProgress | null;
  readonly cancelAsked: boolean;
  readonly failedAt: Date | null;
  readonly error: MoneyFailure | null;
}

const COLUMNS = `id, organisation_id as "organisationId", connector, account_id as "accountId", account_name as "accountName",
  books_connector as "booksConnector", books_account_id as "booksAccountId", books_name as "booksName",
  kept_at as "keptAt", checked_at as "checkedAt", result, open_differences as "openDifferences", asked_at as "askedAt", begun_at as "begunAt",
  beat_at as "beatAt", progress, cancel_asked as "cancelAsked", failed_at as "failedAt", error`;

/** Makes sure that the pair is there; it keeps its id, and takes the names that its accounts now have. */
export async function keepMoneyPair(
  sql: Sql,
  organisationId: string,
  pair: MoneyPair,
  newId: string,
): Promise<string> {
  const [known] = await sql.query<{ id: string; accountName: string; booksName: string }>(
    `select id, account_name as "accountName", books_name as "booksName" from money_accounts
     where organisation_id = $1 and connector = $2 and account_id = $3 and books_connector = $4 and books_account_id = $5`,
    [organisationId, pair.connector, pair.accountId, pair.booksConnector, pair.booksAccountId],
  );
  if (known?.accountName === pair.accountName && known.booksName === pair.booksName) return known.id;
  const [row] = await sql.query<{ id: string }>(
    `insert into money_accounts (organisation_id, id, connector, account_id, account_name, books_connector, books_account_id, books_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (organisation_id, connector, account_id, books_connector, books_account_id)
       do update set account_name = excluded.account_name, books_name = excluded.books_name
     returning id`,
    [
      organisationId,
      newId,
      pair.connector,
      pair.accountId,
      pair.accountName,
      pair.booksConnector,
      pair.booksAccountId,
      pair.booksName,
    ],
  );
  return row?.id ?? newId;
}

/** Of one organisation, by name. */
export function moneyAccountsOf<Result>(sql: Sql, organisationId: string): Promise<MoneyAccount<Result>[]> {
  return sql.query<MoneyAccount<Result>>(
    `select ${COLUMNS} from money_accounts where organisation_id = $1 order by account_name, id`,
    [organisationId],
  );
}

/** Null: the organisation has none of this id. */
export async function moneyAccount<Result>(
  sql: Sql,
  organisationId: string,
  id: string,
): Promise<MoneyAccount<Result> | null> {
  const [row] = await sql.query<MoneyAccount<Result>>(
    `select ${COLUMNS} from money_accounts where organisation_id = $1 and id::text = $2`,
    [organisationId, id],
  );
  return row ?? null;
}

/** The same within a transaction: until its end nobody else changes what is known of the account. */
export async function moneyAccountToChange<Result>(
  sql: Sql,
  organisationId: string,
  id: string,
): Promise<MoneyAccount<Result> | null> {
  const [row] = await sql.query<MoneyAccount<Result>>(
    `select ${COLUMNS} from money_accounts where organisation_id = $1 and id::text = $2 for update`,
    [organisationId, id],
  );
  return row ?? null;
}

/** A check is to be made as soon as a process has a hand free for it. */
export async function askForCheck(sql: Sql, organisationId: string, ids: readonly string[]): Promise<void> {
  await sql.query(
    `update money_accounts set asked_at = coalesce(asked_at, now()), cancel_asked = false
     where organisation_id = $1 and id = any($2::uuid[])`,
    [organisationId, ids],
  );
}

/** Whoever makes the check looks for this between two pages; one that nobody makes any more is forgotten. */
export async function cancelCheck(sql: Sql, organisationId: string, id: string): Promise<void> {
  await sql.query(
    `update money_accounts set cancel_asked = true, asked_at = null,
       begun_at = case when beat_at < now() - interval '2 minutes' then null else begun_at end
     where organisation_id = $1 and id::text = $2`,
    [organisationId, id],
  );
}

/** The check begins: what was asked for until now is this one. */
export async function beginCheck(sql: Sql, id: string): Promise<void> {
  await sql.query(
    `update money_accounts set begun_at = now(), beat_at = now(), cancel_asked = false,
       progress = '{"phase": "vendor", "read": 0}' where id = $1`,
    [id],
  );
}

/** Says how far it is. @returns whether it is to end. */
export async function noteProgress(sql: Sql, id: string, progress: MoneyProgress): Promise<boolean> {
  const [row] = await sql.query<{ cancelled: boolean }>(
    `update money_accounts set progress = $2, beat_at = now() where id = $1 and begun_at is not null
     returning cancel_asked as cancelled`,
    [id, JSON.stringify(progress)],
  );
  // The organisation may be gone by then, and with it the account.
  return row?.cancelled ?? true;
}

const OVER = `asked_at = null, begun_at = null, beat_at = null, progress = null, cancel_asked = false`;

/**
 * It came to its end: what it found takes the place of what was found before. Nothing is kept of a check that was taken
 * out meanwhile: what it read may have been erased since.
 */
export async function finishCheck(
  sql: Sql,
  id: string,
  found: { readonly result: object; readonly openDifferences: number },
): Promise<void> {
  await sql.query(
    `update money_accounts set ${OVER}, checked_at = now(), result = $2, open_differences = $3, failed_at = null, error = null
     where id = $1 and begun_at is not null`,
    [id, JSON.stringify(found.result), found.openDifferences],
  );
}

/** It came to no end: what was found before stays. Of a check that was taken out meanwhile nothing is said. */
export async function failCheck(sql: Sql, id: string, error: MoneyFailure): Promise<void> {
  await sql.query(
    `update money_accounts set ${OVER}, failed_at = now(), error = $2 where id = $1 and begun_at is not null`,
    [id, JSON.stringify(error)],
  );
}

/**
 * What is known of the accounts whose check is to be thought of, the longest unchecked first.
 *
 * @param organisationId null: of every organisation.
 */
export function moneyAccountsByAge(
  sql: Sql,
  organisationId: string | null,
): Promise<Omit<MoneyAccount, 'result'>[]> {
  return sql.query(
    `select ${COLUMNS.replace(' result,', '')} from money_accounts where $1::uuid is null or organisation_id = $1
     order by asked_at nulls last, checked_at nulls first, id`,
    [organisationId],
  );
}

/** Every pair of an organisation that is kept, with its id. */
export function moneyPairsOf(sql: Sql, organisationId: string): Promise<(MoneyPair & { id: string })[]> {
  return sql.query(
    `select id, connector, account_id as "accountId", account_name as "accountName",
       books_connector as "booksConnector", books_account_id as "booksAccountId", books_name as "booksName"
     from money_accounts where organisation_id = $1`,
    [organisationId],
  );
}

/** Accounts of an organisation that no integration holds against anything any more. */
export async function forgetMoneyPairs(
  sql: Sql,
  organisationId: string,
  gone: readonly string[],
): Promise<void> {
  await sql.query('delete from money_accounts where organisation_id = $1 and id = any($2::uuid[])', [
    organisationId,
    gone,
  ]);
}

export async function setOpenDifferences(sql: Sql, id: string, count: number): Promise<void> {
  await sql.query('update money_accounts set open_differences = $2 where id = $1', [id, count]);
}

/** Accounts with differences that somebody has to look at. */
export function openMoney(sql: Sql): Promise<
  {
    organisationId: string;
    id: string;
    connector: string;
    accountName: string;
    booksName: string;
    count: number;
  }[]
> {
  return sql.query(
    `select organisation_id as "organisationId", id, connector, account_name as "accountName", books_name as "booksName",
       open_differences as count from money_accounts where open_differences > 0`,
  );
}
