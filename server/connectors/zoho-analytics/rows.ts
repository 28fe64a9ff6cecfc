import { z } from 'zod';
import type { AnalyticsCall } from './api.ts';
import type { Workspace } from './tables.ts';

const deletedSchema = z.object({ deletedRows: z.coerce.number().int().nonnegative().catch(0) });

/** A criteria names columns in double quotes and texts in single ones, as SQL does. */
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Rows that stand in a table. */
export function rowCalls(call: AnalyticsCall) {
  return {
    /**
     * Deletes the rows that hold one of these texts in a column; those that are not there are no failure.
     * https://www.zoho.com/analytics/api/v2/data-api/delete-row.html
     *
     * @returns how many there were.
     */
    async deleteRows(
      workspace: Workspace,
      table: string,
      { column, values }: { readonly column: string; readonly values: readonly [string, ...string[]] },
    ): Promise<number> {
      const criteria = `"${column}" IN (${values.map(text).join(',')})`;
      const { deletedRows } = await call(
        workspace.organisation,
        {
          method: 'DELETE',
          path: `/workspaces/${encodeURIComponent(workspace.id)}/views/${encodeURIComponent(table)}/rows`,
          form: { CONFIG: JSON.stringify({ criteria }) },
        },
        deletedSchema,
      );
      return deletedRows;
    },
  };
}
