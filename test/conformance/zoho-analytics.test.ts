import { SALES_WORKSPACE, SHARED_WORKSPACE, TARGETS_TABLE } from '../../sandbox/zoho-analytics/seed.ts';
import type { ZohoAnalyticsClient } from '../../server/connectors/zoho-analytics/client.ts';
import { zohoAnalytics } from '../../server/connectors/zoho-analytics/connector.ts';
import { readRefusals } from '../../server/connectors/zoho-analytics/imports.ts';
import type { Workspace } from '../../server/connectors/zoho-analytics/tables.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let connected: Connected<ZohoAnalyticsClient>;
let client: ZohoAnalyticsClient;
let own: Workspace;

beforeAll(async () => {
  sandbox = await openSandbox('zoho-analytics', {
    only: ['zoho-accounts', 'zoho-analytics'],
    limitFactor: 100,
  });
  connected = await sandbox.connect({ ...zohoAnalytics, budgets: [] });
  ({ client } = connected);
  own = (await client.workspaces()).find(({ id }) => id === SALES_WORKSPACE) as Workspace;
  await sandbox.act('zoho-analytics', { act: 'pace', ms: 0 });
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );

it('says whose access it is, and fails with reconnect when the token is no good', async () => {
  expect(connected.account.name).toBe('Atelier Lumen');
  expect((await failureOf(sandbox.connect(zohoAnalytics, 'wrong'))).kind).toBe('reconnect');
});

it('offers its own workspaces and shared ones, and of each the tables that can be written to', async () => {
  const all = await client.workspaces();
  expect(all.map(({ id }) => id)).toEqual([SALES_WORKSPACE, SHARED_WORKSPACE]);
  expect((await client.tables(own)).map(({ name }) => name)).toEqual(['Objectifs']);
  const shared = all.find(({ id }) => id === SHARED_WORKSPACE) as Workspace;
  expect((await client.tables(shared)).map(({ name }) => name)).toEqual(['Dépenses']);
});

it('reads a table’s columns with what each takes', async () => {
  expect(await client.columns(own, TARGETS_TABLE)).toEqual([
    { name: 'Mois', type: 'DATE', longest: null },
    { name: 'Objectif', type: 'CURRENCY', longest: null },
    { name: 'Commentaire', type: 'PLAIN', longest: 255 },
  ]);
});

it('makes a table and a column in it, and says when one of the name is there', async () => {
  const id = await client.createTable(own, 'Essai', [{ name: 'A', type: 'PLAIN' }]);
  await client.addColumn(own, id, { name: 'B', type: 'BOOLEAN' });
  expect((await client.columns(own, id)).map(({ name }) => name)).toEqual(['A', 'B']);
  expect((await failureOf(client.createTable(own, 'essai', [{ name: 'A', type: 'PLAIN' }]))).kind).toBe(
    'conflict',
  );
});

it('imports text as it is: quotes, commas, lines, what looks like the end of a part', async () => {
  const table = await client.createTable(own, 'Textes', [{ name: 'T', type: 'PLAIN' }]);
  const texts = ['a "b", c', 'deux\nlignes', '--liaison-file--', '#début', 'Œuvre 😀', "l'été"];
  const csv = `"T"\n${texts.map((one) => `"${one.replaceAll('"', '""')}"\n`).join('')}`;
  const job = await client.importRows({ workspace: own, table, csv }, ['T']);
  expect(await client.job(own, job)).toEqual({ state: 'done', total: 6, taken: 6, refused: [] });
  const { data } = await sandbox.state('zoho-analytics');
  expect(data?.find(({ view }) => view === table)?.rows).toEqual(texts.map((one) => [one]));
});

it('names what was refused by its line, in Zoho’s words', async () => {
  const csv = '"Mois","Objectif"\n"2026-12-01 00:00:00","1"\n"","2"\n';
  const job = await client.importRows({ workspace: own, table: TARGETS_TABLE, csv }, ['Mois']);
  const found = await client.job(own, job);
  expect(found).toMatchObject({ state: 'done', total: 2, taken: 1, refused: [{ line: 3 }] });
  expect(await client.job(own, '404')).toEqual({ state: 'unknown' });
});

it('reads refusals whatever stands between them', () => {
  expect(
    readRefusals('[Line: 5 Field: 3] a1(abc) -WARNING: Invalid Number value\n[Line: 7 Field: 1] x([y]) -W'),
  ).toEqual([
    { line: 5, words: 'a1(abc) -WARNING: Invalid Number value' },
    { line: 7, words: 'x([y]) -W' },
  ]);
  expect(readRefusals(null)).toEqual([]);
});

it('speaks to declared hosts only', () => {
  expect(hostsOf(connected.exchanges)).toEqual(['analyticsapi.zoho.eu']);
});
