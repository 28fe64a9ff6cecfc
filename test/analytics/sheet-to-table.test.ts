import { SALES_SHEET, SALES_SPREADSHEET_ID } from '../../sandbox/google-sheets/sales-sheet.ts';
import { SALES_WORKSPACE } from '../../sandbox/zoho-analytics/seed.ts';
import { googleSheets } from '../../server/connectors/google-sheets/connector.ts';
import { zohoAnalytics } from '../../server/connectors/zoho-analytics/connector.ts';
import type { RunContext } from '../../server/core/flow.ts';
import { carrySheet } from '../../server/flows/sheet-to-table/carry-sheet.ts';
import { sheetToTable } from '../../server/flows/sheet-to-table/flow.ts';
import type { Settings } from '../../server/flows/sheet-to-table/settings.ts';
import type { Step } from '../../server/flows/sheet-to-table/steps.ts';
import { openFlow, type Run } from '../desk/flow-rig.ts';

/** The whole of it over the sandbox, in lots so small that a sheet of two hundred rows has several. */

type Context = RunContext<Settings, Step>;
let flow: Awaited<ReturnType<typeof openFlow>>;
/** Something that happens before a lot of a run is read, lots counted from 1. */
let before: (lot: number) => Promise<void> = async () => {};
beforeAll(async () => {
  const small = {
    ...sheetToTable,
    run: (context: Context) => {
      let lot = 0;
      const isOn = async () => {
        lot += 1;
        await before(lot);
        return context.isOn();
      };
      return carrySheet({ ...context, isOn }, { cells: 210, rows: 100 });
    },
  };
  flow = await openFlow(small as never, { source: googleSheets as never, target: zohoAnalytics as never });
  await flow.sandbox.act('zoho-analytics', { act: 'pace', ms: 0 });
});
afterAll(() => flow.close());
afterEach(() => {
  before = async () => {};
  flow.turn(true);
});

const NOT_ALLOWED = {
  status: 400,
  path: '/batch$',
  body: { status: 'failure', summary: 'X', data: { errorCode: 7301, errorMessage: 'No.' } },
};
const GIVEN_UP = {
  ...{ status: 'success', summary: '' },
  data: { jobId: '1', jobCode: '1003', jobStatus: 'ERROR OCCURRED', jobInfo: 'Disk full' },
};
const SALES = { spreadsheetId: SALES_SPREADSHEET_ID, workspace: SALES_WORKSPACE };
const TYPED_COLUMNS = [
  { header: 'Référence', field: 'text' },
  { header: 'Jour', field: 'date' },
  { header: 'Montant', field: 'money' },
  { header: 'Remarque', field: 'text' },
];

let slots = 0;
/** A run that came due, and everything that follows from it. @returns the runs that are new. */
async function due(
  settings: Record<string, unknown>,
  slot = `2026-11-29T${String(slots++).padStart(2, '0')}:00:00Z`,
): Promise<Run[]> {
  const known = (await flow.runs()).length;
  flow.set({ ...SALES, ...settings });
  const recordId = `${SALES_WORKSPACE}/${String(settings.table)}`;
  await flow.accept('source', [
    { key: `${slot} ${recordId}`, topic: sheetToTable.id, recordId, body: { slot } },
  ]);
  await flow.rig.settled();
  return (await flow.runs()).slice(known);
}

interface Held {
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}
async function held(name: string): Promise<Held | null> {
  const { views = [], data = [] } = await flow.tables('zoho-analytics');
  const view = views.find((one) => one.name === name);
  const columns = (view?.columns ?? []) as { name: string; type: string }[];
  if (view === undefined) return null;
  return {
    columns: columns.map((one) => one.name),
    types: columns.map((one) => one.type),
    rows: (data.find((one) => one.view === view.id)?.rows ?? []) as Held['rows'],
  };
}
const inSheet = (act: string, wish: object, sheet = SALES_SHEET) =>
  flow.sandbox.act('google-sheets', { act, spreadsheetId: SALES_SPREADSHEET_ID, sheet, ...wish });
const imports = async () =>
  (await flow.sandbox.ledger('zoho-analytics')).filter(({ object }) => object === 'import');

