import { z } from 'zod';

const rowSchema = z.object({
  id: z.string(),
  edits: z.number(),
  place: z.number(),
  values: z.record(z.string(), z.string()),
  left: z.boolean().optional(),
  unsent: z.boolean().optional(),
  waits: z.number().optional(),
});

const rowsShape = { given: z.number().int(), rows: z.array(rowSchema) };

const tabSchema = z.object({
  spreadsheetId: z.string(),
  /** Null: remembered by its title alone, as earlier versions did. */
  gid: z.number().nullable(),
  title: z.string(),
  /** 0: it stood first at the last look. */
  index: z.number(),
  /** What the ids of its rows begin with: rows keep them for good. */
  prefix: z.string(),
  ...rowsShape,
  gone: z.array(rowSchema).optional(),
  /** Fields that had a column at the last look. */
  fields: z.array(z.string()).optional(),
  /** Mapped headers that it was told of that they have no column. */
  missing: z.array(z.string()).optional(),
});

/** What is remembered of a tab; it stays while another one is read. */
export type TabMemory = z.output<typeof tabSchema>;

const memorySchema = z.object({
  version: z.literal(2),
  /** Which tab each choice in the settings came to mean, by `<spreadsheet>/<setting>`. */
  chosen: z.record(z.string(), z.number()),
  /** The tab that was read at the last look; null before the first. */
  reading: z.object({ spreadsheetId: z.string(), gid: z.number() }).nullable(),
  /** How many things were told of tabs. */
  told: z.number().int(),
  tabs: z.array(tabSchema),
});

/** What is stored between looks. */
export type Memory = z.output<typeof memorySchema>;

/** As the first versions stored it: the rows of one tab, which its title named. */
const firstSchema = z.object({ source: z.string(), ...rowsShape });

const NOTHING: Memory = { version: 2, chosen: {}, reading: null, told: 0, tabs: [] };

/** Reads what was stored, by earlier versions too. What nobody knows counts as nothing. */
export function readMemory(stored: unknown): Memory {
  const current = memorySchema.safeParse(stored);
  if (current.success) return current.data;
  const first = firstSchema.safeParse(stored);
  if (!first.success) return NOTHING;
  const { source, given, rows } = first.data;
  const at = source.indexOf('/');
  const [spreadsheetId, title] = [source.slice(0, at), source.slice(at + 1)];
  return { ...NOTHING, tabs: [{ spreadsheetId, gid: null, title, index: 0, prefix: source, given, rows }] };
}

/** The memory with what a look found of its tab in it. */
export function withTab(memory: Memory, tab: TabMemory, choice: string): Memory {
  const gid = tab.gid ?? 0;
  const others = memory.tabs.filter(
    (one) => !isTab(one, tab.spreadsheetId, gid) && one.prefix !== tab.prefix,
  );
  return {
    ...memory,
    chosen: { ...memory.chosen, [choice]: gid },
    reading: { spreadsheetId: tab.spreadsheetId, gid },
    tabs: [...others, tab],
  };
}

export const isTab = (tab: TabMemory, spreadsheetId: string, gid: number): boolean =>
  tab.spreadsheetId === spreadsheetId && tab.gid === gid;
