import type { Request } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import { order } from './comparison.ts';
import { convertedOf } from './convert.ts';
import { matches, parseCriteria } from './criteria.ts';
import { CrmFailure, crmError, invalidParameter, missingParameter } from './failure.ts';
import type { CrmModule } from './modules.ts';
import { pageOf, tokenPageOf } from './paging.ts';
import { type CrmRecord, deletedOf, recordsOf, shown } from './record.ts';
import { crmTime } from './time.ts';

/** An answer that has no body is a 204, or a 304 where nothing changed. */
export type ListAnswer = { readonly status: 200; readonly body: object } | { readonly status: 204 | 304 };

const MOST_FIELDS = 50;
const SORTS = ['id', 'Created_Time', 'Modified_Time'];

/** Converted leads are there for who asks for them: `true` for these alone, `both` for all; nobody else sees them. */
function standing(desk: VendorDesk, module: CrmModule, { converted }: Request['query']): CrmRecord[] {
  const live = recordsOf(desk, module.apiName).all();
  if (module.apiName !== 'Leads' || converted === undefined || converted === 'false') return live;
  if (converted !== 'true' && converted !== 'both')
    throw invalidParameter('converted', 'the value given seems to be invalid');
  return converted === 'true' ? convertedOf(desk).all() : [...live, ...convertedOf(desk).all()];
}

/** `GET /{module}` https://www.zoho.com/crm/developer/docs/api/v8/get-records.html */
export function listRecords(desk: VendorDesk, module: CrmModule, request: Request): ListAnswer {
  const { query } = request;
  const fields = fieldsOf(query.fields);
  if (fields === undefined && module.apiName !== 'Notes') throw missingParameter('fields');
  const ids = typeof query.ids === 'string' ? query.ids.split(',') : null;
  const since = Date.parse(String(request.headers['if-modified-since'] ?? ''));
  const found = standing(desk, module, query).filter(
    ({ id, Modified_Time }) => (ids === null || ids.includes(id)) && !(Date.parse(Modified_Time) <= since),
  );
  if (found.length === 0) return { status: Number.isNaN(since) ? 204 : 304 };

  const { by, descending } = sortOf(query);
  const sorted = sorting(found, by, descending);
  const bound = JSON.stringify([
    module.apiName,
    fields ?? null,
    by,
    descending,
    ids,
    Number.isNaN(since) ? null : since,
  ]);
  const page = tokenPageOf(sorted, query, bound, desk.clock());
  if (page.items.length === 0) return { status: 204 };
  const info = {
    per_page: page.perPage,
    next_page_token: page.next,
    count: page.items.length,
    sort_by: by,
    page: page.page,
    previous_page_token: page.previous,
    page_token_expiry: page.until && crmTime(page.until),
    sort_order: descending ? 'desc' : 'asc',
    more_records: page.more,
  };
  return {
    status: 200,
    body: { data: page.items.map((record) => shown(desk, module, record, fields)), info },
  };
}

/** `GET /{module}/search` https://www.zoho.com/crm/developer/docs/api/v8/search-records.html */
export function searchRecords(desk: VendorDesk, module: CrmModule, request: Request): ListAnswer {
  const found = searched(desk, module, request.query);
  if (found.length === 0) return { status: 204 };
  const { by, descending } = sortOf(request.query);
  const page = pageOf(sorting(found, by, descending), request.query);
  if (page.items.length === 0) return { status: 204 };
  const fields = fieldsOf(request.query.fields);
  const info = {
    per_page: page.perPage,
    count: page.items.length,
    sort_by: by,
    page: page.page,
    sort_order: descending ? 'desc' : 'asc',
    more_records: page.more,
  };
  return {
    status: 200,
    body: { data: page.items.map((record) => shown(desk, module, record, fields)), info },
  };
}

