import type { ZohoAnalyticsClient } from '../../connectors/zoho-analytics/client.ts';
import type { Table, TableColumn, Workspace } from '../../connectors/zoho-analytics/tables.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Sentence } from '../../core/sentence.ts';
import { TYPE_FACTS, type Type, typesFor } from './column-types.ts';
import { noMatching, noTable, noWorkspace, otherType, tableIsGone } from './sentences.ts';
import type { Settings } from './settings.ts';
import type { PlannedColumn, SheetPlan } from './sheet-plan.ts';

/** Where rows go. */
export interface Target {
  readonly workspace: Workspace;
  /** Null: it is to be made. */
  readonly table: Table | null;
  readonly columns: readonly TableColumn[];
}

/** The column that tells rows that were added: of which run, and which row of the sheet. */
export const MARKER = 'Liaison import';

/** What it holds for one row: the time of the run, the integration (others may add to the same table at the same hour), the row. */
export const markOf = (slot: string, integration: string, row: number): string =>
  `${slot} ${integration} #${row}`;

/** Analytics does not tell columns apart by case. */
export const sameName = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

type Wish = Pick<Settings, 'workspace' | 'table'>;

/**
 * The chosen table. One that was written to before is known by its id: it is followed when it gets another name, and
 * not made again when somebody deleted it.
 *
 * @throws LiaisonError where there is no such workspace, or the table was deleted.
 */
export async function findTarget(
  client: ZohoAnalyticsClient,
  { workspace: wanted, table: name }: Wish,
  known: string | null,
): Promise<Target> {
  if (wanted === '' || name === '') throw new LiaisonError('rejected', { sentence: noTable() });
  const workspace = (await client.workspaces()).find(({ id }) => id === wanted);
  if (workspace === undefined) throw new LiaisonError('rejected', { sentence: noWorkspace() });
  const tables = await client.tables(workspace);
  const table =
    tables.find(({ id }) => id === known) ?? tables.find((one) => sameName(one.name, name)) ?? null;
  if (table === null && known !== null) throw new LiaisonError('rejected', { sentence: tableIsGone(name) });
  return {
    workspace,
    table,
    columns: table === null ? [] : await client.columns(workspace, table.id),
  };
}

/** Which columns the table lacks. */
export const lackingColumns = (
  columns: readonly PlannedColumn[],
  there: readonly TableColumn[],
): PlannedColumn[] => columns.filter(({ header }) => !there.some(({ name }) => sameName(name, header)));

/** What keeps the columns of the sheet from the columns of the table; null: nothing. */
export function mismatch(
  columns: readonly { header: string; type: Type }[],
  there: readonly TableColumn[],
): Sentence | null {
  for (const { header, type } of columns) {
    const found = there.find(({ name }) => sameName(name, header));
    if (found === undefined) continue;
    const taken = typesFor(found.type);
    if (!taken.includes(type))
      return otherType(
        header,
        TYPE_FACTS[type].words,
        taken.map((one) => TYPE_FACTS[one].words),
      );
  }
  return null;
}

/**
 * The columns by which a row is found again, from a list with commas; a header may have commas of its own.
 *
 * @throws LiaisonError that says which are not sent.
 */
export function matchingColumns(text: string, { columns }: Pick<SheetPlan, 'columns'>): string[] {
  const headers = columns.map(({ header }) => header);
  const whole = headers.find((header) => sameName(header, text));
  if (whole !== undefined) return [whole];
  const wanted = text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const found = wanted.map((one) => headers.find((header) => sameName(header, one)));
  const lacking = wanted.filter((_one, at) => found[at] === undefined);
  if (wanted.length === 0 || lacking.length > 0)
    throw new LiaisonError('rejected', { sentence: noMatching(lacking, headers) });
  return [...new Set(found.flatMap((one) => one ?? []))];
}
