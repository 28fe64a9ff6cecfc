import type { Facts } from '../../core/sync-object.ts';
import type { ZohoCrmClient } from './client.ts';
import { MOST_COLUMNS } from './coql.ts';
import type { CrmField } from './fields.ts';
import { recordCurrency } from './record-currency.ts';
import type { CrmRecord } from './records.ts';

/** What a query answers of these is less than the record has: of a lookup its id, of labels nothing. */
const UNSAID = new Set(['ownerlookup', 'userlookup', 'lookup', 'multiselectpicklist']);
const isUnsaid = ({ apiName, type }: CrmField): boolean => apiName === 'Tag' || UNSAID.has(type);

/** How the facts that a filter asks for come with a query's rows. */
export interface FactsPlan {
  /** Columns of the query, beside its own. */
  readonly columns: readonly string[];
  /** Columns that have to be read by the records' ids. */
  readonly read: readonly string[];
  readonly names: readonly string[];
}

const CURRENCY = 'Currency';

/** @param own the columns that the query has for itself. */
export async function factsPlan(
  client: Pick<ZohoCrmClient, 'fields'>,
  module: string,
  names: readonly string[],
  own: readonly string[],
): Promise<FactsPlan> {
  if (names.length === 0) return { columns: [], read: [], names };
  const fields = await client.fields(module);
  const asked = fields.filter(({ apiName }) => names.includes(apiName));
  const isMoney = asked.some(({ type }) => type === 'currency');
  const plain = [
    ...asked.filter((field) => !isUnsaid(field)).map(({ apiName }) => apiName),
    ...(isMoney && fields.some(({ apiName }) => apiName === CURRENCY) ? [CURRENCY] : []),
  ];
  const unsaid = asked.filter(isUnsaid).map(({ apiName }) => apiName);
  // With the moment of the last change that every query asks for.
  const room = new Set([...own, ...plain, 'Modified_Time']).size <= MOST_COLUMNS;
  return room ? { columns: plain, read: unsaid, names } : { columns: [], read: [...plain, ...unsaid], names };
}

/** What a filter judges each of these rows by; of one that is gone meanwhile, nothing. */
export async function factsOfRows(
  client: Pick<ZohoCrmClient, 'records'>,
  module: string,
  rows: readonly CrmRecord[],
  { read, names }: FactsPlan,
): Promise<readonly (Facts | undefined)[]> {
  if (names.length === 0) return rows.map(() => undefined);
  const more =
    read.length === 0 || rows.length === 0
      ? []
      : await client.records(
          module,
          rows.map(({ id }) => id),
          read,
        );
  const byId = new Map(more.map((record) => [record.id, record]));
  return rows.map((row) => factsOfRecord({ ...row, ...byId.get(row.id) }, names));
}

/** The names of what has to be read of a record, with the currency of its amounts where there is one. */
export async function factColumns(
  client: Pick<ZohoCrmClient, 'fields'>,
  module: string,
  names: readonly string[],
): Promise<string[]> {
  const { columns, read } = await factsPlan(client, module, names, []);
  return [...columns, ...read];
}

export const factsOfRecord = (record: CrmRecord, names: readonly string[]): Facts => ({
  values: Object.fromEntries(names.map((name) => [name, record[name] ?? null])),
  currency: recordCurrency(record),
});
