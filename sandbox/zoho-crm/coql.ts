import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { checkToken } from '../zoho-accounts/check-token.ts';
import type { Call } from './call.ts';
import { catalogueOf } from './catalogue.ts';
import { order } from './comparison.ts';
import { parseCoql, type Query } from './coql-grammar.ts';
import { type Criteria, matches } from './criteria.ts';
import { CrmFailure, crmError } from './failure.ts';
import type { ListAnswer } from './list.ts';
import type { CrmModule } from './modules.ts';
import { recordsOf, shown } from './record.ts';
import { stageHistory } from './stage-history.ts';

const MOST_ROWS = 2000;
const MOST_COLUMNS = 50;

/** `POST /coql`. Needs the module's READ scope beside its own. */
export function coql({ desk, request }: Call): ListAnswer {
  const json = bodyOf(request).json as { select_query?: unknown } | undefined;
  const at = { api_name: 'select_query', json_path: '$.select_query' };
  if (typeof json?.select_query !== 'string')
    throw new CrmFailure(
      400,
      crmError('MANDATORY_NOT_FOUND', 'required field not found', { api_name: at.api_name }),
    );
  const query = parseCoql(json.select_query);
  const tracked = query.module === stageHistory.apiName;
  const module = tracked ? stageHistory : catalogueOf(desk).module(query.module);
  if (!module)
    throw new CrmFailure(400, crmError('INVALID_QUERY', 'invalid module', { module: query.module }));
  // What is tracked of deals is open to whom deals are.
  const readable = tracked ? 'Deals' : query.module;
  if (!checkToken(desk, request, [`ZohoCRM.modules.${readable}.READ`]).ok) {
    throw new CrmFailure(401, crmError('OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL'));
  }
  if (query.limit > MOST_ROWS)
    throw new CrmFailure(400, crmError('LIMIT_EXCEEDED', 'limit exceeded', { limit: MOST_ROWS }));
  if (query.columns.length > MOST_COLUMNS)
    throw new CrmFailure(400, crmError('LIMIT_EXCEEDED', 'column limit exceeded', { limit: MOST_COLUMNS }));
  for (const column of namesIn(query)) {
    if (!isColumn(desk, module, column))
      throw new CrmFailure(
        400,
        crmError('INVALID_QUERY', 'column given seems to be invalid', { column_name: column }),
      );
  }
  return rowsOf(desk, module, query);
}

function rowsOf(desk: VendorDesk, module: CrmModule, query: Query): ListAnswer {
  const own = namesIn(query).map((column) => column.split('.')[0] ?? '');
  const all = recordsOf(desk, module.apiName)
    .all()
    .map((record) => flat(desk, module, shown(desk, module, record, own), query));
  const found = all
    .filter((row) => matches(query.where, row))
    .sort((left, right) => compareRows(left, right, query.orderBy));
  const cut = found.slice(query.offset, query.offset + query.limit);
  if (cut.length === 0) return { status: 204 };
  const data = cut.map((row) =>
    Object.fromEntries([...query.columns, 'id'].map((column) => [column, row[column] ?? null])),
  );
  return {
    status: 200,
    body: { data, info: { count: data.length, more_records: found.length > query.offset + cut.length } },
  };
}

type Row = Record<string, unknown>;

/** The record with every dotted column that the query names put beside its own. */
function flat(desk: VendorDesk, module: CrmModule, row: Row, query: Query): Row {
  const dotted = namesIn(query).filter((column) => column.includes('.'));
  const extra = dotted.map((column) => {
    const [own = '', far = ''] = column.split('.');
    const target = module.fields.find(({ apiName }) => apiName === own);
    const held = row[own] as { id: string } | null;
    if (held === null || !target?.lookup) return [column, held === null ? null : (held as Row)[far]];
    const farModule = catalogueOf(desk).module(target.lookup);
    const record = farModule && recordsOf(desk, farModule.apiName).get(held.id);
    return [column, record ? shown(desk, farModule, record)[far] : null];
  });
  return { ...row, ...Object.fromEntries(extra) };
}

function isColumn(desk: VendorDesk, module: CrmModule, column: string): boolean {
  const [own, far] = column.split('.');
  const field = module.fields.find(({ apiName }) => apiName === own);
  if (!field || far === undefined) return field !== undefined;
  if (field.type === 'ownerlookup') return ['id', 'name', 'email'].includes(far);
  return (
    catalogueOf(desk)
      .module(field.lookup ?? '')
      ?.fields.some(({ apiName }) => apiName === far) ?? false
  );
}

/** Every column that a query names, in whichever of its parts. */
const namesIn = ({ columns, where, orderBy }: Query): string[] => [
  ...columns,
  ...columnsOf(where),
  ...orderBy.map(({ column }) => column),
];

function columnsOf(criteria: Criteria): string[] {
  return criteria.kind === 'condition' ? [criteria.field] : criteria.parts.flatMap(columnsOf);
}

function compareRows(left: Row, right: Row, orderBy: Query['orderBy']): number {
  for (const { column, descending } of orderBy) {
    const difference = order(faceOf(left[column]), faceOf(right[column]));
    if (difference !== 0) return descending ? -difference : difference;
  }
  return String(left.id) < String(right.id) ? -1 : 1;
}

function faceOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return String((value as { name?: unknown }).name ?? '');
  return String(value ?? '');
}
