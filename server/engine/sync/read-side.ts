import { factsFrom } from '../../core/sync/facts.ts';
import { factsOf } from '../../core/sync/side-filter.ts';
import type { Changes, FieldValue, SideRecord } from '../../core/sync-object.ts';
import type { SideAtWork } from './work.ts';

type Reading = Pick<SideAtWork, 'object' | 'client' | 'fields' | 'options' | 'schema' | 'filter'>;

/**
 * What is asked of a side beside the mapped fields: what its filter judges by. An object without conditions of its own
 * is judged by the fields that a mapping can have.
 */
function wishOf({ object, fields, filter }: Reading): {
  fields: readonly string[];
  facts?: readonly string[];
} {
  const facts = factsOf(filter);
  if (facts.length === 0) return { fields };
  if (object.filterFields !== undefined) return { fields, facts };
  return { fields: [...new Set([...fields, ...facts])] };
}

/** A record with its facts, and with the mapped values only. */
function judged({ object, fields, filter, schema }: Reading, record: SideRecord): SideRecord {
  if (filter === null || object.filterFields !== undefined) return record;
  const values = Object.fromEntries(
    fields.flatMap((field) => {
      const value = record.values[field];
      return value === undefined ? [] : [[field, value]];
    }),
  );
  return {
    ...record,
    values,
    facts: { values: factsFrom(record.values, factsOf(filter), schema), currency: null },
  };
}

/** What changed on a side since a cursor. */
export async function changesOf(side: Reading, cursor: FieldValue): Promise<Changes> {
  const { object, client, options } = side;
  const page = await object.changes(client, { cursor, options, ...wishOf(side) });
  return { ...page, records: page.records.map((record) => judged(side, record)) };
}

/** What announcements name, as it is now; null where the side's cannot be read so. */
export async function readAnnounced(
  side: Reading,
  ids: readonly string[],
): Promise<readonly SideRecord[] | null> {
  const { object, client, options } = side;
  if (object.announced === undefined) return null;
  const records = await object.announced.read(client, { ids, options, ...wishOf(side) });
  return records.map((record) => judged(side, record));
}

/** Records of a side as they are now, by id. */
export async function readRecords(side: Reading, ids: readonly string[]): Promise<readonly SideRecord[]> {
  const { object, client, options } = side;
  const records = await object.read(client, { ids, options, ...wishOf(side) });
  return records.map((record) => judged(side, record));
}
