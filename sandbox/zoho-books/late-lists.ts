import type { Table, VendorDesk } from '../core/simulator.ts';

/** Lists of one application, into which what is written during a lag comes late, though it is there by its id. */
export interface LateLists {
  /** The rows that lists show now. */
  listed<Row extends object>(table: Table<Row>, idOf: (row: Row) => string): Row[];
  /** Says that a row was written just now, for `listed`. */
  wrote(id: string): void;
}

export function lateLists(desk: VendorDesk): LateLists {
  const late = desk.table<{ id: string; at: number }>('late');
  return {
    listed(table, idOf) {
      const lag = desk.lagMs();
      if (lag === 0 || late.size === 0) return table.all();
      const shownBefore = desk.clock().getTime() - lag;
      return table.all().filter((row) => (late.get(idOf(row))?.at ?? 0) <= shownBefore);
    },
    wrote(id) {
      if (desk.lagMs() > 0 && late.get(id) === undefined) late.put(id, { id, at: desk.clock().getTime() });
    },
  };
}
