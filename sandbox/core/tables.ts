import { type JournalLine, openJournal } from './journal.ts';
import type { Table, TableOptions } from './simulator.ts';

/** Every table of the sandbox, held in memory and in one journal. */
export interface Tables {
  table<Row extends object>(vendor: string, name: string, options?: TableOptions): Table<Row>;
  /** Rows of each table of one vendor that holds any. */
  /** @param only names of the tables that are asked for; every one where it is left out. */
  state(vendor: string, only?: readonly string[]): Record<string, object[]>;
  /**
   * Writes all that `work` changes to the journal in few writes, after it. Only where a failure ends the sandbox: the
   * journal lacks then what the tables hold.
   */
  together(work: () => void): void;
  /** Empties every table that is not kept. */
  clear(): void;
  /** True when the journal was empty at start: nothing was ever seeded. */
  readonly fresh: boolean;
  close(): void;
}

export function openTables(folder: string): Tables {
  const rows = new Map<string, Map<string, object>>();
  const unlisted = new Set<string>();
  const of = (key: string): Map<string, object> => {
    const known = rows.get(key);
    if (known) return known;
    const made = new Map<string, object>();
    rows.set(key, made);
    return made;
  };

  let replayed = 0;
  const journal = openJournal(folder, ([key, id, row]) => {
    replayed += 1;
    if (row === undefined) of(key).delete(id);
    else of(key).set(id, frozen(row));
  });
  if (replayed > 0) journal.compact(lines(rows));
  /** What is written together later; null where each change is written before it is made. */
  let gathered: JournalLine[] | null = null;
  const append = (line: JournalLine): void => {
    if (gathered === null) journal.append(line);
    else gathered.push(line);
  };

  // In the journal too: after a restart a reset may come before a simulator has asked for its tables.
  const kept = of('sandbox/kept-tables');
  const keep = (key: string): void => {
    if (kept.has(key)) return;
    append(['sandbox/kept-tables', key, {}]);
    kept.set(key, {});
  };
  keep('sandbox/kept-tables');

  const remove = (key: string, id: string): boolean => {
    if (!of(key).has(id)) return false;
    append([key, id]);
    return of(key).delete(id);
  };

  return {
    fresh: replayed === 0,
    table<Row extends object>(vendor: string, name: string, options: TableOptions = {}) {
      const key = `${vendor}/${name}`;
      if (options.kept) keep(key);
      if (options.unlisted) unlisted.add(key);
      const held = of(key) as Map<string, Row>;
      const table: Table<Row> = {
        get(id) {
          const row = held.get(id);
          return row === undefined ? undefined : structuredClone(row);
        },
        all: () => [...held.values()],
        put(id, row) {
          const kept = frozen(structuredClone(row));
          append([key, id, kept]);
          held.set(id, kept);
          return row;
        },
        putMany(many) {
          const kept = [...many];
          const added = kept.map(([id, row]) => [key, id, row] as const);
          if (gathered === null) journal.appendAll(added);
          for (const [id, row] of kept) held.set(id, frozen(row));
          // Frozen by now: what is written later is what was put.
          if (gathered !== null) for (const line of added) gathered.push(line);
        },
        delete: (id) => remove(key, id),
        get size() {
          return held.size;
        },
      };
      return table;
    },
    state(vendor, only) {
      const own = [...rows].flatMap(([key, held]) => {
        const name = key.slice(vendor.length + 1);
        const isAsked = key.startsWith(`${vendor}/`) && (only?.includes(name) ?? true);
        return isAsked && held.size > 0 && !unlisted.has(key) ? [{ name, held }] : [];
      });
      return Object.fromEntries(own.map(({ name, held }) => [name, [...held.values()]]));
    },
    together(work) {
      const lines: JournalLine[] = [];
      gathered = lines;
      try {
        work();
      } finally {
        gathered = null;
      }
      journal.appendAll(lines);
    },
    clear() {
      for (const [key, held] of rows) {
        if (!kept.has(key)) for (const id of [...held.keys()]) remove(key, id);
      }
    },
    close: () => journal.close(),
  };
}

function* lines(rows: Map<string, Map<string, object>>): Generator<JournalLine> {
  for (const [key, held] of rows) for (const [id, row] of held) yield [key, id, row];
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
