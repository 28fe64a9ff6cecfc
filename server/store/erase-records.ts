import type { RecordRef } from '../core/flow.ts';
import type { AskingPerson } from '../core/privacy.ts';
import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';
import { BARE } from './dispatch-log.ts';

/** What is looked for in the log of one organisation. */
export interface Sought {
  readonly organisationId: string;
  readonly connector: string;
  readonly account: string;
  /** Null: every one of the account. */
  readonly records: readonly RecordRef[] | null;
}

/** Runs of these records that came of events of the account. */
const RUNS = `select r.id, r.integration, r.record_object, r.record_id, r.state in ('waiting', 'running', 'shelved') as open
  from runs r join inbox i on i.id = r.event_id
  where r.organisation_id = $1 and i.connector = $2 and i.account in ($3, '')
    and ($4::text[] is null or (r.record_object, r.record_id) in (select * from unnest($4::text[], $5::text[])))`;

const parametersOf = ({ organisationId, connector, account, records }: Sought) => [
  organisationId,
  connector,
  account,
  records?.map(({ object }) => object) ?? null,
  records?.map(({ id }) => id) ?? null,
];

/** How many runs the log has of them. */
export async function countRunsOf(sql: Sql, sought: Sought): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::int as count from (${RUNS}) found`,
    parametersOf(sought),
  );
  return row?.count ?? 0;
}

/**
 * Erases what the log says of records: what was sent and answered, what was read, what they and their runs are called.
 * That there was a run stays, and what it did at other vendors, by their ids.
 *
 * @param instead what a run says that says nothing of anybody any more.
 * @returns how many runs are not over yet, which still need what they read: to be erased when they are.
 */
export async function eraseRunsOf(sql: Sql, sought: Sought, instead: Sentence): Promise<number> {
  const [row] = await sql.query<{ open: number }>(
    `with found as materialized (${RUNS}),
     gone as (delete from steps s using found f where s.run_id = f.id and not f.open),
     bare as (update steps s set exchanges = '[]' from found f where s.run_id = f.id and f.open),
     unread as (delete from event_bodies b using (
         select r.event_id from runs r join found f on f.id = r.id where not f.open
         union select e.event_id from run_events e join found f on f.id = e.run_id where not f.open) e
       where b.event_id = e.event_id),
     unfiled as (delete from event_files x using inbox i, (
         select r.event_id from runs r join found f on f.id = r.id where not f.open
         union select e.event_id from run_events e join found f on f.id = e.run_id where not f.open) e
       where i.id = e.event_id and x.organisation_id = i.organisation_id and x.connector = i.connector
         and x.account = i.account and i.event_key = any(x.event_keys)),
     untold as (update dispatches d set ${BARE}
       from found f where d.run_id = f.id),
     unnamed as (delete from record_names n using (select distinct record_object, record_id from found) f
       where n.organisation_id = $1 and n.object = f.record_object and n.record_id = f.record_id),
     nameless as (update runs r set record_label = null, record_label_fr = null, error = null, summary = $6::jsonb
       from found f where r.id = f.id and not f.open)
     select count(*) filter (where open)::int as open from found`,
    [...parametersOf(sought), JSON.stringify(instead)],
  );
  return row?.open ?? 0;
}

/**
 * Erases by what somebody was known again (an address, a number) at the other vendors: of whoever uses the account.
 *
 * @param person null: of everybody.
 */
export async function eraseLinksOf(
  sql: Sql,
  { organisationId, connector, account }: Sought,
  person: AskingPerson | null,
): Promise<void> {
  const texts = [
    person?.email?.toLowerCase(),
    person?.phone?.replace(/[^\d+]/g, ''),
    person?.id ? `${account} ${person.id} ` : null,
  ].filter((text) => typeof text === 'string' && text.length > 3);
  await sql.query(
    `delete from links l using integration_roles r
     where l.organisation_id = $1 and r.organisation_id = $1 and r.integration = l.integration
       and r.connector = $2 and r.account_id = $3
       and ($4::text[] is null or exists (select from unnest($4::text[]) t where position(t in lower(l.left_id)) > 0))`,
    [organisationId, connector, account, person === null ? null : texts],
  );
}

/**
 * Erases what receivers were told, or are to be told, by integrations that use the account: of these records and of
 * whoever has the address, the number or the id.
 *
 * @param person null: everything.
 */
export async function eraseToldOf(
  sql: Sql,
  { organisationId, connector, account, records }: Sought,
  person: AskingPerson | null,
): Promise<void> {
  const texts = [person?.email, person?.phone, person?.id, ...(records ?? []).map(({ id }) => id)].filter(
    (text) => typeof text === 'string' && text.length > 3,
  );
  await sql.query(
    `update dispatches d set ${BARE}
     from integration_roles r
     where d.organisation_id = $1 and d.data is not null and r.organisation_id = $1 and r.integration = d.integration->>'id'
       and r.connector = $2 and r.account_id = $3
       and ($4::text[] is null or exists (select from unnest($4::text[]) t where position(lower(t) in lower(d.data::text)) > 0))`,
    [organisationId, connector, account, person === null ? null : texts],
  );
}

/**
 * Erases what a check of the account's money found, with the names of who paid, and what its cards say beside records. A
 * check that is under way keeps nothing of what it read.
 *
 * @param isGone the whole account is to be erased: also what was written about its differences, and nothing is checked
 *   again before the night.
 */
export async function eraseKeptOf(
  sql: Sql,
  { organisationId, connector, account }: Pick<Sought, 'organisationId' | 'connector' | 'account'>,
  isGone: boolean,
): Promise<void> {
  const parameters = [organisationId, connector, account];
  await sql.query(
    `update money_accounts set result = null, checked_at = null, open_differences = 0, failed_at = null, error = null,
       begun_at = null, beat_at = null, progress = null, cancel_asked = false,
       asked_at = case when $4 then null else coalesce(asked_at, now()) end,
       kept_at = case when $4 then now() else kept_at end
     where organisation_id = $1 and connector = $2 and account_id = $3
       and (result is not null or error is not null or begun_at is not null)`,
    [...parameters, isGone],
  );
  if (isGone)
    await sql.query(
      `delete from money_accepted a using money_accounts m
       where m.id = a.account and m.organisation_id = $1 and m.connector = $2 and m.account_id = $3`,
      parameters,
    );
  await sql.query(
    `delete from record_cache r using connections c
     where c.id = r.connection_id and c.organisation_id = $1 and c.connector = $2 and c.account->>'id' = $3`,
    parameters,
  );
}