/** The records that `criteria`, `email`, `phone` or `word` choose; the first that is given decides. */
export function searched(desk: VendorDesk, module: CrmModule, query: Request['query']): CrmRecord[] {
  const all = standing(desk, module, query);
  const { criteria, email, phone, word } = query;
  if (typeof criteria === 'string' && criteria !== '') {
    const wish = parseCriteria(criteria, module);
    return all.filter((record) => matches(wish, shown(desk, module, record)));
  }
  const namesOf = (...types: string[]): string[] =>
    module.fields.filter(({ type }) => types.includes(type)).map(({ apiName }) => apiName);
  const any = (record: CrmRecord, names: string[], test: (value: string) => boolean): boolean =>
    names.some((name) => test(String(record[name] ?? '')));
  if (typeof email === 'string' && email !== '')
    return all.filter((record) => any(record, namesOf('email'), (value) => order(value, email) === 0));
  if (typeof phone === 'string' && phone !== '') {
    const digits = phone.replace(/\D/g, '');
    return all.filter((record) =>
      any(record, namesOf('phone'), (value) => digits !== '' && value.replace(/\D/g, '').includes(digits)),
    );
  }
  if (typeof word === 'string' && word !== '') {
    const start = word.toLowerCase();
    const names = namesOf('text', 'textarea', 'email', 'phone', 'website', 'picklist');
    return all.filter((record) =>
      any(record, names, (value) =>
        value
          .toLowerCase()
          .split(/[\s,.;@()'’-]+/)
          .concat(value.toLowerCase())
          .some((part) => part.startsWith(start)),
      ),
    );
  }
  const details = { param_names: ['criteria', 'email', 'phone', 'word'] };
  throw new CrmFailure(
    400,
    crmError('EXPECTED_PARAM_MISSING', 'One of the expected parameter is missing', details),
  );
}

/** `GET /{module}/deleted` https://www.zoho.com/crm/developer/docs/api/v8/get-deleted-records.html */
export function listDeleted(desk: VendorDesk, module: CrmModule, request: Request): ListAnswer {
  const { query } = request;
  const type = query.type ?? 'all';
  const since = Date.parse(String(request.headers['if-modified-since'] ?? ''));
  const found = deletedOf(desk)
    .all()
    .filter((row) => row.module === module.apiName && (type === 'all' || row.type === type))
    .filter((row) => !(Date.parse(row.deleted_time) <= since));
  const page = pageOf(sorting(found, 'deleted_time', true), query);
  if (page.items.length === 0) return { status: 204 };
  const data = page.items.map(({ module: _module, ...row }) => row);
  return {
    status: 200,
    body: {
      data,
      info: { per_page: page.perPage, count: data.length, page: page.page, more_records: page.more },
    },
  };
}

export function fieldsOf(given: unknown): string[] | undefined {
  if (typeof given !== 'string' || given === '') return undefined;
  const fields = given.split(',').map((name) => name.trim());
  if (fields.length > MOST_FIELDS)
    throw new CrmFailure(
      400,
      crmError('LIMIT_EXCEEDED', 'the number of fields exceeds the limit', {
        limit: MOST_FIELDS,
        param_name: 'fields',
      }),
    );
  return fields;
}

function sortOf(query: Request['query']): { by: string; descending: boolean } {
  const by = String(query.sort_by ?? 'id');
  if (!SORTS.includes(by))
    throw new CrmFailure(
      400,
      crmError('INVALID_DATA', 'the sort_by field given seems to be invalid', { param_name: 'sort_by' }),
    );
  return { by, descending: query.sort_order !== 'asc' };
}

/** Equal values stand in the order of their ids, so that pages neither repeat nor lose a record. */
function sorting<Row extends { readonly id: string }>(
  rows: readonly Row[],
  by: string,
  descending: boolean,
): Row[] {
  const heldIn = (row: Row): string => String((row as Readonly<Record<string, unknown>>)[by] ?? '');
  const compare = (left: Row, right: Row): number =>
    (by === 'id' ? 0 : order(heldIn(left), heldIn(right))) || (left.id < right.id ? -1 : 1);
  return [...rows].sort((left, right) => (descending ? compare(right, left) : compare(left, right)));
}
