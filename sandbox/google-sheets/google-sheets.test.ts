import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sheets, type sheets_v4 } from '@googleapis/sheets';
import { readConfig } from '../config.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { googleAccounts } from '../google-accounts/simulator.ts';
import { appendRow, editCell } from './edit.ts';
import { LEADS_SPREADSHEET_ID as leads, PRIVATE_SPREADSHEET_ID } from './seed.ts';
import { googleSheets } from './simulator.ts';

const redirectUri = 'http://127.0.0.1:3000/api/v1/oauth/callback';
const client = { client_id: 'sandbox-google-sheets', client_secret: 'sandbox-secret-google-sheets' };
const WRITE = 'https://www.googleapis.com/auth/spreadsheets';
let folder: string;
let sandbox: RunningSandbox;
let api: sheets_v4.Resource$Spreadsheets;
let now = Date.UTC(2026, 10, 24, 9);

async function start({ recorded }: { readonly recorded: boolean }): Promise<void> {
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    record: recorded ? readConfig(process.env).record : undefined,
    simulators: [googleAccounts, googleSheets],
    scenarios: [],
    clock: () => new Date(now),
  });
  api = await connect(WRITE);
}

/** For requests that are wrong on purpose: not put before the checker. */
async function stopRecording(): Promise<void> {
  await sandbox.stop();
  await start({ recorded: false });
}

