import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import { filterQuery, namesIn } from '../../connectors/zoho-crm/filter-query.ts';
import { recordCurrency } from '../../connectors/zoho-crm/record-currency.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import { judge } from '../../core/filter/judge.ts';
import type { TrialFilter } from '../../core/trial.ts';

/** Where COQL cannot say a filter, so many pages of the latest records are looked through by our own evaluation. */
const MOST_PAGES = 5;

/** Which records are asked for. */
export interface LatestWish {
  readonly module: string;
  /** What is shown of each. */
  readonly columns: readonly string[];
  readonly latest: 'Created_Time' | 'Modified_Time';
  /** Deals that stand at a stage; null: whatever there is. */
  readonly stage: string | null;
  readonly most: number;
}

/** Where the filter can be said in COQL: its condition there; else null. */
export async function conditionOf(
  crm: ZohoCrmClient,
  module: string,
  { kept, place }: TrialFilter,
): Promise<string | null> {
  return filterQuery(kept, await crm.fields(module), place);
}

/** The latest records that fit, newest first, by our own evaluation. */
export async function fittingRecords(
  crm: ZohoCrmClient,
  { module, columns, latest, stage, most }: LatestWish,
  { kept, place }: TrialFilter,
): Promise<readonly CrmRecord[]> {
  const currency = (await crm.fields(module)).some(({ apiName }) => apiName === 'Currency');
  const staged = stage === null ? [] : ['Stage'];
  const names = [...columns, ...namesIn(kept), ...(currency ? ['Currency'] : []), ...staged];
  const found: CrmRecord[] = [];
  let pageToken: string | undefined;
  for (let page = 1; page <= MOST_PAGES && found.length < most; page += 1) {
    const { records, nextPageToken } = await crm.list(module, {
      fields: [...new Set(names)],
      sortBy: latest,
      sortOrder: 'desc',
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    const fits = (record: CrmRecord) =>
      (stage === null || record.Stage === stage) &&
      judge(kept, { values: record, currency: recordCurrency(record) }, place).fits;
    found.push(...records.filter(fits));
    if (nextPageToken === null) break;
    pageToken = nextPageToken;
  }
  return found.slice(0, most);
}
