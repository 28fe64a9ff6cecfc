import { z } from 'zod';
import { readAnswer } from '../../core/read-answer.ts';
import { ifGone } from '../../kit/if-gone.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';
import { onlyResult, type WriteResult, writeResults } from './results.ts';
import { type Criterion, criteriaText } from './search.ts';

/** A record by API names of fields; ids are text. */
export type CrmRecord = Readonly<Record<string, unknown>> & { readonly id: string };
export type CrmValues = Readonly<Record<string, unknown>>;

/** Which of the CRM's own automations a write sets off. `[]`: none, so that no rule answers our own write. */
export type Trigger = readonly ('workflow' | 'approval' | 'blueprint')[];

export interface ListWish {
  /** At most 50 API names. */
  readonly fields: readonly string[];
  readonly perPage?: number;
  /** From the page before; absent for the first. */
  readonly pageToken?: string;
  readonly sortBy?: 'id' | 'Created_Time' | 'Modified_Time';
  readonly sortOrder?: 'asc' | 'desc';
}

export interface Page {
  readonly records: readonly CrmRecord[];
  /** Null on the last page. */
  readonly nextPageToken: string | null;
}

/** Zoho refuses more records than this in one write. */
export const MOST_PER_WRITE = 100;
/** Nineteen digits and a comma each, in a parameter of at most 1,024 characters. */
export const MOST_IDS = 50;

const recordSchema = z.looseObject({ id: z.string() });
const pageSchema = z.object({
  data: z.array(recordSchema),
  info: z.object({ next_page_token: z.string().nullish() }).optional(),
});

/** Reading and writing records of any module. */
export function recordCalls(api: ZohoApi) {
  async function page(path: string, query: Record<string, string | number | undefined>): Promise<Page> {
    const { body } = await api({ path, query });
    if (body === null) return { records: [], nextPageToken: null };
    const { data, info } = readAnswer(pageSchema, body, VENDOR);
    return { records: data, nextPageToken: info?.next_page_token ?? null };
  }

  async function write(
    method: 'POST' | 'PUT',
    path: string,
    records: readonly CrmValues[],
    more: Record<string, unknown>,
  ): Promise<WriteResult[]> {
    const usual = method === 'POST' ? 'insert' : 'update';
    const results: WriteResult[] = [];
    for (let from = 0; from < records.length; from += MOST_PER_WRITE) {
      const data = records.slice(from, from + MOST_PER_WRITE);
      const { body } = await api({ method, path, json: { data, ...more } });
      results.push(...writeResults(body, usual));
    }
    return results;
  }

  const calls = {
    /** The record, or null when it does not exist (any more). All fields when none are named. */
    record: (module: string, id: string, fields?: readonly string[]): Promise<CrmRecord | null> =>
      ifGone(async () => {
        const path = `/crm/v8/${module}/${encodeURIComponent(id)}`;
        return (await page(path, { fields: fields?.join(',') })).records[0] ?? null;
      }, null),

    /** Those of the records that exist, in one call for every 50. */
    async records(module: string, ids: readonly string[], fields: readonly string[]): Promise<CrmRecord[]> {
      const found: CrmRecord[] = [];
      for (let from = 0; from < ids.length; from += MOST_IDS) {
        const some = ids.slice(from, from + MOST_IDS);
        const query = { ids: some.join(','), fields: fields.join(','), per_page: MOST_IDS };
        found.push(...(await page(`/crm/v8/${module}`, query)).records);
      }
      return found;
    },

    /** One page of a module's records. */
    list(module: string, wish: ListWish): Promise<Page> {
      return page(`/crm/v8/${module}`, {
        fields: wish.fields.join(','),
        per_page: wish.perPage ?? 200,
        page_token: wish.pageToken,
        sort_by: wish.sortBy,
        sort_order: wish.sortOrder,
      });
    },

    /** At most 200 records with this e-mail address. Zoho's index may lag behind a write. */
    async searchByEmail(module: string, email: string, fields?: readonly string[]): Promise<CrmRecord[]> {
      const query = { email, fields: fields?.join(','), per_page: 200 };
      return [...(await page(`/crm/v8/${module}/search`, query)).records];
    },

    /** At most 200 records with this phone number, among others perhaps. Zoho's index may lag behind a write. */
    async searchByPhone(module: string, phone: string, fields?: readonly string[]): Promise<CrmRecord[]> {
      const query = { phone, fields: fields?.join(','), per_page: 200 };
      return [...(await page(`/crm/v8/${module}/search`, query)).records];
    },

    /** At most 200 records for which every criterion holds. */
    async search(
      module: string,
      criteria: readonly Criterion[],
      fields?: readonly string[],
    ): Promise<CrmRecord[]> {
      const query = { criteria: criteriaText(criteria), fields: fields?.join(','), per_page: 200 };
      return [...(await page(`/crm/v8/${module}/search`, query)).records];
    },

    /** Creates records, 100 in a call. A repeat makes them again: look before. */
    create(module: string, records: readonly CrmValues[], trigger: Trigger): Promise<WriteResult[]> {
      return write('POST', `/crm/v8/${module}`, records, { trigger });
    },

    /** Updates records by their `id`, 100 in a call. */
    update(module: string, records: readonly CrmRecord[], trigger: Trigger): Promise<WriteResult[]> {
      return write('PUT', `/crm/v8/${module}`, records, { trigger });
    },

    /** Creates each record, or updates the one with the same value in the first of the fields that matches. */
    upsert(
      module: string,
      records: readonly CrmValues[],
      duplicateCheckFields: readonly string[],
      trigger: Trigger,
    ): Promise<WriteResult[]> {
      const more = { duplicate_check_fields: duplicateCheckFields, trigger };
      return write('POST', `/crm/v8/${module}/upsert`, records, more);
    },

    async createOne(module: string, values: CrmValues, trigger: Trigger): Promise<{ id: string }> {
      return { id: onlyResult(await calls.create(module, [values], trigger)).id };
    },

    async updateOne(module: string, record: CrmRecord, trigger: Trigger): Promise<{ id: string }> {
      return { id: onlyResult(await calls.update(module, [record], trigger)).id };
    },

    async upsertOne(
      module: string,
      values: CrmValues,
      duplicateCheckFields: readonly string[],
      trigger: Trigger,
    ): Promise<{ id: string; action: 'insert' | 'update' }> {
      const { id, action } = onlyResult(await calls.upsert(module, [values], duplicateCheckFields, trigger));
      return { id, action };
    },
  };
  return calls;
}
