import { randomUUID } from 'node:crypto';
import { notion } from '../../server/connectors/notion/connector.ts';
import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { recordPage } from '../../server/flows/record-page/flow.ts';
import { openFlow, type Row } from '../desk/flow-rig.ts';

const PROJECTS = 'b2000000-1a2b-4c3d-8e4f-000000000001';
const CUSTOMERS = 'b2000000-1a2b-4c3d-8e4f-000000000002';
const MAPPED = [
  { header: 'Montant', field: 'Amount', id: 'MnTa' },
  { header: 'Probabilité', field: 'Probability', id: 'Prb%3A' },
  { header: 'Étape', field: 'Stage', id: 'EtPe' },
  { header: 'Clôture', field: 'Closing_Date', id: 'Clo%3B' },
  { header: 'Responsable', field: 'Owner', id: 'ReSp' },
  { header: 'Client', field: 'Account_Name', id: 'ClIe' },
  { header: 'Notes', field: 'Description', id: 'NoTe' },
  { header: 'Site', field: '$address', id: 'SiTe' },
];

type Flow = Awaited<ReturnType<typeof openFlow>>;
let flow: Flow;
let crm: ZohoCrmClient;

beforeAll(async () => {
  const takers = { source: zohoCrm as never, target: notion as never };
  flow = await openFlow(recordPage as never, takers, { dataSource: PROJECTS, properties: MAPPED });
  crm = (await flow.sandbox.connect({ ...zohoCrm, budgets: [] })).client;
});
afterAll(() => flow.close());
beforeEach(() => flow.set());

const act = (wish: object) => flow.sandbox.act('notion', wish);

/** A deal of its own. */
async function deal(values: Record<string, unknown> = {}): Promise<string> {
  const named = { Deal_Name: `Affaire ${randomUUID().slice(0, 8)}`, Stage: 'Qualification' };
  return (await crm.createOne('Deals', { ...named, Closing_Date: '2026-12-24', ...values }, [])).id;
}
const edit = (id: string, values: Record<string, unknown>) => crm.updateOne('Deals', { id, ...values }, []);

/** The CRM says that the deal changed, perhaps several times. */
async function tell(id: string, times = 1, topic = 'Deals.update'): Promise<void> {
  const event = () => ({ key: randomUUID(), topic, recordId: id, body: { id } });
  await flow.accept('source', Array.from({ length: times }, event));
  await flow.rig.settled();
}

const pagesOf = async (id: string, source = PROJECTS): Promise<Row[]> => {
  const { pages = [], 'data sources': sources = [] } = await flow.tables('notion');
  const properties = sources.find((one) => one.id === source)?.properties as Row[];
  const key = properties.find(({ name }) => name === 'Zoho CRM ID')?.id as string;
  return pages.filter(
    ({ sourceId, values }) =>
      sourceId === source && ((values as Row)[key] as string[] | undefined)?.[0] === id,
  );
};
async function pageOf(id: string): Promise<Row & { readonly values: Row; readonly id: string }> {
  const [page, ...others] = await pagesOf(id);
  expect(others).toEqual([]);
  if (page === undefined) throw new Error('there is no page');
  return page as never;
}
const linesOf = async (page: string): Promise<string[]> => {
  const { blocks = [] } = await flow.tables('notion');
  return blocks
    .filter(({ pageId }) => pageId === page)
    .sort((one, other) => Number(one.place) - Number(other.place))
    .map(({ text }) => (text as string[]).join(''));
};
const last = async () => (await flow.runs()).at(-1);
const lastSaid = async (): Promise<string> => {
  const run = await last();
  return run?.summary?.en ?? run?.error?.sentence.en ?? '';
};

