import { z } from 'zod';
import type { HeldWrite, TrialDeclaration } from '../../core/held-write.ts';
import { sentRows } from './sent-rows.ts';

/** The rows of a file that was about to leave. */
const rowsOf = ({ body }: HeldWrite) => sentRows(typeof body === 'string' ? body : '');

const designSchema = z.object({
  tableDesign: z.object({
    TABLENAME: z.string(),
    COLUMNS: z.array(z.object({ COLUMNNAME: z.string(), DATATYPE: z.string() })),
  }),
});

/** What a call is asked to do, which stands in its form as a text. */
function configOf({ body }: HeldWrite): unknown {
  const { CONFIG = '{}' } = Object(body) as { CONFIG?: string };
  return JSON.parse(CONFIG);
}

const designOf = (write: HeldWrite) => designSchema.parse(configOf(write)).tableDesign;

/** As the table would tell of itself. */
const designedColumns = (write: HeldWrite) =>
  designOf(write).COLUMNS.map((one) => ({ columnName: one.COLUMNNAME, dataType: one.DATATYPE }));

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
      fields: { table: { en: 'Table', fr: 'Table' }, columns: { en: 'Columns', fr: 'Colonnes' } },
      written(write) {
        const { TABLENAME, COLUMNS } = designOf(write);
        return { table: TABLENAME, columns: COLUMNS.map(({ COLUMNNAME }) => COLUMNNAME) };
      },
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
      fields: { columnName: { en: 'Column', fr: 'Colonne' }, dataType: null },
      written: configOf,
      answer: (_write, { make }) => ({
        body: { status: 'success', data: { columnId: make({ en: 'column', fr: 'colonne' }) } },
      }),
    },
    {
      call: /^DELETE \/restapi\/v2\/workspaces\/[^/]+\/views\/[^/]+\/rows$/,
      fields: { criteria: { en: 'Which rows', fr: 'Quelles lignes' } },
      written: configOf,
      answer: () => ({ body: { status: 'success', data: { deletedRows: 0 } } }),
    },
    {
      call: /^POST \/restapi\/v2\/bulk\/workspaces\/[^/]+\/views\/[^/]+\/data(\/batch)?$/,
      fields: {
        columns: { en: 'Columns', fr: 'Colonnes' },
        count: { en: 'Rows', fr: 'Lignes' },
        first: { en: 'The first rows', fr: 'Les premières lignes' },
      },
      written: (write) => {
        const { first, ...about } = rowsOf(write);
        return { ...about, first: first.join('\n') };
      },
      answer(write, { make }) {
        const job = make({ en: 'import', fr: 'import' });
        const workspace = write.url.pathname.split('/')[5] ?? '';
        return {
          body: { status: 'success', data: { jobId: job, batchKey: job } },
          reads: {
            [`/restapi/v2/bulk/workspaces/${decodeURIComponent(workspace)}/importjobs/${job}`]: done(
              job,
              rowsOf(write).count,
            ),
          },
        };
      },
    },
  ],
};
