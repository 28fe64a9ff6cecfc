import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sheets, type sheets_v4 } from '@googleapis/sheets';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { googleAccounts } from '../google-accounts/simulator.ts';
import { LEADS_SPREADSHEET_ID as leads } from './seed.ts';
import { googleSheets } from './simulator.ts';

/** What people do to a spreadsheet, through the vendor's own client. */

const redirectUri = 'http://127.0.0.1:3000/api/v1/oauth/callback';
let folder: string;
let sandbox: RunningSandbox;
let api: sheets_v4.Resource$Spreadsheets;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-sheets-'));
  // Not recorded: these calls are no program's that the checker knows of.
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    record: undefined,
    simulators: [googleAccounts, googleSheets],
    scenarios: [],
    clock: () => new Date(Date.UTC(2026, 10, 24, 9)),
  });
  const client = { client_id: 'sandbox-google-sheets', client_secret: 'sandbox-secret-google-sheets' };
  const scope = 'https://www.googleapis.com/auth/spreadsheets';
  const consent = await fetch(`${sandbox.url}/_sandbox/consents/google-accounts`, {
    method: 'POST',
    body: JSON.stringify({ clientId: client.client_id, redirectUri, scope }),
  });
  const { code } = (await consent.json()) as { code: string };
  const granted = await fetch(`${sandbox.url}/google-accounts/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...client,
      code,
      redirect_uri: redirectUri,
      grant_type: 'authorization_code',
    }),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const fetchImplementation: typeof fetch = (url, init) =>
    fetch(String(url).replace('https://sheets.googleapis.com', `${sandbox.url}/google-sheets`), init);
  const headers = { authorization: `Bearer ${token}` };
  api = sheets({ version: 'v4', retry: false, headers, fetchImplementation }).spreadsheets;
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const change = async (...requests: sheets_v4.Schema$Request[]) =>
  (await api.batchUpdate({ spreadsheetId: leads, requestBody: { requests } })).data;
const tabs = async () =>
  ((await api.get({ spreadsheetId: leads })).data.sheets ?? []).map(({ properties }) => [
    properties?.sheetId,
    properties?.title,
    properties?.index,
  ]);
const column = async (range: string) =>
  ((await api.values.get({ spreadsheetId: leads, range })).data.values ?? []).map(([cell = '']) => cell);
const type = (range: string, values: unknown[][]) =>
  api.values.update({
    spreadsheetId: leads,
    range,
    valueInputOption: 'USER_ENTERED',
    requestBody: { values },
  });

test('tabs are added, renamed, moved and deleted; their ids stay', async () => {
  const { replies } = await change({ addSheet: { properties: { title: 'Notes', index: 0 } } });
  const added = replies?.[0]?.addSheet?.properties?.sheetId;
  expect(await tabs()).toEqual([
    [added, 'Notes', 0],
    [0, 'Leads', 1],
    [1_482_095_630, 'Traités en été', 2],
  ]);
  await change(
    { updateSheetProperties: { properties: { sheetId: 0, index: 0 }, fields: 'index' } },
    { updateSheetProperties: { properties: { sheetId: 0, title: 'Leads 2026' }, fields: 'title' } },
  );
  // Counted before the move: behind the second tab is before the third.
  await change({ updateSheetProperties: { properties: { sheetId: 0, index: 2 }, fields: 'index' } });
  expect((await tabs()).map(([, title]) => title)).toEqual(['Notes', 'Leads 2026', 'Traités en été']);
  await change({ deleteSheet: { sheetId: added ?? null } });
  expect((await tabs()).map(([, title]) => title)).toEqual(['Leads 2026', 'Traités en été']);
  expect((await column("'Leads 2026'!B1:B2"))[0]).toBe('Nom');
});

test('rows are inserted, moved, sorted and deleted, with what stands in them', async () => {
  await change({ deleteDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 4, endIndex: 6 } } });
  const names = await column('Leads!B2:B');
  await change({ insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 3 } } });
  await type('Leads!B3', [['Neuf']]);
  expect(await column('Leads!B2:B')).toEqual([names[0], 'Neuf', ...names.slice(1)]);
  await change({
    moveDimension: {
      source: { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 3 },
      destinationIndex: 5,
    },
  });
  expect(await column('Leads!B2:B')).toEqual([...names, 'Neuf']);
  await change({
    sortRange: {
      range: { sheetId: 0, startRowIndex: 1 },
      sortSpecs: [{ dimensionIndex: 1, sortOrder: 'DESCENDING' }],
    },
  });
  const sorted = [...names, 'Neuf'].sort((a, b) => String(b).localeCompare(String(a), 'fr'));
  expect(await column('Leads!B2:B')).toEqual(sorted);
  await change({
    insertDimension: { range: { sheetId: 0, dimension: 'COLUMNS', startIndex: 0, endIndex: 1 } },
  });
  expect(await column('Leads!C2:C')).toEqual(sorted);
});

test('all of several changes are made, or none', async () => {
  const before = await tabs();
  await expect(
    change(
      { updateSheetProperties: { properties: { sheetId: 0, title: 'Autre' }, fields: 'title' } },
      { deleteSheet: { sheetId: 5 } },
    ),
  ).rejects.toMatchObject({ status: 400, message: 'Invalid requests[1].deleteSheet: No grid with id: 5' });
  expect(await tabs()).toEqual(before);
});

test.each([
  ['a name that is there', { addSheet: { properties: { title: 'LEADS' } } }, 'already exists'],
  ['no field', { updateSheetProperties: { properties: { sheetId: 0, title: 'x' } } }, "listed in 'fields'"],
  ['an unknown request', { paintItBlack: {} }, 'Unknown name "paintItBlack"'],
  [
    'a blank range',
    { insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 2 } } },
    'must be greater',
  ],
  [
    'no dimension',
    { deleteDimension: { range: { sheetId: 0, startIndex: 1, endIndex: 2 } } },
    'No dimension',
  ],
])('%s is refused', async (_what, request, words) => {
  await expect(change(request as sheets_v4.Schema$Request)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(words),
  });
});

test('what is typed becomes what a sheet makes of it, in the sheet’s language', async () => {
  const typed = [
    '0612345678',
    '3,36E+10',
    '31/12/1985',
    '1 234,5 €',
    '12,5%',
    '#N/A',
    '=1/0',
    'VRAI',
    "'0612",
  ];
  await type('Leads!A10', [typed]);
  const { data } = await api.get({
    spreadsheetId: leads,
    ranges: ['Leads!A10:I10'],
    fields: 'sheets.data.rowData.values(effectiveValue,formattedValue,effectiveFormat.numberFormat.type)',
  });
  const cells = data.sheets?.[0]?.data?.[0]?.rowData?.[0]?.values ?? [];
  expect(cells.map(({ formattedValue }) => formattedValue)).toEqual([
    '612345678',
    '3,36E+10',
    '31/12/1985',
    '1\u202f234,50\u00a0€',
    '12,50%',
    '#N/A',
    '#DIV/0!',
    'VRAI',
    '0612',
  ]);
  expect(cells.map(({ effectiveValue }) => Object.values(effectiveValue ?? {})[0])).toEqual([
    612_345_678,
    33_600_000_000,
    31_412,
    1_234.5,
    0.125,
    { type: 'N_A', message: '#N/A' },
    { type: 'DIVIDE_BY_ZERO', message: '#DIV/0!' },
    true,
    '0612',
  ]);
  expect(cells.map(({ effectiveFormat }) => effectiveFormat?.numberFormat?.type)).toEqual([
    undefined,
    'SCIENTIFIC',
    'DATE',
    'CURRENCY',
    'PERCENT',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  const raw = { spreadsheetId: leads, range: 'Leads!A10:I10', valueRenderOption: 'UNFORMATTED_VALUE' };
  const { data: stored } = await api.values.get(raw);
  expect(stored.values?.[0]).toEqual([
    612_345_678,
    33_600_000_000,
    31_412,
    1_234.5,
    0.125,
    '#N/A',
    '#DIV/0!',
    true,
    '0612',
  ]);
  const days = await api.values.get({ ...raw, dateTimeRenderOption: 'FORMATTED_STRING' });
  expect(days.data.values?.[0]?.[2]).toBe('31/12/1985');
});

test('a spreadsheet of another language shows and reads the same otherwise', async () => {
  await change({ updateSpreadsheetProperties: { properties: { locale: 'en_US' }, fields: 'locale' } });
  await type('Leads!A10', [['12/31/1985', '#NAME?', '$1234.5', 'TRUE']]);
  expect((await api.values.get({ spreadsheetId: leads, range: 'Leads!A10:D10' })).data.values?.[0]).toEqual([
    '12/31/1985',
    '#NAME?',
    '$1,234.50',
    'TRUE',
  ]);
  expect((await api.get({ spreadsheetId: leads })).data.properties?.locale).toBe('en_US');
});

test('cells are written with a format, and rows below the last one', async () => {
  await change(
    {
      updateCells: {
        start: { sheetId: 0, rowIndex: 6, columnIndex: 3 },
        rows: [
          {
            values: [
              {
                userEnteredValue: { numberValue: 33_612_345_678 },
                userEnteredFormat: { numberFormat: { type: 'SCIENTIFIC' } },
              },
            ],
          },
        ],
        fields: 'userEnteredValue,userEnteredFormat.numberFormat',
      },
    },
    {
      appendCells: {
        sheetId: 0,
        rows: [{ values: [{ userEnteredValue: { stringValue: 'fin' } }] }],
        fields: '*',
      },
    },
  );
  expect(await column('Leads!D7')).toEqual(['3,36E+10']);
  expect(await column('Leads!A8')).toEqual(['fin']);
});
