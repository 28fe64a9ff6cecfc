import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { notionTables, type PageRow, type SourceRow } from './rows.ts';
import { SOURCES } from './seed.ts';

const source = z.string().default(SOURCES.projects);

const wishes = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('rename-property'), source, from: z.string(), to: z.string().min(1) }),
  z.strictObject({ act: z.literal('remove-property'), source, name: z.string() }),
  z.strictObject({ act: z.literal('trash'), page: z.string(), inTrash: z.boolean().default(true) }),
  /** For good: it is not even in the trash. */
  z.strictObject({ act: z.literal('delete'), page: z.string() }),
  z.strictObject({ act: z.literal('move'), page: z.string(), source: z.string() }),
  z.strictObject({ act: z.literal('unshare'), database: z.string() }),
]);

/** What somebody does in the workspace. Throws a sentence for what cannot be done. */
export function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const wanted = wishes.parse(wish);
  const { databases, pages } = notionTables(desk);
  switch (wanted.act) {
    case 'rename-property':
      return renameProperty(desk, wanted);
    case 'remove-property': {
      const row = sourceFor(desk, wanted.source);
      return keep(desk, { ...row, properties: row.properties.filter(({ name }) => name !== wanted.name) });
    }
    case 'trash':
      return pages.put(wanted.page, { ...pageFor(desk, wanted.page), inTrash: wanted.inTrash });
    case 'delete':
      return { deleted: pages.delete(pageFor(desk, wanted.page).id) };
    case 'move':
      return pages.put(wanted.page, { ...pageFor(desk, wanted.page), sourceId: wanted.source, values: {} });
    case 'unshare': {
      const row = databases.get(wanted.database);
      if (row === undefined) throw new Error('There is no such database.');
      return databases.put(row.id, { ...row, shared: false });
    }
  }
}

export function renameProperty(
  desk: VendorDesk,
  wish: { readonly source: string; readonly from: string; readonly to: string },
): SourceRow {
  const row = sourceFor(desk, wish.source);
  if (!row.properties.some(({ name }) => name === wish.from))
    throw new Error(`There is no property ${wish.from}.`);
  const properties = row.properties.map((one) => (one.name === wish.from ? { ...one, name: wish.to } : one));
  return keep(desk, { ...row, properties });
}

function sourceFor(desk: VendorDesk, id: string): SourceRow {
  const row = notionTables(desk).sources.get(id);
  if (row === undefined) throw new Error('There is no such data source.');
  return row;
}

function pageFor(desk: VendorDesk, id: string): PageRow {
  const row = notionTables(desk).pages.get(id);
  if (row === undefined) throw new Error('There is no such page.');
  return row;
}

const keep = (desk: VendorDesk, row: SourceRow): SourceRow =>
  notionTables(desk).sources.put(row.id, { ...row, editedAt: desk.clock().toISOString() });
