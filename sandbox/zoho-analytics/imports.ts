import type { Request } from 'express';
import { bodyOf } from '../core/body.ts';
import type { Reply } from '../kit/refusal.ts';
import { answered, type Call, improper, type Operation, refusal, tableOf, workspaceOf } from './api.ts';
import { readCsv } from './csv.ts';
import { analyticsTables, type DataRow, type JobRow, type Value, type ViewRow } from './rows.ts';
import { storedValue } from './values.ts';

/** At once in an organisation; what is known of a job is kept an hour. */
const MOST_JOBS = 5;
const KEPT_MS = 3_600_000;
/** How long an import takes here, unless somebody slowed them down. */
const USUAL_MS = 150;
/** As many of its errors are told. */
const MOST_ERRORS = 100;

const bulk = (method: 'GET' | 'POST', path: string, run: Operation['run']): Operation => ({
  ...{ method, path, scope: 'ZohoAnalytics.data.create', counted: 'BULK', run },
  ...(method === 'POST' ? { needsConfig: true } : {}),
});

/** https://www.zoho.com/analytics/api/v2/bulk-api/import-data-async.html, https://www.zoho.com/analytics/api/v2/bulk-api/batch-import.html */
export const importOperations: readonly Operation[] = [
  bulk('POST', '/bulk/workspaces/{workspace}/views/{view}/data', importRows),
  bulk('POST', '/bulk/workspaces/{workspace}/views/{view}/data/batch', importBatch),
  bulk('GET', '/bulk/workspaces/{workspace}/importjobs/{job}', showJob),
];

async function importRows(call: Call): Promise<Reply> {
  const { config, desk } = call;
  const view = tableOf(call);
  const importType = importTypeOf(config);
  const read = await readRows(call, view);
  tooManyAtOnce(call);
  const begunAt = desk.clock().getTime();
  const job = { ...newJob(call, view, importType, begunAt), endsAt: begunAt + pace(call), ...read.told };
  keep(call, view, importType, read.rows);
  analyticsTables(desk).jobs.put(job.id, job);
  wrote(call, job);
  return answered('Create import job', { jobId: job.id });
}

async function importBatch(call: Call): Promise<Reply> {
  const { config, desk } = call;
  const { jobs } = analyticsTables(desk);
  const view = tableOf(call);
  const importType = importTypeOf(config);
  const key = config.batchKey;
  if (typeof key !== 'string' || key === '') throw improper('batchKey');
  if (typeof config.isLastBatch !== 'boolean') throw improper('isLastBatch');
  const earlier = key === 'start' ? undefined : jobs.all().find((one) => one.batch?.key === key);
  if (key !== 'start' && (!earlier || earlier.view !== view.id)) throw improper('batchKey');
  const read = await readRows(call, view);
  if (!earlier) tooManyAtOnce(call);
  const begun = earlier ?? newJob(call, view, importType, desk.clock().getTime());
  const held = [...(earlier?.batch?.rows ?? []), ...read.rows];
  const isWhole = config.isLastBatch;
  const isAtOnce = importType !== 'truncateadd';
  const next = desk.digits('batch', 12);
  const job: JobRow = {
    ...begun,
    total: begun.total + read.told.total,
    taken: begun.taken + read.told.taken,
    errors: [...begun.errors, ...read.told.errors].slice(0, MOST_ERRORS),
    endsAt: isWhole ? desk.clock().getTime() + pace(call) : null,
    batch: isWhole ? null : { key: next, rows: isAtOnce ? [] : held },
  };
  // Rows that replace others count once the last of them is there, and none before.
  if (isAtOnce) keep(call, view, importType, read.rows);
  else if (isWhole) keep(call, view, importType, held);
  jobs.put(job.id, job);
  wrote(call, job);
  return answered('Batch import', { jobId: job.id, batchKey: next });
}

function importTypeOf({ importType, fileType }: Call['config']): string {
  const type = String(importType);
  if (!['append', 'truncateadd', 'updateadd'].includes(type)) throw improper('importType');
  if (fileType !== 'csv') throw improper('fileType');
  return type;
}

function wrote({ desk }: Call, { batch, ...job }: JobRow): void {
  desk.wrote({
    ...{
      operation: `import ${job.importType}`,
      object: 'import',
      id: job.id,
      action: 'create',
      marker: null,
    },
    record: { ...job, isOpen: batch !== null },
  });
}

const pace = ({ desk }: Call): number => analyticsTables(desk).pace.get('imports')?.ms ?? USUAL_MS;

function newJob({ desk }: Call, view: ViewRow, importType: string, begunAt: number): JobRow {
  return {
    ...{ id: desk.digits('17670240000', 8), workspace: view.workspace, view: view.id, importType, begunAt },
    ...{ endsAt: null, total: 0, taken: 0, errors: [], batch: null },
  };
}

/** Those that wait for a batch that never came are given up after an hour. */
function tooManyAtOnce({ desk, request }: Call): void {
  const now = desk.clock().getTime();
  const { jobs, workspaces } = analyticsTables(desk);
  const org = request.header('zanalytics-orgid');
  const running = jobs
    .all()
    .filter(({ workspace, endsAt, begunAt }) =>
      endsAt === null
        ? false
        : workspaces.get(workspace)?.org === org && endsAt > now && begunAt > now - KEPT_MS,
    );
  // Zoho's pages name the limit, and no code of it.
  if (running.length >= MOST_JOBS)
    throw refusal(400, 8509, 'LIMIT', 'Only 5 simultaneous import jobs are allowed for an organization.');
}