it('makes the table, in the types of the cells’ formats, with every row of the sheet in its order', async () => {
  const [run, ...others] = await due({ table: 'Ventes' });
  expect(others).toEqual([]);
  expect(run?.error).toBeNull();
  expect(run?.summary?.en).toBe('240 rows in “Ventes”.');
  const table = await held('Ventes');
  expect(table?.columns).toEqual(['Numéro', 'Date', 'Client', 'Quantité', 'Montant', 'Payée', 'Relevé le']);
  expect(table?.types).toEqual(['PLAIN', 'DATE', 'PLAIN', 'NUMBER', 'CURRENCY', 'BOOLEAN', 'DATE']);
  expect(table?.rows).toHaveLength(240);
  expect(table?.rows[1]).toEqual([
    '00002',
    '2026-01-06 00:00:00',
    'Domaine du Clos Vert',
    '2',
    '40.9',
    'true',
    '2026-01-06 10:00:00',
  ]);
  expect(table?.rows.map(([number]) => Number(number))).toEqual(
    Array.from({ length: 240 }, (_, at) => at + 1),
  );
});

it('replaces the rows, and leaves the old ones to be read until the last of the new ones is there', async () => {
  await inSheet('edit-cell', { cell: 'C2', value: 'Nouveau client' });
  before = async (lot) => {
    if (lot === 3) await flow.sandbox.fault('zoho-analytics', NOT_ALLOWED);
  };
  const [run] = await due({ table: 'Ventes' });
  await flow.sandbox.fault('zoho-analytics', null);
  expect(run?.error?.sentence.en).toContain('may not do this in the workspace');
  expect((await imports()).at(-1)?.record).toMatchObject({ total: 200, isOpen: true });
  expect((await held('Ventes'))?.rows[0]?.[2]).toBe('Boulangerie Pélissier');
  expect((await held('Ventes'))?.rows).toHaveLength(240);
  before = async () => {};
  await flow.replayShelved();
  expect((await held('Ventes'))?.rows[0]?.[2]).toBe('Nouveau client');
  expect((await held('Ventes'))?.rows).toHaveLength(240);
});

it('a lost answer in the midst of a replacement begins all of it anew, and nothing is there twice', async () => {
  await flow.sandbox.fault('zoho-analytics', { commitThenFail: 'reset', path: '/batch$', count: 1 });
  const [run] = await due({ table: 'Ventes' });
  expect(run?.summary?.en).toBe('240 rows in “Ventes”.');
  expect((await held('Ventes'))?.rows).toHaveLength(240);
});

it('rows that are added are added once, though answers are lost, and each says of which run it is', async () => {
  const first = '2026-11-30T06:00:00Z';
  await flow.sandbox.fault('zoho-analytics', {
    commitThenFail: 'reset',
    path: '/data$',
    methods: ['POST'],
    count: 2,
  });
  const [run] = await due({ table: 'Historique', way: 'append' }, first);
  expect(run?.summary?.en).toBe('240 rows in “Historique”.');
  expect(await imports()).not.toHaveLength(0);
  expect((await held('Historique'))?.rows).toHaveLength(240);
  await due({ table: 'Historique', way: 'append' });
  const table = await held('Historique');
  expect(table?.rows).toHaveLength(480);
  expect(table?.columns.at(-1)).toBe('Liaison import');
  expect(table?.rows[0]?.at(-1)).toBe(`${first} sheet-to-table #2`);
  expect(new Set(table?.rows.map((row) => row.at(-1))).size).toBe(480);
});

it('updates what matches and adds the rest', async () => {
  const update = { table: 'Suivi', way: 'update', matching: 'numéro' };
  await due(update);
  await inSheet('edit-cell', { cell: 'D3', value: 99 });
  await inSheet('add-row', { values: ['00241', null, 'Dernier', 1, null, null, null] });
  const [run] = await due(update);
  expect(run?.summary?.en).toBe('241 rows in “Suivi”.');
  const table = await held('Suivi');
  expect(table?.rows).toHaveLength(241);
  expect(table?.rows.find(([number]) => number === '00002')?.[3]).toBe('99');
  expect(table?.rows.at(-1)).toEqual(['00241', null, 'Dernier', '1', null, null, null]);
});

