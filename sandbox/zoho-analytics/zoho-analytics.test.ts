import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { sandboxPages } from '../page/router.ts';
import { issueAccessToken } from '../zoho-accounts/issue.ts';
import { zohoAccounts } from '../zoho-accounts/simulator.ts';
import { AGENCY_ORG, ORG, SALES_WORKSPACE, SHARED_WORKSPACE, TARGETS_TABLE } from './seed.ts';
import { zohoAnalytics } from './simulator.ts';

const SCOPES = ['metadata.read', 'modeling.create', 'data.create'].map((scope) => `ZohoAnalytics.${scope}`);

let folder: string;
let sandbox: RunningSandbox;
let now: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-analytics-'));
  now = Date.UTC(2026, 10, 29, 9);
  sandbox = await startSandbox({
    ...{ port: 0, dataFolder: folder, simulators: [zohoAccounts, zohoAnalytics] },
    pages: sandboxPages({ liaisonUrl: 'http://127.0.0.1:3999' }),
    clock: () => new Date(now),
  });
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  // A minute later no limit counts what was before.
  now += 61_000;
});

const tokenOf = (scopes: readonly string[] = SCOPES): string =>
  issueAccessToken(sandbox.desk('zoho-accounts'), { clientId: 'sandbox-zoho', user: 'hugo', scopes }, null)
    .token;

interface Answer {
  readonly status: number;
  readonly code: number | undefined;
  readonly data: Record<string, unknown>;
}
interface Wish {
  readonly token?: string | null;
  readonly org?: string | null;
  readonly config?: object;
  readonly form?: object;
  readonly csv?: string;
}

