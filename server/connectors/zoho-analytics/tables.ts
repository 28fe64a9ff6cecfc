import { z } from 'zod';
import { type AnalyticsCall, idSchema } from './api.ts';

/** A workspace, and the organisation that keeps it: one that is shared is another organisation's. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
}

export interface Table {
  readonly id: string;
  readonly name: string;
}

/** https://www.zoho.com/analytics/api/v2/modeling-api/create-table.html */
export type ColumnType = 'PLAIN' | 'NUMBER' | 'DECIMAL_NUMBER' | 'CURRENCY' | 'DATE' | 'BOOLEAN';

export interface TableColumn {
  readonly name: string;
  /** As Analytics names it: `PLAIN`, `MULTI_LINE`, `NUMBER`, `AUTO_NUMBER`. */
  readonly type: string;
  /** Longest text in characters; null: not told. */
  readonly longest: number | null;
}

export interface NewColumn {
  readonly name: string;
  readonly type: ColumnType;
}

const workspaceSchema = z.object({
  workspaceId: idSchema,
  workspaceName: z.string(),
  orgId: idSchema,
});
const workspacesSchema = z.object({
  ownedWorkspaces: z.array(workspaceSchema).catch([]),
  sharedWorkspaces: z.array(workspaceSchema).catch([]),
});
const viewsSchema = z.object({
  views: z
    .array(z.object({ viewId: idSchema, viewName: z.string(), viewType: z.string().catch('') }))
    .catch([]),
});
const columnsSchema = z.object({
  columns: z.array(
    z.object({
      columnName: z.string(),
      dataType: z.string().catch(''),
      dataTypeName: z.string().optional().catch(undefined),
      columnMaxSize: z.number().nullish().catch(null),
      formulaDisplayName: z.string().nullish().catch(null),
    }),
  ),
});
const madeTable = z.object({ viewId: idSchema });
const madeColumn = z.object({ columnId: idSchema.optional() });

const config = (value: object) => ({ CONFIG: JSON.stringify(value) });
const of = (workspace: Workspace): string => `/workspaces/${encodeURIComponent(workspace.id)}`;

/** Workspaces, and the tables in them. */
export function tableCalls(call: AnalyticsCall, own: string) {
  return {
    /** What the account may open, its own and what is shared with it. */
    async workspaces(): Promise<Workspace[]> {
      const { ownedWorkspaces, sharedWorkspaces } = await call(
        own,
        { path: '/workspaces' },
        workspacesSchema,
      );
      return [...ownedWorkspaces, ...sharedWorkspaces].map(({ workspaceId, workspaceName, orgId }) => ({
        id: workspaceId,
        name: workspaceName,
        organisation: orgId,
      }));
    },

    /** Tables that rows can be written to; reports, dashboards and tables made by queries are none. */
    async tables(workspace: Workspace): Promise<Table[]> {
      const { views } = await call(workspace.organisation, { path: `${of(workspace)}/views` }, viewsSchema);
      return views
        .filter(({ viewType }) => viewType === 'Table')
        .map(({ viewId, viewName }) => ({ id: viewId, name: viewName }));
    },

    /** Columns of a table, in their order; those that a formula fills are left out. */
    async columns(workspace: Workspace, table: string): Promise<TableColumn[]> {
      const path = `${of(workspace)}/views/${encodeURIComponent(table)}/metadata`;
      const { columns } = await call(workspace.organisation, { path }, columnsSchema);
      return columns
        .filter(({ formulaDisplayName }) => !formulaDisplayName)
        .map(({ columnName, dataType, dataTypeName, columnMaxSize }) => ({
          name: columnName,
          type: dataType || dataTypeName || '',
          longest: columnMaxSize ?? null,
        }));
    },

    /** @returns its id. */
    async createTable(workspace: Workspace, name: string, columns: readonly NewColumn[]): Promise<string> {
      const design = {
        TABLENAME: name,
        COLUMNS: columns.map((one) => ({ COLUMNNAME: one.name, DATATYPE: one.type })),
      };
      const form = config({ tableDesign: design });
      const made = await call(
        workspace.organisation,
        { method: 'POST', path: `${of(workspace)}/tables`, form },
        madeTable,
      );
      return made.viewId;
    },

    async addColumn(workspace: Workspace, table: string, { name, type }: NewColumn): Promise<void> {
      const path = `${of(workspace)}/views/${encodeURIComponent(table)}/columns`;
      const form = config({ columnName: name, dataType: type });
      await call(workspace.organisation, { method: 'POST', path, form }, madeColumn);
    },
  };
}
