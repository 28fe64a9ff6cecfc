import {
  LEADS_SHEET,
  LEADS_SPREADSHEET_ID,
  PRIVATE_SPREADSHEET_ID,
} from '../../sandbox/google-sheets/seed.ts';
import type { GoogleSheetsClient } from '../../server/connectors/google-sheets/client.ts';
import { googleSheets } from '../../server/connectors/google-sheets/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let connected: Connected<GoogleSheetsClient>;

beforeAll(async () => {
  sandbox = await openSandbox('google-sheets', { only: ['google-accounts', 'google-sheets'] });
  connected = await sandbox.connect(googleSheets);
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );

it('says which account it is, and fails with reconnect when the token is no good', async () => {
  expect(connected.account.name).toContain('@');
  expect((await failureOf(sandbox.connect(googleSheets, 'ya29.wrong'))).kind).toBe('reconnect');
});

describe('a spreadsheet', () => {
  it('tells its tabs in their order', async () => {
    const tabs = await connected.client.sheetTitles(LEADS_SPREADSHEET_ID);
    expect(tabs[0]).toBe(LEADS_SHEET);
    expect(tabs.length).toBeGreaterThan(1);
  });

  it('tells its cells as text, of tabs whose names have spaces and accents too', async () => {
    const [header, ...rows] = await connected.client.values(LEADS_SPREADSHEET_ID, LEADS_SHEET);
    expect(header).toContain('E-mail');
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.flat().every((cell) => typeof cell === 'string')).toBe(true);
    const [, other = ''] = await connected.client.sheetTitles(LEADS_SPREADSHEET_ID);
    expect(await connected.client.values(LEADS_SPREADSHEET_ID, other)).toBeInstanceOf(Array);
    const some = await connected.client.values(LEADS_SPREADSHEET_ID, LEADS_SHEET, {
      range: 'A1:B2',
      as: 'unformatted',
    });
    expect(some).toHaveLength(2);
    expect(some[0]).toHaveLength(2);
  });

  it('tells a tab whole, with what is stored beside what people see, and whose locale it is', async () => {
    const { tabs, locale, timeZone } = await connected.client.tabs(LEADS_SPREADSHEET_ID);
    expect([locale, timeZone]).toEqual(['fr_FR', 'Europe/Paris']);
    const grid = await connected.client.grid(LEADS_SPREADSHEET_ID, LEADS_SHEET);
    expect(tabs[0]).toMatchObject(grid.tab);
    expect(grid.rows[0]?.map(({ shown }) => shown)).toContain('E-mail');
    expect(grid.rows.flat().every(({ value, shown }) => value === null || value === shown)).toBe(true);
    const other = await connected.client.grid(LEADS_SPREADSHEET_ID, tabs[1]?.title ?? '');
    expect([other.tab.gid, other.rows]).toEqual([tabs[1]?.gid, []]);
  });

  it.each([
    ['that is not shared', PRIVATE_SPREADSHEET_ID, LEADS_SHEET, 'rejected', 'Partagez'],
    ['that is not there', 'no-such-sheet', LEADS_SHEET, 'gone', 'adresse'],
    ['without such a tab', LEADS_SPREADSHEET_ID, 'Nulle part', 'rejected', 'onglet'],
  ])('%s is refused with a sentence that says what to do', async (_name, id, tab, kind, word) => {
    const error = await failureOf(connected.client.values(id, tab));
    expect(error.kind).toBe(kind);
    expect(error.details.sentence.fr).toContain(word);
  });
});

describe('faults', () => {
  afterEach(() => sandbox.fault('google-sheets', null));

  it('are not tried again by Google’s own client', async () => {
    const before = connected.exchanges.length;
    await sandbox.fault('google-sheets', { status: 503 });
    expect((await failureOf(connected.client.sheetTitles(LEADS_SPREADSHEET_ID))).kind).toBe('retry-later');
    expect(connected.exchanges.length - before).toBe(1);
  });

  it('that cut the answer are failures, not empty sheets', async () => {
    await sandbox.fault('google-sheets', { truncate: true, count: 1 });
    expect((await failureOf(connected.client.values(LEADS_SPREADSHEET_ID, LEADS_SHEET))).kind).toBe(
      'retry-later',
    );
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(connected.exchanges).sort()).toEqual(['sheets.googleapis.com', 'www.googleapis.com']);
});