async function call(method: string, path: string, wish: Wish = {}): Promise<Answer> {
  const { token = tokenOf(), org = ORG, config, form, csv } = wish;
  const url = new URL(`${sandbox.url}/zoho-analytics/restapi/v2${path}`);
  if (config) url.searchParams.set('CONFIG', JSON.stringify(config));
  const file = new FormData();
  if (csv !== undefined) file.set('FILE', new File([csv], 'rows.csv', { type: 'text/csv' }));
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Zoho-oauthtoken ${token}` }),
      ...(org === null ? {} : { 'zanalytics-orgid': org }),
    },
    ...(csv !== undefined ? { body: file } : {}),
    ...(form ? { body: new URLSearchParams({ CONFIG: JSON.stringify(form) }) } : {}),
  });
  const body = (await answer.json()) as { data: Record<string, unknown> & { errorCode?: number } };
  return { status: answer.status, code: body.data.errorCode, data: body.data };
}

const TARGETS = `/workspaces/${SALES_WORKSPACE}/views/${TARGETS_TABLE}`;
const FILE = {
  fileType: 'csv',
  autoIdentify: false,
  commentChar: '#',
  delimiter: 0,
  quoted: 2,
  onError: 'skiprow',
};
const rows = () =>
  sandbox.desk('zoho-analytics').table<{ rows: string[][] }>('data').get(TARGETS_TABLE)?.rows ?? [];
const csv = (...lines: string[]) => ['"Mois","Objectif"', ...lines].map((line) => `${line}\n`).join('');
const add = (config: object, text: string) =>
  call('POST', `/bulk${TARGETS}/data`, { config: { ...FILE, ...config }, csv: text });
const job = async (id: unknown) =>
  (await call('GET', `/bulk/workspaces/${SALES_WORKSPACE}/importjobs/${String(id)}`)).data;

it.each([
  ['no token', { token: null }, 400, 8518],
  ['a dead token', { token: '1000.dead' }, 401, 8535],
  ['a token without the scope', { token: 'unscoped' }, 401, 8540],
  ['no organisation', { org: null }, 400, 8504],
  ['another organisation’s workspace', { org: AGENCY_ORG }, 400, 7103],
] as const)('refuses %s', async (_what, wish, status, code) => {
  const token =
    'token' in wish && wish.token === 'unscoped' ? tokenOf(['ZohoAnalytics.data.create']) : undefined;
  const answer = await call('GET', `/workspaces/${SALES_WORKSPACE}/views`, {
    ...wish,
    ...(token && { token }),
  });
  expect([answer.status, answer.code]).toEqual([status, code]);
});

it('shows a shared workspace under its owner’s organisation', async () => {
  const shared = `/workspaces/${SHARED_WORKSPACE}/views`;
  expect((await call('GET', shared)).code).toBe(7103);
  expect((await call('GET', shared, { org: AGENCY_ORG })).data.views).toHaveLength(1);
});

it('keeps to its limits by the minute', async () => {
  const path = `/bulk/workspaces/${SALES_WORKSPACE}/importjobs/1`;
  for (let at = 0; at < 40; at += 1) expect((await call('GET', path)).code).toBeUndefined();
  expect((await call('GET', path)).code).toBe(6045);
  now += 60_001;
  expect((await call('GET', path)).code).toBeUndefined();
});

it('makes a table once, with columns of types that it knows', async () => {
  const make = (COLUMNS: object[], TABLENAME = 'Neuve') =>
    call('POST', `/workspaces/${SALES_WORKSPACE}/tables`, { form: { tableDesign: { TABLENAME, COLUMNS } } });
  expect((await make([])).code).toBe(8504);
  expect((await make([{ COLUMNNAME: 'A', DATATYPE: 'LETTERS' }])).code).toBe(8504);
  expect(
    (
      await make([
        { COLUMNNAME: 'A', DATATYPE: 'PLAIN' },
        { COLUMNNAME: 'a', DATATYPE: 'DATE' },
      ])
    ).code,
  ).toBe(7128);
  expect((await make([{ COLUMNNAME: 'A', DATATYPE: 'PLAIN' }])).data.viewId).toMatch(/^\d+$/);
  expect((await make([{ COLUMNNAME: 'A', DATATYPE: 'PLAIN' }], 'NEUVE')).code).toBe(7111);
});

it('refuses an import that does not say how it is written, has no file, or fits no column', async () => {
  expect((await add({ importType: 'append', delimiter: undefined }, csv())).code).toBe(8504);
  expect((await add({ importType: 'merge' }, csv())).code).toBe(8504);
  expect(
    (await call('POST', `/bulk${TARGETS}/data`, { config: { ...FILE, importType: 'append' } })).code,
  ).toBe(8504);
  expect((await add({ importType: 'append' }, '"Autre"\n"1"\n')).code).toBe(7235);
  expect((await add({ importType: 'updateadd' }, csv())).code).toBe(8504);
  expect((await add({ importType: 'append', onError: 'abort' }, csv('"2026-13-01 00:00:00","1"'))).code).toBe(
    7232,
  );
});

it('imports by the types of its columns, skips what does not fit, names it by its line, and is done a while later', async () => {
  const before = rows().length;
  const text = csv(
    '"2026-12-01 00:00:00","1.5"',
    '"31/12/2026","2"',
    '"","3"',
    '"2027-01-01 00:00:00","douze"',
  );
  const { jobId } = (await add({ importType: 'append' }, text)).data;
  expect(await job(jobId)).toMatchObject({ jobCode: '1001' });
  now += 100;
  expect(await job(jobId)).toMatchObject({ jobCode: '1002' });
  now += 100;
  const done = (await job(jobId)) as {
    jobCode: string;
    jobInfo: { importErrors: string; importSummary: object };
  };
  expect(done.jobCode).toBe('1004');
  expect(done.jobInfo.importSummary).toMatchObject({ totalRowCount: 4, successRowCount: 1 });
  expect(done.jobInfo.importErrors.split('\n').map((line) => line.slice(0, 10))).toEqual([
    '[Line: 3 F',
    '[Line: 4 F',
    '[Line: 5 F',
  ]);
  expect(rows().slice(before)).toEqual([['2026-12-01 00:00:00', '1.5', null]]);
  now += 3_600_001;
  expect(await job(jobId)).toMatchObject({ jobCode: '1005' });
});

it('updates what matches and adds the rest', async () => {
  const before = rows().length;
  await add(
    { importType: 'updateadd', matchingColumns: ['Mois'] },
    csv('"2026-12-01 00:00:00","7"', '"2027-02-01 00:00:00","8"'),
  );
  expect(rows()).toHaveLength(before + 1);
  expect(rows().find(([month]) => month === '2026-12-01 00:00:00')?.[1]).toBe('7');
});

it('replaces rows once the last batch is there, takes a batch under the key of the one before, and none twice', async () => {
  const before = rows();
  const batch = (batchKey: string, isLastBatch: boolean, text: string) =>
    call('POST', `/bulk${TARGETS}/data/batch`, {
      config: { ...FILE, importType: 'truncateadd', batchKey, isLastBatch },
      csv: text,
    });
  const first = (await batch('start', false, csv('"2030-01-01 00:00:00","1"'))).data as {
    batchKey: string;
    jobId: string;
  };
  expect(rows()).toEqual(before);
  expect((await batch('other', true, csv())).code).toBe(8504);
  const second = await batch(first.batchKey, true, csv('"2030-02-01 00:00:00","2"'));
  expect(second.data.jobId).toBe(first.jobId);
  expect(rows().map(([month]) => month)).toEqual(['2030-01-01 00:00:00', '2030-02-01 00:00:00']);
  expect((await batch(first.batchKey, true, csv())).code).toBe(8504);
});

it('has five imports at once, and no sixth', async () => {
  for (let at = 0; at < 5; at += 1) expect((await add({ importType: 'append' }, csv())).code).toBeUndefined();
  const sixth = await add({ importType: 'append' }, csv());
  expect(sixth.status).toBe(400);
  now += 1_000;
  expect((await add({ importType: 'append' }, csv())).code).toBeUndefined();
});

it('deletes rows by a text of a column or several, under a permission of its own, and nothing by what it cannot read', async () => {
  const table = { tableDesign: { TABLENAME: 'Clés', COLUMNS: [{ COLUMNNAME: 'Clé', DATATYPE: 'PLAIN' }] } };
  const made = await call('POST', `/workspaces/${SALES_WORKSPACE}/tables`, { form: table });
  const path = `/workspaces/${SALES_WORKSPACE}/views/${String(made.data.viewId)}`;
  const config = { ...FILE, importType: 'append' };
  await call('POST', `/bulk${path}/data`, { config, csv: '"Clé"\n"a"\n"b, c"\n"l\'été"\n""\n' });
  const erase = (criteria: unknown, scopes = ['ZohoAnalytics.data.delete']) =>
    call('DELETE', `${path}/rows`, { token: tokenOf(scopes), form: { criteria } });
  expect((await erase(`"Clé" = 'a'`, SCOPES)).code).toBe(8540);
  for (const criteria of [undefined, '', `"Autre" = 'a'`, `"Clé" IN (a)`, `"Clé" = 'a' OR 1=1`])
    expect((await erase(criteria)).code).toBe(8504);
  expect((await erase(`"Clé" IN ('b, c','l''été','x')`)).data).toEqual({ deletedRows: 2 });
  expect((await erase(`"Clés"."Clé" = 'a'`)).data).toEqual({ deletedRows: 1 });
  expect((await erase(`"Clé" = ''`)).data).toEqual({ deletedRows: 0 });
});

it('shows its tables to people, in both languages, and counts their rows as people do', async () => {
  const config = { ...FILE, importType: 'truncateadd' };
  const put = (...lines: string[]) => call('POST', `/bulk${TARGETS}/data`, { config, csv: csv(...lines) });
  const one = '"2026-12-01 00:00:00","1"';
  const shown = async (language: string) =>
    /Objectifs<\/h3><p>([^<]*)<\/p>/.exec(
      await (await fetch(`${sandbox.url}/view/analytics?lang=${language}`)).text(),
    )?.[1];
  await put(one);
  expect([await shown('en'), await shown('fr')]).toEqual(['1 row', '1 ligne']);
  await put(one, one);
  expect([await shown('en'), await shown('fr')]).toEqual(['2 rows', '2 lignes']);
});
