import { once } from 'node:events';
import { SALES_SPREADSHEET_ID } from '../../sandbox/google-sheets/sales-sheet.ts';
import { SALES_WORKSPACE } from '../../sandbox/zoho-analytics/seed.ts';
import type { Overview } from '../../server/api/contract.ts';
import { openDatabase } from '../../server/store/database.ts';
import { endAll } from './aftermath.ts';
import { allSettled, json, type Liaison, ledger, play, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { call } from './tried.ts';

/** A sheet in Zoho Analytics as people have it: set up, turned on, looked at in the list, with a server that dies. */

let place: ServedPlace;
let liaison: Liaison;
let target = '';
beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
  const { connections } = await call<{ connections: { id: string; connector: { id: string } }[] }>(
    liaison,
    'GET',
    '/connections',
  );
  target = connections.find(({ connector }) => connector.id === 'zoho-analytics')?.id ?? '';
}, 90_000);
afterAll(() => endAll(place, [liaison]));

interface Made {
  readonly id: string;
  readonly settings: { readonly values: { readonly columns: readonly object[] } };
}
const make = (table: string, settings: object) =>
  call<Made>(liaison, 'POST', '/integrations', {
    ...{ flow: 'sheet-to-table', name: table, owner: 'organisation', connections: { target } },
    settings: { spreadsheetId: SALES_SPREADSHEET_ID, workspace: SALES_WORKSPACE, table, ...settings },
    enabled: true,
  });

/** Its next time, without waiting for the hour. */
async function comesDue(id: string): Promise<void> {
  const database = openDatabase(place.connectionString, { max: 1, onError() {} });
  await database.query(
    'update cursors set cursor = null, version = version + 1, next_at = now() where integration = $1',
    [id],
  );
  await database.close();
}

interface State {
  readonly tables: {
    readonly views: readonly { readonly id: string; readonly name: string }[];
    readonly data: readonly { readonly view: string; readonly rows: readonly (readonly string[])[] }[];
  };
}
async function rowsOf(table: string): Promise<readonly (readonly string[])[]> {
  const { tables } = await json<State>(`${liaison.sandboxUrl}/_sandbox/state/zoho-analytics`);
  const view = tables.views.find(({ name }) => name === table);
  return tables.data.find((one) => one.view === view?.id)?.rows ?? [];
}
const listed = async (id: string) =>
  (await call<Overview>(liaison, 'GET', '/integrations/overview')).integrations.find((one) => one.id === id);
const fresh = (id: string) => until(async () => (await listed(id))?.fresh ?? null);

it('is a table as soon as it is turned on, in each of the ways, and the list says of when it is', async () => {
  const replaced = await make('Ventes', {});
  const updated = await make('Suivi', { way: 'update', matching: 'Numéro' });
  // What the formats of the cells say is entered where nothing was.
  expect(replaced.settings.values.columns).toContainEqual({ header: 'Montant', field: 'money' });
  for (const [id, table] of [
    [replaced.id, 'Ventes'],
    [updated.id, 'Suivi'],
  ] as const) {
    const { at, summary } = await fresh(id);
    expect(summary).toEqual({ en: `240 rows in “${table}”.`, fr: `240 lignes dans «\u00a0${table}\u00a0».` });
    expect(Date.now() - Date.parse(at)).toBeLessThan(60_000);
    expect(await rowsOf(table)).toHaveLength(240);
  }
  await play(liaison.sandboxUrl, 'sheet-sale');
  for (const enabled of [false, true])
    await call(liaison, 'PATCH', `/integrations/${updated.id}`, { enabled });
  await until(async () => (await rowsOf('Suivi')).length === 241);
  expect(new Set((await rowsOf('Suivi')).map(([number]) => number)).size).toBe(241);
  expect(await rowsOf('Ventes')).toHaveLength(240);
});

it('a renamed column is told of in the list and by an alert, and the table stays as it was', async () => {
  const { scenario: _played, ...named } = (await play(liaison.sandboxUrl, 'sheet-column-renamed')) as Record<
    string,
    unknown
  >;
  expect(named).toMatchObject({ name: 'Montant TTC' });
  const { integrations } = await call<Overview>(liaison, 'GET', '/integrations/overview');
  const id = integrations.find(({ name }) => name === 'Ventes')?.id ?? '';
  await comesDue(id);
  await until(async () => (await listed(id))?.standing.state === 'shelved');
  const alerts = await until(async () => {
    const told = await call<{ alerts: { sentence: { en: string } }[] }>(liaison, 'GET', '/alerts');
    return told.alerts.length > 0 ? told.alerts : null;
  });
  expect(alerts.map(({ sentence }) => sentence.en).join('\n')).toMatch(/Ventes/);
  expect(await rowsOf('Ventes')).toHaveLength(240);
  await play(liaison.sandboxUrl, 'sheet-column-renamed');
});

it('a server that dies when a lot has left finds its work again, and no row is added twice', async () => {
  await allSettled(liaison.url);
  await liaison.kill();
  // The table is the first write of the run, the lot the second.
  liaison = await startLiaison(place, { LIAISON_CRASH: 'after-vendor-write:2' });
  const { child } = liaison;
  const died = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
  const { id } = await make('Historique', { way: 'append' });
  await died;
  expect(child.signalCode).toBe('SIGKILL');
  liaison = await startLiaison(place);
  await fresh(id);
  const sent = (await ledger(liaison.sandboxUrl)).filter(({ object, record }) => {
    return object === 'import' && (record as { total?: number }).total === 241;
  });
  expect(sent.length).toBeGreaterThan(1);
  const rows = await rowsOf('Historique');
  expect(rows).toHaveLength(241);
  expect(new Set(rows.map((row) => row.at(-1))).size).toBe(241);
}, 60_000);
