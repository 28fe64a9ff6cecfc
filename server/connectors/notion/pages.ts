import { z } from 'zod';
import { ifGone } from '../../kit/if-gone.ts';
import { eachOf } from '../../kit/pages.ts';
import type { NotionBlock } from './blocks.ts';
import { compared } from './compared-value.ts';
import { PAGE } from './data-sources.ts';
import type { NotionApi } from './request.ts';
import { listOf, pageSchema } from './shapes.ts';

export interface NotionPage {
  readonly id: string;
  readonly url: string | null;
  readonly inTrash: boolean;
  /** The data source that it stands in; null: it stands elsewhere. */
  readonly source: string | null;
  /** ISO 8601, in whole minutes. */
  readonly editedAt: string;
  /** What its properties say, by their names: see `compared`. */
  readonly says: Readonly<Record<string, string>>;
}

/** Values of properties, in Notion's own form, by the properties' names or ids. */
export type PropertyValues = Readonly<Record<string, object>>;

const blocksSchema = listOf(z.object({ id: z.string() }));

export function pageCalls(api: NotionApi) {
  return {
    /** Null: it was deleted for good, or is no longer shared with Liaison. One in the trash is there. */
    page: (id: string): Promise<NotionPage | null> =>
      ifGone(
        async () => asPage(await api({ path: `/v1/pages/${encodeURIComponent(id)}` }, pageSchema)),
        null,
      ),

    /**
     * The first two pages of a data source whose text property holds exactly this text, the oldest first; none that is
     * in the trash. Notion's index may lag behind a write.
     *
     * @param of name or id of the property; `type`: `title` or `rich_text`.
     */
    async pagesWith(
      source: string,
      of: { readonly property: string; readonly type: 'title' | 'rich_text' },
      text: string,
    ): Promise<NotionPage[]> {
      const path = `/v1/data_sources/${encodeURIComponent(source)}/query`;
      const json = {
        filter: { property: of.property, [of.type]: { equals: text } },
        sorts: [{ timestamp: 'created_time', direction: 'ascending' }],
        // One more than the first tells whether it is the only one.
        page_size: 2,
      };
      const { results } = await api({ method: 'POST', path, json }, listOf(pageSchema));
      return results.map(asPage).filter(({ inTrash }) => !inTrash);
    },

    /** Makes a page in a data source; a repeat makes another: look before. @param children at most 100. */
    async createPage(
      source: string,
      properties: PropertyValues,
      children: readonly NotionBlock[],
    ): Promise<NotionPage> {
      const json = {
        parent: { type: 'data_source_id', data_source_id: source },
        properties,
        ...(children.length === 0 ? {} : { children }),
      };
      return asPage(await api({ method: 'POST', path: '/v1/pages', json }, pageSchema));
    },

    /** Sets properties, or takes a page out of the trash: safe to repeat. Of one in the trash Notion refuses to be put there. */
    async changePage(
      id: string,
      change: { readonly properties?: PropertyValues; readonly in_trash?: boolean },
    ): Promise<NotionPage> {
      const path = `/v1/pages/${encodeURIComponent(id)}`;
      return asPage(await api({ method: 'PATCH', path, json: change }, pageSchema));
    },

    /** How many blocks a page has, as far as it is asked. */
    async blockCount(page: string, most: number): Promise<number> {
      const path = `/v1/blocks/${encodeURIComponent(page)}/children`;
      const blocks = eachOf<unknown, string>(
        async (cursor) => {
          const query = { page_size: PAGE, start_cursor: cursor ?? undefined };
          const answer = await api({ path, query }, blocksSchema);
          return { items: answer.results, next: answer.next_cursor ?? null };
        },
        { most: Math.ceil(most / PAGE) },
      );
      let count = 0;
      for await (const _block of blocks) count += 1;
      return count;
    },

    /** Puts blocks at the end of a page; a repeat puts them there again. @param children at most 100. */
    async appendBlocks(page: string, children: readonly NotionBlock[]): Promise<void> {
      const path = `/v1/blocks/${encodeURIComponent(page)}/children`;
      await api({ method: 'PATCH', path, json: { children } }, z.looseObject({}));
    },
  };
}

const asPage = (read: z.output<typeof pageSchema>): NotionPage => ({
  id: read.id,
  url: read.url ?? null,
  inTrash: read.in_trash,
  source: read.parent?.data_source_id ?? null,
  editedAt: read.last_edited_time,
  says: Object.fromEntries(
    Object.entries(read.properties).flatMap(([name, value]) => {
      const said = compared(value);
      return said === null ? [] : [[name, said] as const];
    }),
  ),
});
