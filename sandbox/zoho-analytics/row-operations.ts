import type { Reply } from '../kit/refusal.ts';
import { answered, type Call, improper, type Operation, tableOf } from './api.ts';
import { analyticsTables, type DataRow, type ViewRow } from './rows.ts';

/** https://www.zoho.com/analytics/api/v2/data-api/delete-row.html */
export const rowOperations: readonly Operation[] = [
  {
    ...{ method: 'DELETE', path: '/workspaces/{workspace}/views/{view}/rows', run: deleteRows },
    ...{ scope: 'ZohoAnalytics.data.delete', counted: 'DML', needsConfig: true },
  },
];

type Test = (row: DataRow['rows'][number]) => boolean;

function deleteRows(call: Call): Reply {
  const { config, desk } = call;
  const view = tableOf(call);
  const { data } = analyticsTables(desk);
  const isAll = config.deleteAllRows === true;
  if (!isAll && typeof config.criteria !== 'string') throw improper('criteria');
  const fits = isAll ? () => true : testOf(String(config.criteria), view);
  const held = data.get(view.id)?.rows ?? [];
  const left = held.filter((row) => !fits(row));
  data.put(view.id, { view: view.id, rows: left });
  const deletedRows = held.length - left.length;
  desk.wrote({
    ...{ operation: 'DELETE rows', object: 'rows', id: view.id, action: 'delete', marker: null },
    record: { criteria: config.criteria ?? null, deletedRows },
  });
  return answered('Delete rows', { deletedRows });
}

const CRITERIA = /^\s*(?:"[^"]+"\.)?"([^"]+)"\s*(?:=\s*('(?:[^']|'')*')|IN\s*\((.+)\))\s*$/is;
const TEXTS = /^\s*'(?:[^']|'')*'(?:\s*,\s*'(?:[^']|'')*')*\s*$/;

/** Of all that a criteria can say, this sandbox reads a column that equals a text, or is among some. */
function testOf(criteria: string, view: ViewRow): Test {
  const [, name = '', one, many = ''] = CRITERIA.exec(criteria) ?? [];
  const place = view.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  const list = one ?? many;
  if (place === -1 || !TEXTS.test(list)) throw improper('criteria');
  const texts = new Set(
    [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text.replaceAll("''", "'")),
  );
  return (row) => texts.has(row[place] ?? '') && row[place] !== null;
}