/** What the latest run asked of Notion, in order. */
async function notionCalls(): Promise<{ call: string; body: string | null }[]> {
  const rows = await flow.rig.database.query<{ method: string; url: string; body: string | null }>(
    `select x->>'method' as method, x->>'url' as url, x->>'requestBody' as body
       from steps s, jsonb_array_elements(s.exchanges) with ordinality as e(x, nth)
      where s.run_id = (select id from runs order by id desc limit 1) order by s.position, nth`,
  );
  return rows
    .filter(({ url }) => url.startsWith('https://api.notion.com/'))
    .map(({ method, url, body }) => ({ call: `${method} ${new URL(url).pathname.split('/')[2]}`, body }));
}

it('a deal told of three times has one page, filled by the kind of each property', async () => {
  const { Deals = [] } = await flow.tables('zoho-crm');
  const { id = '' } = Deals.find(({ Deal_Name }) => Deal_Name === 'Refonte site vitrine') as { id?: string };
  await tell(id, 3);
  await tell(id, 1, 'Deals.insert');
  const { values, id: page } = await pageOf(id);
  expect(values).toMatchObject({
    title: ['Refonte site vitrine'],
    MnTa: 12_500,
    'Prb%3A': 0.9,
    'Clo%3B': { start: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    ReSp: ['5a1c0e7f-93d2-4b68-8e15-000000000001'],
    NoTe: [],
    SiTe: expect.stringContaining(`/tab/Potentials/${id}`),
  });
  const { pages = [] } = await flow.tables('notion');
  const [customer] = values.ClIe as string[];
  expect(pages.find((one) => one.id === customer)).toMatchObject({ sourceId: CUSTOMERS });
  expect(await last()).toMatchObject({ state: 'skipped' });
  expect(await lastSaid()).toContain('says all of it already');
  const made = (await flow.sandbox.ledger('notion')).filter(
    ({ action, object }) => action === 'create' && object === 'page',
  );
  expect(made.filter((one) => one.id === page)).toHaveLength(1);
});

it('a change of the deal is carried over, and what people wrote on the page stays', async () => {
  flow.set({ body: '# {Deal_Name}\nMontant : {Amount}' });
  const id = await deal({ Amount: 100 });
  await tell(id);
  const before = await pageOf(id);
  expect(await linesOf(before.id)).toHaveLength(2);
  const client = (await flow.sandbox.connect({ ...notion, budgets: [] })).client;
  const text = [{ type: 'text' as const, text: { content: 'Écrit par Inès' } }];
  await client.appendBlocks(before.id, [{ type: 'paragraph', paragraph: { rich_text: text } }] as never);
  await client.changePage(before.id, { properties: { Urgent: { checkbox: true } } });
  await edit(id, { Amount: 250, Deal_Name: 'Autre nom' });
  await tell(id);
  const after = await pageOf(id);
  expect(after.id).toBe(before.id);
  expect(after.values).toMatchObject({ MnTa: 250, title: ['Autre nom'], UrGe: true });
  expect((await linesOf(after.id)).slice(2)).toEqual(['Écrit par Inès']);
});

it('3,375 characters in a property, and 131 lines in the body, are all there and in their order', async () => {
  const long = `${'a'.repeat(1_999)}👩‍👩‍👧${'b'.repeat(780)}\n${'c'.repeat(588)}`;
  const lines = Array.from({ length: 131 }, (_, at) => `Ligne ${at + 1}`).join('\n');
  flow.set({ body: '{Description}', properties: [{ header: 'Notes', field: 'Description' }] });
  for (const text of [long, lines]) {
    const id = await deal({ Description: text });
    await tell(id);
    const page = await pageOf(id);
    const parts = page.values.NoTe as string[];
    expect(parts.join('')).toBe(text);
    for (const part of parts) expect([part.length <= 2_000, part.isWellFormed()]).toEqual([true, true]);
    expect((await linesOf(page.id)).join('\n')).toBe(text);
  }
});

it('an empty title is the record’s name', async () => {
  flow.set({ properties: [{ header: 'Nom', field: 'Description' }] });
  const id = await deal({ Deal_Name: 'Sans description' });
  await tell(id);
  expect((await pageOf(id)).values.title).toEqual(['Sans description']);
});

it('what Notion would refuse is left out with its reason, and the rest is written', async () => {
  flow.set({
    properties: [
      { header: 'Étiquettes', field: 'Description' },
      { header: 'Avancement', field: 'Stage' },
      { header: 'Montant', field: 'Amount' },
    ],
  });
  const id = await deal({ Description: 'Gagné, 2026', Amount: 7 });
  await tell(id);
  expect((await pageOf(id)).values).toMatchObject({ MnTa: 7, StTu: 'st1' });
  const said = await lastSaid();
  expect(said).toContain('“Étiquettes” was left as it is: Notion allows no comma in an option');
  expect(said).toContain('“Avancement” was left as it is: it has no status “Qualification”');
});

it('a property that was renamed is found by its id; one that is gone is told of, and the rest is written', async () => {
  await act({ act: 'rename-property', from: 'Montant', to: 'Montant (€)' });
  await act({ act: 'rename-property', from: 'Zoho CRM ID', to: 'Fiche' });
  const id = await deal({ Amount: 42 });
  await tell(id);
  await act({ act: 'rename-property', from: 'Fiche', to: 'Zoho CRM ID' });
  expect((await pageOf(id)).values.MnTa).toBe(42);
  await act({ act: 'rename-property', from: 'Montant (€)', to: 'Montant' });
  await act({ act: 'remove-property', name: 'Urgent' });
  flow.set({ properties: [{ header: 'Urgent', field: 'Amount', id: 'UrGe' }, ...MAPPED] });
  await edit(id, { Amount: 43 });
  await tell(id);
  expect(await lastSaid()).toContain('The property “Urgent” is no longer there.');
  expect((await pageOf(id)).values.MnTa).toBe(43);
});

describe('a page that somebody put into the trash', () => {
  it('is left there and told of', async () => {
    const id = await deal();
    await tell(id);
    const { id: page } = await pageOf(id);
    await act({ act: 'trash', page });
    await tell(id);
    expect(await last()).toMatchObject({ state: 'skipped' });
    expect(await lastSaid()).toContain('not made anew');
    expect(await pagesOf(id)).toHaveLength(1);
    await act({ act: 'trash', page, inTrash: false });
    await edit(id, { Amount: 5 });
    await tell(id);
    expect(await lastSaid()).toContain('is up to date');
  });

  it.each(['trash', 'delete'])('is made anew where that was chosen (%s)', async (gone) => {
    flow.set({ whenGone: 'make' });
    const id = await deal();
    await tell(id);
    const { id: page } = await pageOf(id);
    await act({ act: gone, page });
    await tell(id);
    const there = (await pagesOf(id)).filter(({ inTrash }) => !inTrash);
    expect(there).toHaveLength(1);
    expect(there[0]?.id).not.toBe(page);
  });
});

it('the page of a lost deal goes to the trash where that was chosen, and comes back with the deal', async () => {
  flow.set({ lostStage: 'Closed Lost' });
  const id = await deal();
  await tell(id);
  await edit(id, { Stage: 'Closed Lost' });
  await tell(id, 2);
  expect((await pageOf(id)).inTrash).toBe(true);
  await edit(id, { Stage: 'Negotiation/Review', Amount: 9 });
  await tell(id);
  expect(await pageOf(id)).toMatchObject({ inTrash: false, values: { MnTa: 9 } });
  await flow.sandbox.fault('notion', { commitThenFail: 'reset', count: 1, methods: ['PATCH'] });
  await edit(id, { Stage: 'Closed Lost' });
  await tell(id);
  expect((await last())?.state).toBe('done');
  await edit(id, { Stage: 'Negotiation/Review' });
  await tell(id);
  expect((await pageOf(id)).inTrash).toBe(false);
  const never = await deal({ Stage: 'Closed Lost' });
  await tell(never);
  expect(await pagesOf(never)).toEqual([]);
});

it('a page that somebody moved is left where it is when its deal is lost', async () => {
  flow.set({ lostStage: 'Closed Lost' });
  const id = await deal();
  await tell(id);
  const page = await pageOf(id);
  await act({ act: 'move', page: page.id, source: CUSTOMERS });
  await edit(id, { Stage: 'Closed Lost' });
  await tell(id);
  const { pages = [] } = await flow.tables('notion');
  expect(pages.find((one) => one.id === page.id)).toMatchObject({ inTrash: false });
});

it('begins at a stage where that was chosen, and goes on whatever the stage is then', async () => {
  flow.set({ begin: 'stage', stage: 'Closed Won' });
  const id = await deal();
  await tell(id);
  expect(await pagesOf(id)).toEqual([]);
  expect(await lastSaid()).toContain('Qualification');
  await edit(id, { Stage: 'Closed Won', Amount: 1 });
  await tell(id);
  expect((await pageOf(id)).values.MnTa).toBe(1);
  await edit(id, { Stage: 'Negotiation/Review', Amount: 2 });
  await tell(id);
  expect((await pageOf(id)).values.MnTa).toBe(2);
});

it('a page that Notion made before it broke off is found again, and its text is written to the end', async () => {
  flow.set({ body: '{Description}' });
  const id = await deal({ Description: Array.from({ length: 250 }, (_, at) => `L${at}`).join('\n') });
  await flow.sandbox.fault('notion', {
    commitThenFail: 'reset',
    count: 2,
    methods: ['POST', 'PATCH'],
    path: '^/v1/(pages|blocks)',
  });
  await tell(id);
  expect(await linesOf((await pageOf(id)).id)).toHaveLength(250);
});

it('writes what differs alone, asks for people and related pages once a day, and again where they are gone', async () => {
  const { id: account } = await crm.createOne('Accounts', { Account_Name: 'Cliente qui part' }, []);
  const client = (await flow.sandbox.connect({ ...notion, budgets: [] })).client;
  const page = await client.createPage(
    CUSTOMERS,
    { Nom: { title: [{ text: { content: 'Cliente qui part' } }] } },
    [],
  );
  const wish = { Account_Name: { id: account }, Amount: 1 };
  const before = await deal(wish);
  await tell(before);
  expect((await pageOf(before)).values.ClIe).toEqual([page.id]);
  await edit(before, { Amount: 2 });
  await tell(before);
  const calls = await notionCalls();
  expect(calls.map(({ call }) => call)).toEqual(['GET pages', 'GET data_sources', 'PATCH pages']);
  expect(Object.keys(JSON.parse(calls[2]?.body ?? '{}').properties)).toEqual(['Montant']);
  await act({ act: 'delete', page: page.id });
  const after = await deal(wish);
  await tell(after);
  expect(await lastSaid()).toContain('no single page there is called “Cliente qui part”');
  expect((await pageOf(after)).values).toMatchObject({ MnTa: 1 });
});

it.each([409, 429, 500])(
  'an answer of %i to the write is waited out, and the page is one',
  async (status) => {
    const id = await deal();
    await flow.sandbox.fault('notion', {
      status,
      count: 1,
      methods: ['POST'],
      path: '^/v1/pages',
      ...(status === 429 ? { retryAfter: 1 } : {}),
    });
    await tell(id);
    expect(await last()).toMatchObject({ state: 'done' });
    await pageOf(id);
  },
);

it('records of another module have pages, too, under the name that people know them by', async () => {
  flow.set({
    module: 'Leads',
    properties: [
      { header: 'E-mail', field: 'Email' },
      { header: 'Téléphone', field: 'Phone' },
    ],
  });
  const values = {
    Last_Name: 'Bréal',
    First_Name: 'Zoé',
    Company: 'Bréal',
    Email: 'zoe@breal.example',
    Phone: '+33 1 99 00 00 01',
  };
  const { id } = await crm.createOne('Leads', values, []);
  await tell(id, 1, 'Leads.insert');
  expect((await pageOf(id)).values).toMatchObject({
    title: ['Zoé Bréal'],
    MaIl: 'zoe@breal.example',
    TeLe: '+33 1 99 00 00 01',
  });
});
