import { clearOldAccesses } from './accesses.ts';
import type { Database, Sql } from './database.ts';
import { clearOldDispatches } from './dispatch-log.ts';
import { clearEventFiles } from './event-files.ts';
import { tryLockUntilEnd } from './locks.ts';
import { forgetMade } from './mail-logs.ts';
import { clearHeardNames } from './record-names.ts';

/** What was sent and answered has an age: it stands in months, which are made ahead and dropped whole. */

const TABLES = ['steps', 'event_bodies'] as const;
type AgedTable = (typeof TABLES)[number];

/** Months that are there before anything is written into them, the present one among them. */
const MONTHS_AHEAD = 3;
const MOST_AT_ONCE = 5_000;
// Any constant: one process at a time.
const AGES_LOCK = 0x4c_61_67;
/** Writers wait while a month is dropped; a month that is in use is dropped in a later round. */
const LOCK_PATIENCE = '2s';
const PART = /^(?:steps|event_bodies)_(until_)?(\d{4})_(\d{2})$/;

/** A part of a table: one month, or all that was before it. */
interface Part {
  readonly name: string;
  readonly from: Date | null;
  readonly to: Date;
}

const startOf = (year: number, month: number): Date => new Date(Date.UTC(year, month, 1));

async function partsOf(sql: Sql, table: AgedTable): Promise<Part[]> {
  const rows = await sql.query<{ name: string }>(
    'select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass',
    [table],
  );
  return rows.flatMap(({ name }) => {
    const [, until, year, month] = PART.exec(name) ?? [];
    if (year === undefined) return [];
    const start = startOf(Number(year), Number(month) - 1);
    const end = startOf(Number(year), Number(month));
    return [until === undefined ? { name, from: start, to: end } : { name, from: null, to: start }];
  });
}

const KEY = { steps: 'run_id', event_bodies: 'received_at' } as const;

/** A moment as the table's bound. Made of a date alone: nothing of anybody's is in it. */
const boundOf = (table: AgedTable, at: Date): string =>
  table === 'steps' ? `run_id_at('${at.toISOString()}')` : `'${at.toISOString()}'::timestamptz`;

/**
 * Makes a month, with what came into the table of the rest before it was there. The whole table is locked before
 * anything is moved: whoever has planned to read the rest, and waits for it, would find neither there nor in a month that
 * the plan does not know what was moved meanwhile, and what is written to the rest meanwhile would keep the month out.
 */
async function makeMonth(sql: Sql, table: AgedTable, from: Date, to: Date): Promise<void> {
  const name = `${table}_${from.toISOString().slice(0, 7).replace('-', '_')}`;
  const [low, high] = [boundOf(table, from), boundOf(table, to)];
  await sql.query(`set local lock_timeout = '${LOCK_PATIENCE}'`);
  await sql.query(`lock table ${table} in access exclusive mode`);
  await sql.query(`create table ${name} (like ${table} including all)`);
  await sql.query(
    `with moved as (delete from ${table}_kept where ${KEY[table]} >= ${low} and ${KEY[table]} < ${high} returning *)
     insert into ${name} select * from moved`,
  );
  await sql.query(`alter table ${table} attach partition ${name} for values from (${low}) to (${high})`);
}

/** Events whose body a run that is not over was begun with, or that no flow has looked at yet. */
const NEEDED_EVENTS = `select event_id from inbox_waiting union all select event_id from queue
  union all select event_id from runs where state = 'shelved'`;

/**
 * What of a part outlives it: of runs that are not over, which may be done or retried, and of those that ended
 * within the age.
 */
const OUTLIVES: Readonly<Record<AgedTable, string>> = {
  steps: `exists (select from runs r where r.id = p.run_id
     and (r.state in ('waiting', 'running', 'shelved') or r.finished_at >= $1::timestamptz))`,
  event_bodies: `p.event_id in (${NEEDED_EVENTS} union all select event_id from runs where finished_at >= $1::timestamptz)`,
};

async function dropPart(sql: Sql, table: AgedTable, { name }: Part, oldest: Date): Promise<void> {
  await sql.query(`set local lock_timeout = '${LOCK_PATIENCE}'`);
  await sql.query(`alter table ${table} detach partition ${name}`);
  // No part takes what is of these months any longer: it goes to the rest.
  await sql.query(`insert into ${table} select p.* from ${name} p where ${OUTLIVES[table]}`, [oldest]);
  await sql.query(`drop table ${name}`);
}

const OVER = `r.state not in ('waiting', 'running', 'shelved')`;

