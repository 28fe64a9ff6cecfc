import { zohoAnalytics } from '../../connectors/zoho-analytics/connector.ts';
import type { NewColumn, TableColumn } from '../../connectors/zoho-analytics/tables.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { RunContext } from '../../core/flow.ts';
import { TYPE_FACTS } from './column-types.ts';
import type { Settings } from './settings.ts';
import type { SheetPlan } from './sheet-plan.ts';
import type { Step } from './steps.ts';
import { lackingColumns, MARKER, mismatch, sameName, type Target } from './target-table.ts';

export interface Prepared {
  readonly table: string;
  readonly name: string;
  /** By the header: the longest text that its column takes. */
  readonly longest: ReadonlyMap<string, number>;
}

/** Steps are named without spaces: a column by its place is the same in every attempt of a run. */
const itemOf = (at: number): string => `column-${at + 1}`;

/**
 * Makes the table where there is none, and adds the columns that it lacks.
 *
 * @throws LiaisonError where a column of the table takes something else.
 */
export async function prepareTable(
  context: RunContext<Settings, Step>,
  { workspace, table: found, columns }: Target,
  plan: SheetPlan,
): Promise<Prepared> {
  const { settings, client } = context;
  const analytics = client(zohoAnalytics);
  const wrong = mismatch(plan.columns, columns);
  if (wrong !== null) throw new LiaisonError('rejected', { sentence: wrong });
  const marker: NewColumn[] = settings.way === 'append' ? [{ name: MARKER, type: 'PLAIN' }] : [];
  const all = [
    ...plan.columns.map(({ header, type }) => ({ name: header, type: TYPE_FACTS[type].made })),
    ...marker,
  ];
  if (found === null) {
    const made = await context.write('make', {
      send: async () => ({ id: await analytics.createTable(workspace, settings.table, all) }),
      async find() {
        const tables = await analytics.tables(workspace);
        const own = tables.find(({ name }) => sameName(name, settings.table));
        return own === undefined ? null : { id: own.id };
      },
    });
    const there = await context.read('columns', () => analytics.columns(workspace, made.id));
    return { table: made.id, name: settings.table, longest: longestOf(plan, there) };
  }
  const lacking = [
    ...lackingColumns(plan.columns, columns).map(({ header, type }) => ({
      name: header,
      type: TYPE_FACTS[type].made,
    })),
    ...marker.filter(({ name }) => !columns.some((one) => sameName(one.name, name))),
  ];
  for (const one of lacking) {
    await context.forItem(itemOf(all.findIndex(({ name }) => name === one.name))).write('column', {
      async send() {
        await analytics.addColumn(workspace, found.id, one);
        return one.name;
      },
      async find() {
        const there = await analytics.columns(workspace, found.id);
        return there.some(({ name }) => sameName(name, one.name)) ? one.name : null;
      },
    });
  }
  const there =
    lacking.length === 0
      ? columns
      : await context.read('columns', () => analytics.columns(workspace, found.id));
  return { table: found.id, name: found.name, longest: longestOf(plan, there) };
}

function longestOf({ columns }: SheetPlan, there: readonly TableColumn[]): Map<string, number> {
  return new Map(
    columns.flatMap(({ header }) => {
      const longest = there.find(({ name }) => sameName(name, header))?.longest ?? null;
      return longest === null ? [] : [[header, longest] as const];
    }),
  );
}
