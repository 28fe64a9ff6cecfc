import { SALES_SHEET, SALES_SPREADSHEET_ID } from '../../sandbox/google-sheets/sales-sheet.ts';
import { SALES_WORKSPACE } from '../../sandbox/zoho-analytics/seed.ts';
import { googleSheets } from '../../server/connectors/google-sheets/connector.ts';
import { zohoAnalytics } from '../../server/connectors/zoho-analytics/connector.ts';
import { sheetToTable } from '../../server/flows/sheet-to-table/flow.ts';
import { openFlow } from '../desk/flow-rig.ts';

/**
 * A retry took a row off the shelf, and its reason went on being remembered: where the next run refused it with the same
 * words, it was left out and told nowhere.
 */

let flow: Awaited<ReturnType<typeof openFlow>>;
beforeAll(async () => {
  flow = await openFlow(sheetToTable as never, {
    source: googleSheets as never,
    target: zohoAnalytics as never,
  });
  await flow.sandbox.act('zoho-analytics', { act: 'pace', ms: 0 });
});
afterAll(() => flow.close());

const paste = (rows: readonly (readonly unknown[])[]) =>
  flow.sandbox.act('google-sheets', {
    ...{ act: 'paste', spreadsheetId: SALES_SPREADSHEET_ID, sheet: SALES_SHEET },
    rows,
  });
const shelved = async () => (await flow.runs()).filter(({ state }) => state === 'shelved');

let slots = 0;
/** A run that came due, and all that follows from it. @returns what stands on the shelf then. */
async function due(settings: Record<string, unknown>) {
  const slot = `2026-11-30T${String(slots++).padStart(2, '0')}:00:00Z`;
  flow.set({ spreadsheetId: SALES_SPREADSHEET_ID, workspace: SALES_WORKSPACE, ...settings });
  const recordId = `${SALES_WORKSPACE}/${String(settings.table)}`;
  await flow.accept('source', [{ key: slot, topic: sheetToTable.id, recordId, body: { slot } }]);
  await flow.rig.settled();
  return shelved();
}

const TARGETS = {
  ...{ table: 'Objectifs', way: 'append' },
  columns: [
    { header: 'Mois', field: 'date' },
    { header: 'Objectif', field: 'money' },
  ],
};
const month = { number: 46_357, format: 'DATE' };

it('a row that Zoho refuses stands on the shelf again, where a retry took it off and the next run refuses it too', async () => {
  await paste([
    ['Mois', 'Objectif'],
    [month, 10],
    [null, 11],
    [null, 12],
  ]);
  const first = await due(TARGETS);
  expect(first.map(({ recordId }) => recordId.split('/').at(-1))).toEqual(['3', '4']);
  // Side by side, as “retry all” does.
  await flow.replayShelved();
  expect(await shelved()).toEqual([]);
  const again = await due(TARGETS);
  expect(again.map(({ recordId }) => recordId.split('/').at(-1))).toEqual(['3', '4']);
  expect(again[0]?.error?.sentence.en).toContain('Mandatory column has no value');
  // One that stands there is told once.
  expect(await due(TARGETS)).toHaveLength(2);
});

it('so do rows that are told of together', async () => {
  const columns = [{ header: 'Jour', field: 'date' }];
  await paste([['Jour'], [month], ...Array.from({ length: 205 }, () => ['31/02/2026'])]);
  const others = (runs: Awaited<ReturnType<typeof due>>) =>
    runs.filter(({ recordId }) => recordId.endsWith('/others'));
  const [told, ...more] = others(await due({ table: 'Jours', columns }));
  expect(more).toEqual([]);
  expect(told?.error?.sentence.en).toContain('5 rows more were refused');
  await flow.replayShelved(told?.recordId);
  expect(others(await shelved())).toEqual([]);
  expect(others(await due({ table: 'Jours', columns }))).toHaveLength(1);
});

it('a row that was corrected, then spoilt in the same way, stands there again', async () => {
  const typed = { table: 'Repris', columns: [{ header: 'Jour', field: 'date' }] };
  const spoilt = [['Jour'], [month], ['31/02/2026']];
  await paste(spoilt);
  const [row] = (await due(typed)).filter(({ recordId }) => recordId.endsWith('/3'));
  await paste([['Jour'], [month], [month]]);
  await flow.replayShelved(row?.recordId);
  await paste(spoilt);
  const later = (await due(typed)).filter(({ recordId }) => recordId.endsWith('/3'));
  expect(later).toHaveLength(1);
  // As often as it is retried, it is read again.
  for (const _time of [1, 2]) await flow.replayShelved(row?.recordId);
  expect((await shelved()).filter(({ recordId }) => recordId.endsWith('/3'))).toHaveLength(1);
  await paste([['Jour'], [month], [month]]);
  await flow.replayShelved(row?.recordId);
  expect((await shelved()).filter(({ recordId }) => recordId.endsWith('/3'))).toEqual([]);
});
