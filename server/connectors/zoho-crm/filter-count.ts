import type { FilterPlace, KeptFilter } from '../../core/filter/filter.ts';
import { judge } from '../../core/filter/judge.ts';
import type { FilterCount } from '../../core/flow.ts';
import type { ZohoCrmClient } from './client.ts';
import { MOST_ROWS } from './coql.ts';
import { filterQuery, namesIn } from './filter-query.ts';
import { recordCurrency } from './record-currency.ts';

const MOST_PAGES = 10;

/**
 * How many records of a module a filter fits now, up to 2,000: asked of the CRM in one query, and where COQL cannot
 * say the filter, of the first 2,000 records by our own evaluation.
 *
 * @param only a further condition in COQL.
 */
export async function countFitting(
  client: ZohoCrmClient,
  module: string,
  kept: Pick<KeptFilter, 'filter' | 'fields'>,
  place: FilterPlace,
  only: {
    readonly coql: string;
    holds(record: Readonly<Record<string, unknown>>): boolean;
    readonly fields: readonly string[];
  } | null,
): Promise<FilterCount> {
  const fields = await client.fields(module);
  const where = filterQuery(kept, fields, place);
  if (where !== null) {
    const whole = only === null ? where : `(${only.coql} and ${where})`;
    const { rows, more } = await client.query(`select id from ${module} where ${whole} limit ${MOST_ROWS}`);
    return { count: rows.length, more };
  }
  const currency = fields.some(({ apiName }) => apiName === 'Currency') ? ['Currency'] : [];
  const names = [...new Set(['id', ...namesIn(kept), ...currency, ...(only?.fields ?? [])])];
  let count = 0;
  let pageToken: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { records, nextPageToken } = await client.list(module, {
      fields: names,
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    count += records.filter(
      (record) =>
        (only === null || only.holds(record)) &&
        judge(kept, { values: record, currency: recordCurrency(record) }, place).fits,
    ).length;
    if (nextPageToken === null) return { count, more: false };
    pageToken = nextPageToken;
  }
  return { count, more: true };
}