it('what cannot be read stands on the shelf row by row with its cell, the others go, and leaves it once it is right', async () => {
  const typed = { table: 'Saisie', sheet: 'Saisie libre', columns: TYPED_COLUMNS };
  const runs = await due(typed);
  expect(runs[0]?.state).toBe('done');
  expect(runs[0]?.summary?.en).toBe('3 rows in “Saisie”, 6 refused.');
  expect((await held('Saisie'))?.rows).toEqual([
    ['00042', '2021-03-13 00:00:00', '1234.5', 'Par téléphone'],
    ['00043', '2021-11-01 00:00:00', '99', null],
    ['00049', '2021-03-16 00:00:00', '12', "'=cmd|' /C calc'!A0"],
  ]);
  const shelved = (all: readonly Run[]) => all.filter(({ state }) => state === 'shelved');
  const why = shelved(runs).map(({ error }) => error?.sentence.en ?? '');
  expect(why).toHaveLength(6);
  expect(why[0]).toContain(
    '“Jour” (B4) holds the text “03/13/2021”, which in the locale of the spreadsheet is not a date',
  );
  expect(why[1]).toContain('“Jour” (B5) holds “2026-02-30”, where the column expects a date');
  expect(why[2]).toContain('“Montant” (C6) holds the text “12.50”');
  expect(why[3]).toContain('“Référence” (A7)');
  expect(why[4]).toContain('“Jour” (B8) holds the number “44270”');
  expect(why[5]).toContain('“Montant” (C10) shows “#DIV/0!”');
  // The same rows are not told of again, and one that was corrected is taken off.
  await inSheet('edit-cell', { cell: 'B4', value: '13/03/2021' }, 'Saisie libre');
  const later = await due(typed);
  expect(later[0]?.summary?.en).toBe('4 rows in “Saisie”, 5 refused.');
  expect(shelved(await flow.runs())).toHaveLength(5);
  // A retry reads the row again.
  await inSheet('edit-cell', { cell: 'C6', value: '12,50' }, 'Saisie libre');
  await flow.replayShelved();
  expect(shelved(await flow.runs())).toHaveLength(4);
});

it('a column that was renamed or removed stops the run before anything is written, and is named', async () => {
  const sent = (await imports()).length;
  await inSheet('edit-cell', { cell: 'E1', value: 'Montant TTC' });
  const columns = ['Numéro', 'Montant'].map((header) => ({
    header,
    field: header === 'Montant' ? 'money' : 'text',
  }));
  const [run] = await due({ table: 'Ventes', columns });
  expect(run?.state).toBe('shelved');
  expect(run?.error?.sentence.en).toContain(
    'has no column “Montant” any more. “Montant” seems to be called “Montant TTC” now.',
  );
  expect(await imports()).toHaveLength(sent);
  await inSheet('edit-cell', { cell: 'E1', value: 'Montant' });
  await flow.replayShelved();
});

it('a new column is told of, and sent only once it is chosen', async () => {
  const columns = [{ header: 'Numéro', field: 'text' }];
  await due({ table: 'Numéros', columns });
  await inSheet('edit-cell', { cell: 'H1', value: 'Vendeur' });
  const [run] = await due({ table: 'Numéros', columns });
  expect(run?.summary?.en).toContain(
    'The column “Vendeur” is new in the sheet; it is not sent until you choose it',
  );
  await due({ table: 'Numéros', columns: [...columns, { header: 'Vendeur', field: 'text' }] });
  expect((await held('Numéros'))?.columns).toEqual(['Numéro', 'Vendeur']);
});

it('an empty sheet replaces nothing', async () => {
  const rows = (await held('Ventes'))?.rows.length;
  await inSheet('paste', { rows: [['Numéro', 'Date']] });
  const [run] = await due({ table: 'Ventes', columns: [{ header: 'Numéro', field: 'text' }] });
  expect(run?.error?.sentence.en).toContain('has no rows. The table is left as it is');
  expect((await held('Ventes'))?.rows).toHaveLength(rows ?? 0);
});