async function connect(scope: string): Promise<sheets_v4.Resource$Spreadsheets> {
  const consent = await fetch(`${sandbox.url}/_sandbox/consents/google-accounts`, {
    method: 'POST',
    body: JSON.stringify({ clientId: client.client_id, redirectUri, scope }),
  });
  const { code } = (await consent.json()) as { code: string };
  const form = { ...client, code, redirect_uri: redirectUri, grant_type: 'authorization_code' };
  const granted = await fetch(`${sandbox.url}/google-accounts/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  return withToken(token);
}

function withToken(token: string): sheets_v4.Resource$Spreadsheets {
  const headers = { authorization: `Bearer ${token}` };
  // The library drops what stands before its own path in a rootUrl: the host is exchanged on the way out.
  const fetchImplementation: typeof fetch = (url, init) =>
    fetch(String(url).replace('https://sheets.googleapis.com', `${sandbox.url}/google-sheets`), init);
  return sheets({ version: 'v4', retry: false, headers, fetchImplementation }).spreadsheets;
}

const values = async (range: string, options: object = {}): Promise<unknown[][] | undefined | null> =>
  (await api.values.get({ spreadsheetId: leads, range, ...options })).data.values;

const refused = (code: number, message: string) => ({
  status: code,
  message: expect.stringContaining(message),
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-sheets-'));
  await start({ recorded: true });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

test('the leads of the site are there, with empty cells at the end of rows left out', async () => {
  const { data } = await api.values.get({ spreadsheetId: leads, range: 'Leads!A1:G' });
  expect(data).toMatchObject({ range: 'Leads!A1:G1000', majorDimension: 'ROWS' });
  expect(data.values?.[0]).toEqual(['Prénom', 'Nom', 'E-mail', 'Téléphone', 'Société', 'Source', 'Message']);
  expect(data.values).toHaveLength(6);
  expect(data.values?.[1]).toHaveLength(6);
  expect(data.values?.[4]?.[3]).toBe('');
});

test('an area with nothing in it answers no values at all', async () => {
  const { data } = await api.values.get({ spreadsheetId: leads, range: "'Traités en été'!A1:B2" });
  expect(data).toEqual({ range: "'Traités en été'!A1:B2", majorDimension: 'ROWS' });
});

test('several ranges are read at once, by columns where that is asked', async () => {
  const { data } = await api.values.batchGet({
    spreadsheetId: leads,
    ranges: ['Leads!A1:B2', "'Traités en été'!A1"],
    majorDimension: 'COLUMNS',
  });
  expect(data.valueRanges?.map(({ values: found }) => found)).toEqual([
    [
      ['Prénom', 'Maëlle'],
      ['Nom', 'Guérin'],
    ],
    undefined,
  ]);
});

test('a spreadsheet tells its sheets, and a field mask cuts the answer', async () => {
  const { data } = await api.get({ spreadsheetId: leads });
  expect(data).toMatchObject({
    spreadsheetId: leads,
    properties: { title: 'Leads site web', locale: 'fr_FR' },
  });
  const masked = await api.get({ spreadsheetId: leads, fields: 'sheets.properties.title' });
  expect(masked.data).toEqual({
    sheets: [{ properties: { title: 'Leads' } }, { properties: { title: 'Traités en été' } }],
  });
  const grouped = await api.get({
    spreadsheetId: leads,
    fields: 'spreadsheetId,sheets(properties(sheetId,index))',
  });
  expect(grouped.data.sheets?.[0]).toEqual({ properties: { sheetId: 0, index: 0 } });
});

test('what is written is read back, as people see it and as it is stored', async () => {
  const range = "'Traités en été'!B2:D3";
  const typed = [
    ['12,5', 'VRAI', '007x'],
    [null, '', 'fin'],
  ];
  const { data } = await api.values.update({
    spreadsheetId: leads,
    range,
    valueInputOption: 'USER_ENTERED',
    requestBody: { values: typed },
    includeValuesInResponse: true,
  });
  expect(data).toMatchObject({ updatedRange: range, updatedRows: 2, updatedColumns: 3, updatedCells: 5 });
  expect(await values(range)).toEqual([
    ['12,5', 'VRAI', '007x'],
    ['', '', 'fin'],
  ]);
  expect((await values(range, { valueRenderOption: 'UNFORMATTED_VALUE' }))?.[0]).toEqual([
    12.5,
    true,
    '007x',
  ]);
  await api.values.update({
    spreadsheetId: leads,
    range: "'Traités en été'!B2",
    valueInputOption: 'RAW',
    requestBody: { values: [['12,50']] },
  });
  expect((await values(range, { valueRenderOption: 'UNFORMATTED_VALUE' }))?.[0]?.[0]).toBe('12,50');
});

test('an append goes below the table that its range touches, and the ledger has it once', async () => {
  const { data } = await api.values.append({
    spreadsheetId: leads,
    range: 'Leads!A1:G1',
    valueInputOption: 'RAW',
    requestBody: { values: [['Ève', 'Chrétien']] },
  });
  expect(data).toMatchObject({
    tableRange: 'Leads!A1:G6',
    updates: { updatedRange: 'Leads!A7:B7', updatedCells: 2 },
  });
  expect(await values('Leads!A7:G7')).toEqual([['Ève', 'Chrétien']]);
  const answer = await fetch(`${sandbox.url}/_sandbox/ledger?vendor=google-sheets`);
  const { entries } = (await answer.json()) as { entries: object[] };
  expect(entries).toMatchObject([{ object: 'values', action: 'create', id: `${leads}/Leads!A7:B7` }]);
});

test('a spreadsheet is made with its sheets', async () => {
  const { data } = await api.create({
    requestBody: { properties: { title: 'Essai' }, sheets: [{ properties: { title: 'Été' } }, {}] },
  });
  const id = data.spreadsheetId ?? '';
  await api.values.append({
    spreadsheetId: id,
    range: 'Été',
    valueInputOption: 'RAW',
    requestBody: { values: [['a']] },
  });
  expect((await api.values.get({ spreadsheetId: id, range: 'Été' })).data.values).toEqual([['a']]);
});

test('a person’s new row and correction are read by the next call', async () => {
  const desk = sandbox.desk('google-sheets');
  expect(appendRow(desk, { values: ['Lou', 'Besson', 'lou@besson.example'] })).toBe(7);
  editCell(desk, { cell: 'B7', value: 'Besson-Roy' });
  expect(await values('Leads!7:7')).toEqual([['Lou', 'Besson-Roy', 'lou@besson.example']]);
  expect(() => editCell(desk, { sheet: 'Autre', cell: 'A1', value: 'x' })).toThrow('no sheet "Autre"');
});

test('what Google refuses is refused: parameters, members, ranges, documents, tokens, scopes', async () => {
  await stopRecording();
  const get = (more: object) => api.values.get({ spreadsheetId: leads, range: 'Leads!A1', ...more });
  await expect(get({ nom: 'x' })).rejects.toMatchObject(refused(400, 'Cannot bind query parameter'));
  await expect(get({ valueRenderOption: 'PRETTY' })).rejects.toMatchObject(
    refused(400, 'value_render_option'),
  );
  await expect(get({ range: 'Nulle part!A1' })).rejects.toMatchObject(refused(400, 'Unable to parse range'));
  await expect(get({ spreadsheetId: 'inconnu' })).rejects.toMatchObject(refused(404, 'not found'));
  await expect(get({ spreadsheetId: PRIVATE_SPREADSHEET_ID })).rejects.toMatchObject(
    refused(403, 'permission'),
  );
  await expect(get({ fields: 'values(' })).rejects.toMatchObject(refused(400, 'fields'));
  const put = (body: object, more: object = {}) =>
    api.values.update({ spreadsheetId: leads, range: 'Leads!A1:B1', requestBody: body, ...more });
  await expect(put({ values: [['x']] })).rejects.toMatchObject(refused(400, 'valueInputOption'));
  const raw = { valueInputOption: 'RAW' };
  await expect(put({ nom: 1 }, raw)).rejects.toMatchObject(refused(400, 'Unknown name "nom"'));
  await expect(put({ values: [['a', 'b', 'c']] }, raw)).rejects.toMatchObject(refused(400, 'column [C]'));
  const none = withToken('ya29.none').get({ spreadsheetId: leads });
  await expect(none).rejects.toMatchObject(refused(401, 'credentials'));
  const reader = await connect(`${WRITE}.readonly`);
  await expect(
    reader.values.update({ spreadsheetId: leads, range: 'A1', ...raw, requestBody: { values: [['x']] } }),
  ).rejects.toMatchObject(refused(403, 'scopes'));
});

test('the 61st read within a minute is over the quota, and a second later one more is let in', async () => {
  for (let turn = 0; turn < 60; turn += 1) await values('Leads!A1');
  await expect(values('Leads!A1')).rejects.toMatchObject(refused(429, 'Quota exceeded'));
  now += 1000;
  await expect(values('Leads!A1')).resolves.toEqual([['Prénom']]);
});

test('an expired access token is refused', async () => {
  await fetch(`${sandbox.url}/_sandbox/expire/google-accounts`, { method: 'POST' });
  await expect(values('Leads!A1')).rejects.toMatchObject(refused(401, 'credentials'));
});
