import type { VendorDesk } from '../core/simulator.ts';
import type { Members } from '../kit/json-body.ts';
import { answered, type Call, improper, type Operation, refusal, tableOf, workspaceOf } from './api.ts';
import { analyticsTables, type ColumnRow, DATA_TYPES, type DataType, type WorkspaceRow } from './rows.ts';
import { AGENCY_ORG, ORG } from './seed.ts';

/** Longest text of one line. The API tells each column's own; the figure is not in Zoho's pages. */
export const LONGEST_LINE = 255;
const LONGEST_NAME = 100;

const reads = (path: string, run: Operation['run'], isOpen?: true): Operation => ({
  ...{ method: 'GET', path, scope: 'ZohoAnalytics.metadata.read', counted: 'METADATA', run },
  ...(isOpen ? { isOpen } : {}),
});
const makes = (path: string, run: Operation['run']): Operation => ({
  ...{ method: 'POST', path, scope: 'ZohoAnalytics.modeling.create', counted: 'METADATA' },
  ...{ needsConfig: true, run },
});

/** https://www.zoho.com/analytics/api/v2/metadata-api.html, https://www.zoho.com/analytics/api/v2/modeling-api.html */
export const metadataOperations: readonly Operation[] = [
  reads('/orgs', () => answered('Get organizations', { orgs: organisations() }), true),
  reads('/workspaces', listWorkspaces),
  reads('/workspaces/{workspace}/views', listViews),
  reads('/workspaces/{workspace}/views/{view}/metadata', listColumns),
  makes('/workspaces/{workspace}/tables', createTable),
  makes('/workspaces/{workspace}/views/{view}/columns', addColumn),
];

const organisations = () => [
  {
    ...{
      orgId: ORG,
      orgName: 'Atelier Lumen',
      orgDesc: '',
      createdBy: 'hugo.marchetti@atelier-lumen.example',
    },
    ...{ planName: 'Standard', isDefault: true, numberOfworkspaces: 1, role: 'Account Admin' },
  },
  {
    ...{ orgId: AGENCY_ORG, orgName: 'Agence Cobalt', orgDesc: '', createdBy: 'data@agence-cobalt.example' },
    ...{ planName: 'Premium', isDefault: false, numberOfworkspaces: 1, role: 'User' },
  },
];

function listWorkspaces({ desk }: Call) {
  const shown = ({ id, name, org }: WorkspaceRow) => ({
    ...{ workspaceId: id, workspaceName: name, workspaceDesc: '', orgId: org },
    ...{ createdTime: '1760000000000', createdBy: 'hugo.marchetti@atelier-lumen.example', isDefault: false },
  });
  const all = analyticsTables(desk).workspaces.all();
  return answered('Get workspaces', {
    ownedWorkspaces: all.filter(({ owned }) => owned).map(shown),
    sharedWorkspaces: all.filter(({ owned }) => !owned).map(shown),
  });
}

function listViews(call: Call) {
  const { id } = workspaceOf(call);
  const views = analyticsTables(call.desk)
    .views.all()
    .filter(({ workspace }) => workspace === id)
    .map((view) => ({
      ...{ viewId: view.id, viewName: view.name, viewDesc: '', viewType: view.type },
      ...{ createdBy: 'hugo.marchetti@atelier-lumen.example', createdTime: '1760000000000' },
    }));
  return answered('Get views', { views });
}

function listColumns(call: Call) {
  const columns = tableOf(call).columns.map(({ id, name, type, mandatory }, index) => ({
    ...{ columnId: id, columnName: name, dataType: type, dataTypeId: DATA_TYPES.indexOf(type) },
    ...{ dataTypeName: type, columnIndex: index, columnDesc: '', isNullable: !mandatory, isHidden: false },
    ...(type === 'PLAIN' ? { columnMaxSize: LONGEST_LINE } : {}),
  }));
  return answered('Get table metadata', { columns });
}

function createTable(call: Call) {
  const { desk, config } = call;
  const workspace = workspaceOf(call);
  const design = (config.tableDesign ?? {}) as Members;
  const name = nameOf(design.TABLENAME, 'TABLENAME');
  const wanted = Array.isArray(design.COLUMNS) ? (design.COLUMNS as Members[]) : [];
  if (wanted.length === 0) throw improper('COLUMNS');
  const columns: ColumnRow[] = [];
  for (const one of wanted) {
    const wish = { name: one.COLUMNNAME, type: one.DATATYPE, mandatory: one.MANDATORY === true };
    columns.push(newColumn(desk, columns, wish));
  }
  const { views, data } = analyticsTables(desk);
  const isTaken = views
    .all()
    .some((view) => view.workspace === workspace.id && view.name.toLowerCase() === name.toLowerCase());
  if (isTaken)
    throw refusal(400, 7111, 'DUPLICATE_VIEW', `A view named ${name} is already in the workspace.`);
  const id = desk.digits('18462000000', 7);
  const view = { id, workspace: workspace.id, name, type: 'Table', columns } as const;
  views.put(id, view);
  data.put(id, { view: id, rows: [] });
  desk.wrote({
    ...{ operation: 'POST tables', object: 'table', id, action: 'create', marker: name, record: view },
  });
  return answered('Create table', { viewId: id });
}

function addColumn(call: Call) {
  const { desk, config } = call;
  const view = tableOf(call);
  const added = newColumn(desk, view.columns, { name: config.columnName, type: config.dataType });
  const { views, data } = analyticsTables(desk);
  views.put(view.id, { ...view, columns: [...view.columns, added] });
  const held = data.get(view.id)?.rows ?? [];
  data.put(view.id, { view: view.id, rows: held.map((row) => [...row, null]) });
  desk.wrote({
    ...{ operation: 'POST columns', object: 'column', id: added.id, action: 'create', marker: added.name },
    record: added,
  });
  return answered('Add column', { columnId: added.id });
}

/** Some types are written otherwise when a table is made than when a column is added. */
const SPELLINGS: Readonly<Record<string, DataType>> = {
  MULTILINE: 'MULTI_LINE',
  PERCENTAGE: 'PERCENT',
  AUTONUMBER: 'AUTO_NUMBER',
};

function newColumn(
  desk: VendorDesk,
  beside: readonly ColumnRow[],
  wish: { readonly name: unknown; readonly type: unknown; readonly mandatory?: boolean },
): ColumnRow {
  const name = nameOf(wish.name, 'COLUMNNAME');
  if (beside.some((one) => one.name.toLowerCase() === name.toLowerCase()))
    throw refusal(400, 7128, 'DUPLICATE_COLUMN', `A column named ${name} is already in the table.`);
  const spelt = String(wish.type);
  const type = SPELLINGS[spelt] ?? DATA_TYPES.find((one) => one === spelt);
  if (type === undefined) throw improper('DATATYPE');
  return { id: desk.digits('18462000000', 7), name, type, mandatory: wish.mandatory === true };
}

function nameOf(value: unknown, parameter: string): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > LONGEST_NAME)
    throw improper(parameter);
  return value;
}
