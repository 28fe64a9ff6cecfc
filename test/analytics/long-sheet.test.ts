import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Connector } from '../../server/core/connector.ts';
import type { Outcome, OwnEvent, RunContext, Write } from '../../server/core/flow.ts';
import { carrySheet } from '../../server/flows/sheet-to-table/carry-sheet.ts';
import { SIZES } from '../../server/flows/sheet-to-table/read-lot.ts';
import { type Settings, settings, type Way } from '../../server/flows/sheet-to-table/settings.ts';
import type { Step } from '../../server/flows/sheet-to-table/steps.ts';

/** A long sheet, against answers that are made as they are asked for: what a run asks and holds. */

const IS_FULL = process.env.LIAISON_TEST_SIZE === 'full';
const ROWS = IS_FULL ? 100_000 : 10_000;
/** As many lots of the smaller one as of the whole. */
const LOTS = IS_FULL ? SIZES : { cells: SIZES.cells / 10, rows: SIZES.rows / 10 };
const COLUMNS = ['Numéro', 'Jour', 'Client', 'Montant'];

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const MB = 1_048_576;

/** Lines of a file that hold no row: what stands around it, and the names of its columns. */
const AROUND = 7;

const cellsOf = (row: number): object[] => [
  { effectiveValue: { stringValue: `N${row}` }, formattedValue: `N${row}` },
  // Every thousandth row holds a day that is none.
  row % 1_000 === 0
    ? { effectiveValue: { stringValue: '31/02/2026' }, formattedValue: '31/02/2026' }
    : {
        effectiveValue: { numberValue: 46_000 + (row % 300) },
        formattedValue: '10/12/2025',
        effectiveFormat: { numberFormat: { type: 'DATE' } },
      },
  { effectiveValue: { stringValue: 'Boulangerie Pélissier' }, formattedValue: 'Boulangerie Pélissier' },
  { effectiveValue: { numberValue: row / 100 }, formattedValue: `${row / 100}` },
];
const header = {
  values: COLUMNS.map((name) => ({ effectiveValue: { stringValue: name }, formattedValue: name })),
};

/** Google's answers and Zoho's, by what is asked of them. */
function vendors() {
  const calls: string[] = [];
  const held: number[] = [];
  let taken = 0;
  let longest = 0;
  const properties = { title: 'Long', locale: 'fr_FR', timeZone: 'Europe/Paris' };
  const sheet = {
    ...{ sheetId: 0, title: 'Long', index: 0, sheetType: 'GRID' },
    gridProperties: { rowCount: ROWS + 1, columnCount: 4 },
  };

  function google(url: URL): object {
    const ranges = url.searchParams.getAll('ranges');
    if (ranges.length === 0) return { properties, sheets: [{ properties: sheet }] };
    const [, from = 1, to = 1] = /!A(\d+):[A-Z]+(\d+)/.exec(ranges[1] ?? '')?.map(Number) ?? [];
    const rowData = Array.from({ length: to - from + 1 }, (_, at) =>
      from + at === 1 ? header : { values: cellsOf(from + at) },
    );
    return { properties, sheets: [{ properties: sheet, data: [{ rowData: [header] }, { rowData }] }] };
  }

  function zoho(url: URL, body: Uint8Array | undefined): object {
    const { pathname } = url;
    if (pathname.endsWith('/workspaces'))
      return {
        ownedWorkspaces: [{ workspaceId: '7', workspaceName: 'W', orgId: '1' }],
        sharedWorkspaces: [],
      };
    if (pathname.endsWith('/views')) return { views: [{ viewId: '8', viewName: 'T', viewType: 'Table' }] };
    if (pathname.endsWith('/metadata')) {
      const types = ['PLAIN', 'DATE', 'PLAIN', 'CURRENCY', 'PLAIN'];
      return {
        columns: [...COLUMNS, 'Liaison import'].map((columnName, at) => ({
          columnName,
          dataType: types[at],
        })),
      };
    }
    if (body !== undefined) {
      collect();
      held.push(process.memoryUsage().heapUsed);
      let lines = 0;
      for (const byte of body) if (byte === 10) lines += 1;
      const rows = lines - AROUND;
      taken += rows;
      longest = Math.max(longest, rows);
      return { jobId: String(calls.length), batchKey: 'k' };
    }
    return { jobCode: '1004', jobInfo: { importSummary: { totalRowCount: taken, successRowCount: taken } } };
  }

  async function answer(input: URL | RequestInfo, init?: RequestInit): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : String(input));
    calls.push(`${init?.method ?? 'GET'} ${url.hostname}`);
    const isGoogle = url.hostname.startsWith('sheets.');
    return Response.json(isGoogle ? google(url) : { data: zoho(url, init?.body as Uint8Array | undefined) });
  }
  return { answer, calls, held, taken: () => taken, longest: () => longest };
}

/** A run as the engine hands it, without anything being stored. */
function contextOf(way: Way, answer: typeof fetch, told: OwnEvent[]): RunContext<Settings, Step> {
  const http = {
    ...{ fetch: answer, account: { id: '1', name: '' }, apiUrl: null, received: async () => [] },
    download: async () => ({ refused: { en: '', fr: '' } }),
  };
  const context = {
    event: { body: { slot: '2026-11-29T06:00:00Z' } },
    settings: settings.parse({
      ...{ spreadsheetId: 'abcdefghijklmn', workspace: '7', table: 'T', way, matching: 'Numéro' },
      columns: COLUMNS.map((name, at) => ({ header: name, field: ['text', 'date', 'text', 'money'][at] })),
    }),
    client: <Client>(connector: Connector<Client>): Client => connector.client(http),
    read: <T>(_step: Step, fetch: () => Promise<T>): Promise<T> => fetch(),
    write: <T>(_step: Step, { send }: Write<T>): Promise<T> => send('marker'),
    forItem: () => context,
    isOn: async () => true,
    exclusively: <T>(_key: string, work: () => Promise<T>): Promise<T> => work(),
    kept: async () => [],
    linked: async () => null,
    beginRuns: async (events: readonly OwnEvent[]) => void told.push(...events),
    ...{ keep: async () => {}, link: async () => {}, about: async () => {}, label: () => {} },
  };
  return context as unknown as RunContext<Settings, Step>;
}

it.each(['append', 'replace'] as const)(
  'carries a long sheet (%s) in the calls that they need, holding no more than one lot',
  async (way) => {
    const { answer, calls, held, taken, longest } = vendors();
    const told: OwnEvent[] = [];
    const outcome: Outcome = await carrySheet(contextOf(way, answer as typeof fetch, told), LOTS);
    expect(outcome.state).toBe('done');
    expect(taken()).toBe(ROWS - Math.floor((ROWS + 1) / 1_000));
    expect(longest()).toBeLessThanOrEqual(LOTS.rows);

    const reads = Math.ceil(ROWS / (LOTS.cells / COLUMNS.length));
    const sends = Math.ceil(ROWS / LOTS.rows);
    const results = way === 'replace' ? 1 : sends;
    // The tab, its columns, the workspace, the table and its columns: once.
    const needed = reads + sends + results + 5;
    expect(calls.length).toBeLessThanOrEqual(needed * 1.05);

    const [first = 0] = held;
    expect(Math.max(...held) - first).toBeLessThan(8 * MB);
    expect(told.length).toBeLessThanOrEqual(201);
  },
  120_000,
);
