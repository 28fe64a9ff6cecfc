import { z } from 'zod';
import { ifGone } from '../../kit/if-gone.ts';
import { eachOf } from '../../kit/pages.ts';
import type { NotionApi } from './request.ts';
import { databaseSchema, dataSourceSchema, listOf, plainText, propertySchema } from './shapes.ts';

/** One property of a data source: a column, as people see it. */
export interface NotionProperty {
  /** Stays when it gets another name. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Of select, multi_select and status. */
  readonly options: readonly string[];
  /** A number that is shown as so many hundredths. */
  readonly isPercent: boolean;
  /** The data source that a relation leads to. */
  readonly relatesTo: string | null;
}

export interface DataSource {
  readonly id: string;
  readonly title: string;
  readonly databaseId: string | null;
  readonly inTrash: boolean;
  /** In the order in which Notion tells them. */
  readonly properties: readonly NotionProperty[];
}

/** Notion gives no more in one page. */
export const PAGE = 100;
/** Bounds a walk: 2,000 things. */
export const MOST_PAGES = 20;

export function dataSourceCalls(api: NotionApi) {
  async function dataSource(id: string): Promise<DataSource> {
    return asDataSource(await api({ path: `/v1/data_sources/${encodeURIComponent(id)}` }, dataSourceSchema));
  }

  return {
    /** A data source with its properties. Fails with `gone` where it is not shared with Liaison. */
    dataSource,

    /** The same; null where it is not shared with Liaison. */
    findDataSource: (id: string): Promise<DataSource | null> => ifGone(() => dataSource(id), null),

    /** Those that are shared with Liaison, the last edited first. */
    async dataSources(): Promise<DataSource[]> {
      const found: DataSource[] = [];
      const pages = eachOf<z.output<typeof dataSourceSchema>, string>(
        async (cursor) => {
          const answer = await api(
            {
              method: 'POST',
              path: '/v1/search',
              json: {
                filter: { property: 'object', value: 'data_source' },
                sort: { timestamp: 'last_edited_time', direction: 'descending' },
                page_size: PAGE,
                ...(cursor === null ? {} : { start_cursor: cursor }),
              },
            },
            listOf(dataSourceSchema),
          );
          return { items: answer.results, next: answer.next_cursor ?? null };
        },
        { most: MOST_PAGES },
      );
      for await (const one of pages) found.push(asDataSource(one));
      return found.filter(({ inTrash }) => !inTrash);
    },

    /** The data sources of a database, which may have several; null: there is no such database for Liaison. */
    dataSourcesIn: (database: string) =>
      ifGone(async () => {
        const path = `/v1/databases/${encodeURIComponent(database)}`;
        const { title = [], data_sources: sources = [] } = await api({ path }, databaseSchema);
        return { title: plainText(title), sources };
      }, null),

    /** Makes a text property, or finds it made: safe to repeat. @returns its id. */
    async addText(source: string, name: string): Promise<string> {
      const path = `/v1/data_sources/${encodeURIComponent(source)}`;
      const json = { properties: { [name]: { rich_text: {} } } };
      const { properties } = await api(
        { method: 'PATCH', path, json },
        z.object({ properties: z.record(z.string(), propertySchema) }),
      );
      return properties[name]?.id ?? name;
    },
  };
}

function asDataSource(read: z.output<typeof dataSourceSchema>): DataSource {
  return {
    id: read.id,
    title: plainText(read.title ?? []),
    databaseId: read.parent?.database_id ?? null,
    inTrash: read.in_trash,
    properties: Object.values(read.properties ?? {}).map((one) => ({
      id: one.id,
      name: one.name,
      type: one.type,
      options: (one.select ?? one.multi_select ?? one.status)?.options.map(({ name }) => name) ?? [],
      isPercent: one.number?.format === 'percent',
      relatesTo: one.relation?.data_source_id ?? null,
    })),
  };
}
