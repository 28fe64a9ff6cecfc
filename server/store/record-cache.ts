import type { RecordRef } from '../core/flow.ts';
import type { CardData, CardSubject } from '../core/record-card.ts';
import type { Sql } from './database.ts';

/** One record of the CRM, of one organisation. */
export interface RecordKey {
  readonly organisationId: string;
  /** API name. */
  readonly module: string;
  readonly id: string;
}

export interface CachedEntry<Data> {
  readonly connector: string;
  readonly data: Data;
  /** The vendor's own records of the person or company. */
  readonly refs: readonly RecordRef[];
  /** When the vendor said so. */
  readonly seenAt: Date;
}

/** Nobody waits for what was last looked at longer ago than this. */
const KEPT_DAYS = 30;

const refText = ({ object, id }: RecordRef): string => `${object} ${id}`;

const refOf = (text: string): RecordRef => {
  const space = text.indexOf(' ');
  return { object: text.slice(0, space), id: text.slice(space + 1) };
};

/** Everything that is kept for one record, the record itself among it. */
export async function cachedOf(sql: Sql, key: RecordKey): Promise<CachedEntry<CardData | CardSubject>[]> {
  const rows = await sql.query<{
    connector: string;
    data: CardData | CardSubject;
    refs: string[];
    seenAt: Date;
  }>(
    `select connector, data, refs, seen_at as "seenAt" from record_cache
     where organisation_id = $1 and module = $2 and record_id = $3`,
    [key.organisationId, key.module, key.id],
  );
  return rows.map((row) => ({ ...row, refs: row.refs.map(refOf) }));
}

/**
 * The record with the vendors' own records of the same person or company, as far as somebody looked at its page: events
 * of those concern it.
 */
export async function refsBeside(sql: Sql, organisationId: string, record: RecordRef): Promise<RecordRef[]> {
  const rows = await sql.query<{ ref: string }>(
    `select distinct unnest(beside.refs) as ref from record_cache own
     join record_cache beside on beside.organisation_id = own.organisation_id and beside.module = own.module
       and beside.record_id = own.record_id
     where own.organisation_id = $1 and own.refs @> array[$2] and own.data #>> '{ref,id}' = $3 limit 50`,
    [organisationId, refText(record), record.id],
  );
  const others = rows.map(({ ref }) => refOf(ref));
  return [record, ...others.filter(({ object, id }) => object !== record.object || id !== record.id)];
}

/**
 * Keeps what a vendor said now. Nothing when the connection was ended meanwhile, or when a later answer came
 * first.
 *
 * @param askedAt when the vendor was asked: of two answers the one that was asked for later stays.
 */
export async function saveCached(
  sql: Sql,
  key: RecordKey,
  entry: {
    readonly connectionId: string;
    readonly connector: string;
    readonly data: CardData | CardSubject;
    readonly refs: readonly RecordRef[];
    readonly askedAt: Date;
  },
): Promise<void> {
  await sql.query(
    `insert into record_cache as c (connection_id, organisation_id, module, record_id, connector, data, refs, seen_at)
     select id, organisation_id, $3, $4, $5, $6, $7, $8 from connections where id = $1 and organisation_id = $2
     on conflict (organisation_id, module, record_id, connector) do update
       set connection_id = excluded.connection_id, data = excluded.data, refs = excluded.refs, seen_at = excluded.seen_at
       where c.seen_at < excluded.seen_at`,
    [
      entry.connectionId,
      key.organisationId,
      key.module,
      key.id,
      entry.connector,
      JSON.stringify(entry.data),
      entry.refs.map(refText),
      entry.askedAt,
    ],
  );
}

/** The CRM has the record no longer: nothing of it is kept. */
export async function forgetRecord(sql: Sql, key: RecordKey): Promise<void> {
  await sql.query(`delete from record_cache where organisation_id = $1 and module = $2 and record_id = $3`, [
    key.organisationId,
    key.module,
    key.id,
  ]);
}

/** Lets go of what nobody looked at for a month. */
export async function forgetOldRecords(sql: Sql, organisationId: string): Promise<void> {
  await sql.query(
    `delete from record_cache where organisation_id = $1 and seen_at < now() - make_interval(days => $2)`,
    [organisationId, KEPT_DAYS],
  );
}