async function fileOf(request: Request): Promise<string | null> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return null;
  try {
    const form = await new Response(bodyOf(request).text, { headers: { 'content-type': type } }).formData();
    const file = form.get('FILE');
    return file === null || typeof file === 'string' ? null : await file.text();
  } catch {
    return null;
  }
}

interface ReadRows {
  readonly rows: DataRow['rows'];
  readonly told: Pick<JobRow, 'total' | 'taken' | 'errors'>;
}

async function readRows({ request, config }: Call, view: ViewRow): Promise<ReadRows> {
  const file = await fileOf(request);
  if (file === null) throw improper('FILE');
  const { autoIdentify, onError = 'abort' } = config;
  if (![true, false, 'true', 'false'].includes(autoIdentify as never)) throw improper('autoIdentify');
  if (String(autoIdentify) === 'false') {
    for (const name of ['commentChar', 'delimiter', 'quoted'])
      if (config[name] === undefined) throw improper(name);
    if (config.delimiter !== 0 || config.quoted !== 2)
      throw improper('delimiter, quoted (this sandbox reads commas and double quotes)');
  }
  const [names = [], ...lines] = readCsv(file);
  const places = names.map((name) =>
    view.columns.findIndex((one) => one.name.toLowerCase() === name.trim().toLowerCase()),
  );
  if (places.every((place) => place === -1))
    throw refusal(
      400,
      7235,
      'NO_COLUMN_MATCHES',
      'No column name of the file matches a column of the table.',
    );
  if (config.importType === 'updateadd') matchingOf(config.matchingColumns, view, names);
  const errors: string[] = [];
  const rows: (readonly Value[])[] = [];
  for (const [index, line] of lines.entries()) {
    const row: Value[] = view.columns.map(() => null);
    let refused = '';
    for (const [column, declared] of view.columns.entries()) {
      const field = places.indexOf(column);
      const text = field === -1 ? '' : (line[field] ?? '');
      const read = storedValue(text, declared);
      if ('value' in read) row[column] = read.value;
      else if (refused === '')
        refused = `[Line: ${index + 2} Field: ${field + 1}] ${declared.name}(${text.slice(0, 40)}) -WARNING: ${read.refused}`;
    }
    if (refused === '') rows.push(row);
    else errors.push(refused);
  }
  if (errors.length > 0 && onError === 'abort')
    throw refusal(400, 7232, 'IMPORT_ABORTED', errors[0] ?? 'The import was aborted.');
  return {
    rows,
    told: { total: lines.length, taken: rows.length, errors: errors.slice(0, MOST_ERRORS) },
  };
}

function matchingOf(value: unknown, view: ViewRow, names?: readonly string[]): number[] {
  const wanted = Array.isArray(value) ? value.map(String) : [];
  const places = wanted.map((name) => view.columns.findIndex((one) => one.name === name));
  const isInFile = wanted.every((name) => names?.includes(name) ?? true);
  if (wanted.length === 0 || places.includes(-1) || !isInFile) throw improper('matchingColumns');
  return places;
}

/** Lays rows on what the table holds. */
function keep({ desk, config }: Call, view: ViewRow, importType: string, rows: DataRow['rows']): void {
  const { data } = analyticsTables(desk);
  const held = data.get(view.id)?.rows ?? [];
  if (importType === 'truncateadd') data.put(view.id, { view: view.id, rows });
  else if (importType === 'append') data.put(view.id, { view: view.id, rows: [...held, ...rows] });
  else {
    const places = matchingOf(config.matchingColumns, view);
    const keyOf = (row: readonly Value[]) => JSON.stringify(places.map((place) => row[place] ?? null));
    const merged = new Map<string, readonly Value[]>(held.map((row, index) => [`${index}`, row]));
    const found = Map.groupBy(merged.keys(), (index) => keyOf(merged.get(index) ?? []));
    for (const [index, row] of rows.entries()) {
      const key = keyOf(row);
      const at = found.get(key);
      if (at) for (const one of at) merged.set(one, row);
      else {
        merged.set(`new ${index}`, row);
        found.set(key, [`new ${index}`]);
      }
    }
    data.put(view.id, { view: view.id, rows: [...merged.values()] });
  }
}

function showJob(call: Call): Reply {
  const { desk, path } = call;
  workspaceOf(call);
  const job = analyticsTables(desk).jobs.get(path.job ?? '');
  const now = desk.clock().getTime();
  const isForgotten = job !== undefined && job.endsAt !== null && job.endsAt + KEPT_MS < now;
  if (!job || job.workspace !== path.workspace || isForgotten)
    return answered('Get import job details', {
      jobId: path.job,
      jobCode: '1005',
      jobStatus: 'JOB NOT FOUND',
    });
  if (job.endsAt === null || job.endsAt > now) {
    const [jobCode, jobStatus] =
      now - job.begunAt < pace(call) / 3 ? ['1001', 'JOB NOT INITIATED'] : ['1002', 'JOB IN PROGRESS'];
    return answered('Get import job details', { jobId: job.id, jobCode, jobStatus });
  }
  const columns = analyticsTables(desk).views.get(job.view)?.columns ?? [];
  return answered('Get import job details', {
    ...{ jobId: job.id, jobCode: '1004', jobStatus: 'JOB COMPLETED' },
    jobInfo: {
      viewId: job.view,
      importSummary: {
        ...{ importType: job.importType.toUpperCase(), totalColumnCount: columns.length },
        ...{ selectedColumnCount: columns.length, totalRowCount: job.total, successRowCount: job.taken },
        ...{ warnings: job.errors.length, importOperation: 'updated' },
      },
      columnDetails: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
      importErrors: job.errors.join('\n'),
    },
  });
}
