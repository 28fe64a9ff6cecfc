import { z } from 'zod';
import { type AnalyticsCall, idSchema } from './api.ts';
import type { Workspace } from './tables.ts';

/** Days and moments are written so in what is imported, without a zone: Analytics keeps none. */
const DATE_FORMAT = 'yyyy-MM-dd HH:mm:ss';

interface ImportWish {
  readonly workspace: Workspace;
  readonly table: string;
  /** With a first line of the columns' names, fields in double quotes. */
  readonly csv: string;
}

interface BatchAnswer {
  readonly job: string;
  /** What the next batch is sent with. */
  readonly batchKey: string;
}

interface JobRefusal {
  /** The line of the file that it is of, counted from 1, the line of names too. */
  readonly line: number;
  /** Zoho's own words. */
  readonly words: string;
}

export type Job =
  | { readonly state: 'waiting' | 'running' }
  | { readonly state: 'failed'; readonly words: string }
  /** Zoho keeps what it knows of a job for an hour after its end. */
  | { readonly state: 'unknown' }
  | {
      readonly state: 'done';
      readonly total: number;
      readonly taken: number;
      /** The first hundred, where it names them. */
      readonly refused: readonly JobRefusal[];
    };

const jobSchema = z.object({ jobId: idSchema });
const batchSchema = z.object({ jobId: idSchema, batchKey: z.string().catch('') });
const count = z.coerce.number().int().nonnegative().catch(0);
const statusSchema = z.object({
  jobCode: z.union([z.string(), z.number()]).transform(String),
  jobStatus: z.string().catch(''),
  jobInfo: z
    .union([
      z.string(),
      z.object({
        importSummary: z.object({ totalRowCount: count, successRowCount: count }).optional(),
        importErrors: z.string().nullish().catch(null),
        errorMessage: z.string().optional().catch(undefined),
      }),
    ])
    .nullish()
    .catch(null),
});

/** How the file is written; nothing about it is left to guessing. */
const FILE = {
  fileType: 'csv',
  autoIdentify: false,
  commentChar: '#',
  delimiter: 0,
  quoted: 2,
  decimalSeparator: 0,
  dateFormat: DATE_FORMAT,
  onError: 'skiprow',
} as const;

const bulk = ({ workspace, table }: Pick<ImportWish, 'workspace' | 'table'>): string =>
  `/bulk/workspaces/${encodeURIComponent(workspace.id)}/views/${encodeURIComponent(table)}/data`;

/** `[Line: 5 Field: 3] a1(abc) -WARNING: Invalid Number value` */
export function readRefusals(text: string | null | undefined): JobRefusal[] {
  return [...(text ?? '').matchAll(/\[Line:\s*(\d+)[^\]]*\]\s*([^\n[]*(?:\[(?!Line:)[^\n[]*)*)/gi)].map(
    ([, line = '0', words = '']) => ({ line: Number(line), words: words.trim() }),
  );
}

/** Imports of many rows at once, which Zoho does by itself: they are asked for, and looked at until they are done. */
export function importCalls(call: AnalyticsCall) {
  return {
    /**
     * Writes rows over those of the same values in the matching columns, and adds the others, in a job of its own:
     * https://www.zoho.com/analytics/api/v2/bulk-api/import-data-async.html
     *
     * @returns the job's id.
     */
    async importRows(wish: ImportWish, matching: readonly string[]): Promise<string> {
      const CONFIG = JSON.stringify({ importType: 'updateadd', matchingColumns: matching, ...FILE });
      const { jobId } = await call(
        wish.workspace.organisation,
        {
          method: 'POST',
          path: bulk(wish),
          query: { CONFIG },
          file: { name: 'rows.csv', text: wish.csv },
        },
        jobSchema,
      );
      return jobId;
    },

    /**
     * One part of what replaces a table's rows. Nothing of it counts before the last part is there: until then the
     * table is as it was. https://www.zoho.com/analytics/api/v2/bulk-api/batch-import.html
     *
     * @param batchKey `start` with the first one.
     */
    async replaceRows(wish: ImportWish, batchKey: string, isLast: boolean): Promise<BatchAnswer> {
      const CONFIG = JSON.stringify({
        ...{ batchKey, isLastBatch: isLast, importType: 'truncateadd' },
        ...FILE,
      });
      const { jobId, batchKey: next } = await call(
        wish.workspace.organisation,
        {
          method: 'POST',
          path: `${bulk(wish)}/batch`,
          query: { CONFIG },
          file: { name: 'rows.csv', text: wish.csv },
        },
        batchSchema,
      );
      return { job: jobId, batchKey: next };
    },

    /** How far a job is. */
    async job(workspace: Workspace, job: string): Promise<Job> {
      const path = `/bulk/workspaces/${encodeURIComponent(workspace.id)}/importjobs/${encodeURIComponent(job)}`;
      const { jobCode, jobStatus, jobInfo } = await call(workspace.organisation, { path }, statusSchema);
      const info = typeof jobInfo === 'string' ? { errorMessage: jobInfo } : jobInfo;
      switch (jobCode) {
        case '1001':
          return { state: 'waiting' };
        case '1002':
          return { state: 'running' };
        case '1004': {
          const summary = info?.importSummary ?? { totalRowCount: 0, successRowCount: 0 };
          return {
            state: 'done',
            total: summary.totalRowCount,
            taken: summary.successRowCount,
            refused: readRefusals(info?.importErrors),
          };
        }
        case '1005':
          return { state: 'unknown' };
        default:
          return { state: 'failed', words: info?.errorMessage || jobStatus || jobCode };
      }
    },
  };
}