/** The rest: what outlived its month and is needed no longer. */
async function clearRest(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from steps_kept s using runs r, organisations o
     where r.id = s.run_id and o.id = r.organisation_id and ${OVER}
       and coalesce(r.finished_at, r.created_at) < $1::timestamptz - make_interval(days => o.keep_days)`,
    [now],
  );
  await sql.query(
    `delete from event_bodies_kept b using inbox i, organisations o
     where i.id = b.event_id and o.id = i.organisation_id
       and b.received_at < $1::timestamptz - make_interval(days => o.keep_days)
       and b.event_id not in (${NEEDED_EVENTS} union all
         select event_id from runs where finished_at >= $1::timestamptz - make_interval(days => o.keep_days))`,
    [now],
  );
}

/** Bodies that stand in the inbox itself, as they did once: a part of them each time. */
async function clearOldBodies(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `update inbox set body = null where id in (
       select i.id from inbox i join organisations o on o.id = i.organisation_id
       where i.body is not null and i.received_at < $1::timestamptz - make_interval(days => o.keep_days)
         and i.id not in (${NEEDED_EVENTS}) limit ${MOST_AT_ONCE})`,
    [now],
  );
}

/** What an organisation keeps for less time than others goes by itself, ahead of its month. */
async function clearShortAges(sql: Sql, now: Date): Promise<void> {
  const short = await sql.query<{ id: string; from: string; to: Date }>(
    `select id, cleared_to::text as from, $1::timestamptz - make_interval(days => keep_days) as to from organisations
     where keep_days < (select max(keep_days) from organisations)
       and cleared_to < $1::timestamptz - make_interval(days => keep_days)`,
    [now],
  );
  for (const { id, from, to } of short) {
    const span = [id, from, to];
    await sql.query(
      `delete from steps s using runs r where r.organisation_id = $1 and r.id = s.run_id and ${OVER}
         and r.created_at >= $2::timestamptz and r.created_at < $3 and coalesce(r.finished_at, r.created_at) < $3`,
      span,
    );
    await sql.query(
      `delete from event_bodies b using inbox i where i.id = b.event_id and i.organisation_id = $1
         and b.received_at >= $2::timestamptz and b.received_at < $3
         and b.event_id not in (${NEEDED_EVENTS} union all select event_id from runs where organisation_id = $1 and finished_at >= $3)`,
      span,
    );
    await sql.query('update organisations set cleared_to = $2 where id = $1', [id, to]);
  }
}

/**
 * Makes the months ahead, and removes what is older than its organisation keeps it: in months that are dropped
 * whole, once none keeps them, and row by row of those that keep less than others. One process at a time.
 *
 * @param now by the database's clock.
 */
export async function keepAges(database: Database, now: Date): Promise<void> {
  const inTurn = (work: (sql: Sql) => Promise<void>) =>
    database.transaction(async (sql) => {
      if (await tryLockUntilEnd(sql, AGES_LOCK)) await work(sql);
    });
  for (const table of TABLES)
    for (let ahead = 0; ahead < MONTHS_AHEAD; ahead += 1) {
      const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() + ahead];
      const from = startOf(year, month);
      const isThere = (parts: Part[]) =>
        parts.some((part) => from < part.to && (part.from === null || part.from <= from));
      if (isThere(await partsOf(database, table))) continue;
      await inTurn(async (sql) => {
        if (!isThere(await partsOf(sql, table))) await makeMonth(sql, table, from, startOf(year, month + 1));
      });
    }
  const [longest] = await database.query<{ oldest: Date }>(
    `select $1::timestamptz - make_interval(days => coalesce(max(keep_days), 30)) as oldest from organisations`,
    [now],
  );
  const oldest = longest?.oldest ?? now;
  for (const table of TABLES)
    for (const part of await partsOf(database, table))
      if (part.to <= oldest)
        await inTurn(async (sql) => {
          const there = await partsOf(sql, table);
          if (there.some(({ name }) => name === part.name)) await dropPart(sql, table, part, oldest);
        });
  const clears = [
    clearShortAges,
    clearOldBodies,
    clearRest,
    clearHeardNames,
    clearEventFiles,
    forgetMade,
    clearOldAccesses,
  ];
  for (const clear of clears) await inTurn((sql) => clear(sql, now));
  for (let isLeft = true; isLeft; ) {
    isLeft = false;
    await inTurn(async (sql) => {
      isLeft = await clearOldDispatches(sql, now);
    });
  }
}

/** SQL over `runs r`: what was sent and answered may still be read. What a run that is not over needs always may. */
export const IS_KEPT = `(r.state in ('waiting', 'running', 'shelved') or coalesce(r.finished_at, r.created_at) >= now()
  - make_interval(days => (select o.keep_days from organisations o where o.id = r.organisation_id)))`;

/** For how many days the organisation keeps what was sent and answered. */
export async function keptDays(sql: Sql, organisationId: string): Promise<number> {
  const [row] = await sql.query<{ days: number }>(
    'select keep_days as days from organisations where id = $1',
    [organisationId],
  );
  return row?.days ?? 30;
}

/** @param days 1 to 365. */
export async function keepFor(sql: Sql, organisationId: string, days: number): Promise<void> {
  await sql.query('update organisations set keep_days = $2 where id = $1', [organisationId, days]);
}
