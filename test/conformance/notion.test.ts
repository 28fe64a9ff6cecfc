import { Client } from '@notionhq/client';
import type { NotionClient } from '../../server/connectors/notion/client.ts';
import { notion } from '../../server/connectors/notion/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const PROJECTS = 'b2000000-1a2b-4c3d-8e4f-000000000001';
const ARCHIVE = 'a1000000-1a2b-4c3d-8e4f-000000000003';

let sandbox: OpenSandbox;
let connected: Connected<NotionClient>;
let client: NotionClient;
/** Notion's own, which knows nothing of Liaison. */
let own: Client;

beforeAll(async () => {
  sandbox = await openSandbox('notion', { only: ['notion'], limitFactor: 100 });
  connected = await sandbox.connect({ ...notion, budgets: [] });
  client = connected.client;
  const { tokens = [] } = await sandbox.state('notion');
  own = new Client({ auth: String(tokens.at(-1)?.token), baseUrl: `${sandbox.url}/notion`, retry: false });
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );
const title = (content: string) => ({ title: [{ type: 'text' as const, text: { content } }] });
const line = (content: string) => ({
  object: 'block' as const,
  type: 'paragraph' as const,
  paragraph: { rich_text: [{ type: 'text' as const, text: { content } }] },
});

it('says whose workspace it is, and fails with reconnect when the token is no good', async () => {
  expect(connected.account).toMatchObject({
    name: 'Atelier Lumen',
    user: 'hugo.marchetti@atelier-lumen.example',
  });
  expect((await failureOf(sandbox.connect(notion, 'wrong'))).kind).toBe('reconnect');
});

it('offers the data sources that are shared with it, and of a database those that it has', async () => {
  const titles = (await client.dataSources()).map((one) => one.title);
  expect(titles).toEqual(expect.arrayContaining(['Projets', 'Clients', 'Projets 2025', 'Projets 2026']));
  expect(titles).not.toContain('Salaires');
  expect((await client.dataSourcesIn(ARCHIVE))?.sources.map(({ name }) => name)).toEqual([
    'Projets 2025',
    'Projets 2026',
  ]);
  const gone = '00000000-0000-4000-8000-000000000000';
  expect([
    await client.findDataSource(gone),
    await client.dataSourcesIn(gone),
    await client.page(gone),
  ]).toEqual([null, null, null]);
});

it('reads the properties as Notion’s own client reads them', async () => {
  const { properties } = await client.dataSource(PROJECTS);
  const theirs = await own.dataSources.retrieve({ data_source_id: PROJECTS });
  if (!('properties' in theirs)) throw new Error('no whole data source');
  expect(properties.map(({ id, name, type }) => [id, name, type])).toEqual(
    Object.values(theirs.properties).map(({ id, name, type }) => [id, name, type]),
  );
  expect(properties.find(({ name }) => name === 'Avancement')?.options).toEqual([
    'À faire',
    'En cours',
    'Terminé',
  ]);
  expect(properties.find(({ name }) => name === 'Probabilité')?.isPercent).toBe(true);
});

it('a text property is made once, however often it is asked for', async () => {
  const id = await client.addText(PROJECTS, 'Réf.');
  expect(await client.addText(PROJECTS, 'Réf.')).toBe(id);
  const { properties } = await client.dataSource(PROJECTS);
  expect(properties.filter(({ name }) => name === 'Réf.')).toMatchObject([{ id, type: 'rich_text' }]);
});

it('a page that it made is read, found by its text, changed and thrown away, by it and by Notion’s own client', async () => {
  const made = await client.createPage(PROJECTS, { Nom: title('Une page') }, [line('Bonjour')]);
  const theirs = await own.pages.retrieve({ page_id: made.id });
  expect(theirs).toMatchObject({ object: 'page', in_trash: false, parent: { data_source_id: PROJECTS } });
  const of = { property: 'Nom', type: 'title' } as const;
  expect((await client.pagesWith(PROJECTS, of, 'Une page')).map(({ id }) => id)).toEqual([made.id]);
  expect(await client.pagesWith(PROJECTS, of, 'Une')).toEqual([]);
  await client.changePage(made.id, { properties: { Montant: { number: 3 } } });
  await own.pages.update({ page_id: made.id, in_trash: true });
  expect(await client.page(made.id)).toMatchObject({ inTrash: true, source: PROJECTS });
  expect(await client.pagesWith(PROJECTS, of, 'Une page')).toEqual([]);
  const refused = await failureOf(client.changePage(made.id, { properties: { Montant: { number: 4 } } }));
  expect(refused).toMatchObject({
    kind: 'rejected',
    details: { vendorMessage: expect.stringContaining('archived') },
  });
});

it('blocks are counted as far as is asked, over pages of a list', async () => {
  const { id } = await client.createPage(
    PROJECTS,
    { Nom: title('Longue') },
    Array.from({ length: 100 }, () => line('a')),
  );
  await client.appendBlocks(
    id,
    Array.from({ length: 31 }, () => line('b')),
  );
  expect([await client.blockCount(id, 101), await client.blockCount(id, 1_000)]).toEqual([131, 131]);
  const { results } = await own.blocks.children.list({ block_id: id });
  expect(results).toHaveLength(100);
});

it('people are known by their addresses, bots are none', async () => {
  expect((await client.people()).map(({ email }) => email)).toEqual([
    'claire.fontaine@atelier-lumen.example',
    'hugo.marchetti@atelier-lumen.example',
    'ines.delorme@atelier-lumen.example',
  ]);
});

it.each([
  [409, 'conflict', false],
  [429, 'rate-limited', undefined],
  [500, 'retry-later', true],
  [529, 'retry-later', true],
] as const)('a write that is answered with %i is %s', async (status, kind, mayHaveHappened) => {
  await sandbox.fault('notion', { status, count: 1, ...(status === 429 ? { retryAfter: 7 } : {}) });
  const failure = await failureOf(client.createPage(PROJECTS, { Nom: title('x') }, []));
  expect(failure.kind).toBe(kind);
  expect(failure.details.mayHaveHappened ?? false).toBe(mayHaveHappened ?? false);
  if (status === 429) expect(failure.details.retryAt).toBeGreaterThan(Date.now() + 5_000);
});

it('calls no other host than it says', () => {
  expect(hostsOf(connected.exchanges)).toEqual(['api.notion.com']);
});
