import type { LedgerEntry, Table } from './simulator.ts';

/** A committed write, numbered in the order of commits over all vendors. */
export interface LedgerLine extends LedgerEntry {
  readonly seq: number;
  readonly at: string;
  readonly vendor: string;
}

/** Every write that any simulator committed, so that "exactly once" is counted on the vendor's side. */
export interface Ledger {
  add(vendor: string, entry: LedgerEntry): void;
  /** Lines after `since` (a seq), of one vendor or of all. */
  lines(filter: { vendor?: string; since?: number }): LedgerLine[];
}

export function openLedger(table: Table<LedgerLine>, clock: () => Date): Ledger {
  let seq = Math.max(0, ...table.all().map((line) => line.seq));
  return {
    add(vendor, entry) {
      seq += 1;
      table.put(String(seq), { seq, at: clock().toISOString(), vendor, ...entry });
    },
    lines: ({ vendor, since = 0 }) =>
      table.all().filter((line) => line.seq > since && (vendor === undefined || line.vendor === vendor)),
  };
}
