import { z } from 'zod';
import type { HeldWrite, TrialDeclaration } from '../../core/held-write.ts';

/** The lines of a file that was about to leave, without its first one, which names the columns. */
function rowsOf({ body }: HeldWrite): number {
  const text = typeof body === 'string' ? body : '';
  let count = 0;
  let quoted = false;
  for (const sign of text.split('\r\n\r\n')[1]?.split('\r\n--')[0] ?? '') {
    if (sign === '"') quoted = !quoted;
    else if (sign === '\n' && !quoted) count += 1;
  }
  return Math.max(0, count - 1);
}

const designSchema = z.object({
  tableDesign: z.object({ COLUMNS: z.array(z.object({ COLUMNNAME: z.string(), DATATYPE: z.string() })) }),
});

/** As the table would tell of itself. */
function designedColumns({ body }: HeldWrite) {
  const { CONFIG = '{}' } = Object(body) as { CONFIG?: string };
  const { COLUMNS } = designSchema.parse(JSON.parse(CONFIG)).tableDesign;
  return COLUMNS.map((one) => ({ columnName: one.COLUMNNAME, dataType: one.DATATYPE }));
}

const done = (job: string, rows: number) => ({
  status: 'success',
  data: {
    jobId: job,
    jobCode: '1004',
    jobStatus: 'JOB COMPLETED',
    jobInfo: { importSummary: { totalRowCount: rows, successRowCount: rows } },
  },
});

/** What Analytics would answer to what is written there. */
export const trial: TrialDeclaration = {
  writes: [
    {
      call: /^POST \/restapi\/v2\/workspaces\/[^/]+\/tables$/,
      fields: { CONFIG: { en: 'Table and its columns', fr: 'Table et ses colonnes' } },
      answer(write, { make }) {
        const table = make({ en: 'table', fr: 'table' });
        const workspace = decodeURIComponent(write.url.pathname.split('/')[4] ?? '');
        return {
          body: { status: 'success', data: { viewId: table } },
          reads: {
            [`/restapi/v2/workspaces/${workspace}/views/${table}/metadata`]: {
              status: 'success',
              data: { columns: designedColumns(write) },
            },
          },
        };
      },
    },
    {
      call: /^POST \/restapi\/v2\/workspaces\/[^/]+\/views\/[^/]+\/columns$/,
      fields: { CONFIG: { en: 'Column', fr: 'Colonne' } },
      answer: (_write, { make }) => ({
        body: { status: 'success', data: { columnId: make({ en: 'column', fr: 'colonne' }) } },
      }),
    },
    {
      call: /^DELETE \/restapi\/v2\/workspaces\/[^/]+\/views\/[^/]+\/rows$/,
      fields: { CONFIG: { en: 'Which rows', fr: 'Quelles lignes' } },
      answer: () => ({ body: { status: 'success', data: { deletedRows: 0 } } }),
    },
    {
      call: /^POST \/restapi\/v2\/bulk\/workspaces\/[^/]+\/views\/[^/]+\/data(\/batch)?$/,
      answer(write, { make }) {
        const job = make({ en: 'import', fr: 'import' });
        const workspace = write.url.pathname.split('/')[5] ?? '';
        return {
          body: { status: 'success', data: { jobId: job, batchKey: job } },
          reads: {
            [`/restapi/v2/bulk/workspaces/${decodeURIComponent(workspace)}/importjobs/${job}`]: done(
              job,
              rowsOf(write),
            ),
          },
        };
      },
    },
  ],
};