it('a table that somebody deleted is not made again by itself', async () => {
  await inSheet('paste', { rows: [['Numéro'], ['1']] });
  await flow.sandbox.act('zoho-analytics', { act: 'delete-table', table: 'Ventes' });
  const [run] = await due({ table: 'Ventes', columns: [{ header: 'Numéro', field: 'text' }] });
  expect(run?.error?.sentence.en).toContain('The table “Ventes” was deleted in Zoho Analytics');
  expect(await held('Ventes')).toBeNull();
});

it('a sheet that changes while it is read is read again from its beginning, and no row is there twice', async () => {
  const rows = Array.from({ length: 250 }, (_, at) => [`N${at}`]);
  const columns = [{ header: 'Numéro', field: 'text' }];
  for (const way of ['append', 'replace', 'update']) {
    await inSheet('paste', { rows: [['Numéro'], ...rows] });
    let isInserted = false;
    before = async (lot) => {
      if (lot !== 2 || isInserted) return;
      isInserted = true;
      await inSheet('paste', { rows: [['Numéro'], ['inséré'], ...rows] });
    };
    const [run] = await due({ table: `Bougé ${way}`, way, columns, matching: 'Numéro' });
    expect(run?.error).toBeNull();
    const numbers = (await held(`Bougé ${way}`))?.rows.map(([number]) => number) ?? [];
    expect(numbers.toSorted()).toEqual(['inséré', ...rows.flat()].toSorted());
  }
});

it('an import that Zoho gives up is told, and a retry sends all of it again and doubles nothing', async () => {
  const columns = [{ header: 'Numéro', field: 'text' }];
  await flow.sandbox.fault('zoho-analytics', { path: '/importjobs/', status: 200, count: 1, body: GIVEN_UP });
  const [run] = await due({ table: 'Abandon', way: 'append', columns });
  expect(run?.error?.sentence.en).toContain('could not import a lot of rows (Disk full)');
  await flow.replayShelved(run?.recordId);
  expect((await held('Abandon'))?.rows).toHaveLength(251);
});

it('what Zoho refuses is named by the row of the sheet', async () => {
  const columns = [
    { header: 'Mois', field: 'date' },
    { header: 'Objectif', field: 'money' },
  ];
  const month = { number: 46_357, format: 'DATE' };
  await inSheet('paste', { rows: [['Mois', 'Objectif'], [month, 10], [], [null, 11], [month, 12]] });
  const runs = await due({ table: 'Objectifs', way: 'append', columns });
  expect(runs[0]?.summary?.en).toBe('2 rows in “Objectifs”, 1 refused.');
  expect(runs[1]?.recordId).toMatch(/\/4$/);
  expect(runs[1]?.error?.sentence.en).toContain('Mandatory column has no value');
});

it('ends where the integration is turned off, and a replaced table is as it was', async () => {
  const rows = Array.from({ length: 300 }, (_, at) => [`N${at}`]);
  await inSheet('paste', { rows: [['Numéro'], ...rows] });
  const columns = [{ header: 'Numéro', field: 'text' }];
  await due({ table: 'Arrêt', columns });
  await inSheet('edit-cell', { cell: 'A2', value: 'autre' });
  before = async (lot) => {
    if (lot === 2) flow.turn(false);
  };
  const [run] = await due({ table: 'Arrêt', columns });
  expect(run?.state).toBe('skipped');
  expect(run?.summary?.en).toBe(
    'Stopped, because the integration was turned off. The table is as it was before.',
  );
  expect((await held('Arrêt'))?.rows[0]).toEqual(['N0']);
});

it('takes an import that is under way for no failure, and goes on when it is over', async () => {
  await flow.sandbox.act('zoho-analytics', { act: 'pace', ms: 400 });
  const [run] = await due({ table: 'Lent', way: 'update', matching: 'Numéro' });
  expect(run?.summary?.en).toBe('300 rows in “Lent”.');
  const [attempts] = await flow.rig.database.query<{ attempt: number }>(
    `select attempt from runs where record_id like '%/Lent'`,
  );
  expect(attempts?.attempt).toBe(0);
  await flow.sandbox.act('zoho-analytics', { act: 'pace', ms: 0 });
});
