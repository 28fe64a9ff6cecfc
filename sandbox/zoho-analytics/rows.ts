import type { VendorDesk } from '../core/simulator.ts';

/** https://www.zoho.com/analytics/api/v2/modeling-api/create-table.html */
export const DATA_TYPES = [
  'PLAIN',
  'MULTI_LINE',
  'EMAIL',
  'URL',
  'NUMBER',
  'POSITIVE_NUMBER',
  'DECIMAL_NUMBER',
  'CURRENCY',
  'PERCENT',
  'AUTO_NUMBER',
  'DATE',
  'BOOLEAN',
] as const;
export type DataType = (typeof DATA_TYPES)[number];

export interface ColumnRow {
  readonly id: string;
  readonly name: string;
  readonly type: DataType;
  readonly mandatory: boolean;
}

export interface WorkspaceRow {
  readonly id: string;
  readonly name: string;
  /** The organisation that keeps it. */
  readonly org: string;
  readonly owned: boolean;
}

export interface ViewRow {
  readonly id: string;
  readonly workspace: string;
  readonly name: string;
  readonly type: 'Table' | 'AnalysisView' | 'Dashboard' | 'QueryTable';
  /** Of a table. */
  readonly columns: readonly ColumnRow[];
}

/** A value as Analytics keeps it: an amount as a plain decimal, a moment as `2026-11-29 14:00:00`; null: none. */
export type Value = string | null;

/** The rows of a table, values in the order of its columns. */
export interface DataRow {
  readonly view: string;
  readonly rows: readonly (readonly Value[])[];
}

export interface JobRow {
  readonly id: string;
  readonly workspace: string;
  readonly view: string;
  readonly importType: string;
  /** When it is over, in epoch milliseconds; null: further batches are waited for. */
  readonly endsAt: number | null;
  readonly begunAt: number;
  readonly total: number;
  readonly taken: number;
  readonly errors: readonly string[];
  /** Of a replacement in batches, what waits for the last one; the next batch must bring this key. */
  readonly batch: { readonly key: string; readonly rows: DataRow['rows'] } | null;
}

export const analyticsTables = (desk: VendorDesk) => ({
  workspaces: desk.table<WorkspaceRow>('workspaces'),
  views: desk.table<ViewRow>('views'),
  data: desk.table<DataRow>('data'),
  jobs: desk.table<JobRow>('jobs'),
  /** How long imports take, where somebody slowed them down. */
  pace: desk.table<{ readonly ms: number }>('pace'),
});
