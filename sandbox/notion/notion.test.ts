import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { sandboxPages } from '../page/router.ts';
import { notionTables } from './rows.ts';
import { SOURCES } from './seed.ts';
import { notion } from './simulator.ts';

/** What Notion refuses, by its own documentation: https://developers.notion.com/reference/request-limits and others. */

let folder: string;
let sandbox: RunningSandbox;
let now = Date.UTC(2026, 10, 24, 9);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-notion-'));
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators: [notion],
    pages: sandboxPages({ liaisonUrl: 'http://127.0.0.1:3999' }),
    clock: () => new Date(now),
  });
  const row = { token: 'ntn_test', refreshToken: 'nrt_test', clientId: 'sandbox-notion' };
  notionTables(sandbox.desk('notion')).tokens.put(row.token, row);
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});
// Another minute, so that no test takes another's calls.
beforeEach(() => {
  now += 60_000;
});

type Body = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}
const USUAL = { authorization: 'Bearer ntn_test', 'notion-version': '2025-09-03' };

async function call(method: string, path: string, body?: unknown, headers: object = USUAL): Promise<Answer> {
  const answer = await fetch(`${sandbox.url}/notion/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Body, headers: answer.headers };
}
const parent = { type: 'data_source_id', data_source_id: SOURCES.projects };
const made = (properties: object, more: object = {}) =>
  call('POST', '/pages', { parent, properties, ...more });
const text = (content: string) => [{ type: 'text', text: { content } }];
const paragraph = (content: string) => ({ object: 'block', paragraph: { rich_text: text(content) } });
const page = async (): Promise<string> => String((await made({ Nom: { title: text('Une') } })).body.id);

it.each<readonly [string, object, number, string]>([
  ['no token', { 'notion-version': '2025-09-03' }, 401, 'unauthorized'],
  ['a token of nobody', { ...USUAL, authorization: 'Bearer no' }, 401, 'unauthorized'],
  ['no version', { authorization: 'Bearer ntn_test' }, 400, 'missing_version'],
  ['a version that there is not', { ...USUAL, 'notion-version': '2020-01-01' }, 400, 'validation_error'],
])('%s is refused', async (_what, headers, status, code) => {
  expect(await call('GET', '/users/me', undefined, headers)).toMatchObject({
    status,
    body: { object: 'error', code },
  });
});

it.each<readonly [string, object, string]>([
  ['a property that there is not', { Prix: { number: 1 } }, 'Prix is not a property that exists.'],
  ['the name in another case', { montant: { number: 1 } }, 'montant is not a property that exists.'],
  ['a value of another type', { Montant: { rich_text: [] } }, 'Montant is expected to be number.'],
  ['a number as a text', { Montant: { number: '1' } }, 'should be a number'],
  ['a text of 2,001 letters', { Notes: { rich_text: text('x'.repeat(2_001)) } }, 'should be ≤ `2000`'],
  [
    '101 texts',
    { Notes: { rich_text: Array.from({ length: 101 }, () => text('x')[0]) } },
    'should be ≤ `100`',
  ],
  ['a comma in an option', { Étape: { select: { name: 'A, B' } } }, 'commas not allowed'],
  ['an option of 101 letters', { Étape: { select: { name: 'x'.repeat(101) } } }, 'should be ≤ `100`'],
  ['a status that there is not', { Avancement: { status: { name: 'Neuf' } } }, 'does not exist'],
  ['a date of another form', { Clôture: { date: { start: '24/12/2026' } } }, 'ISO 8601'],
  ['an address of no letters', { Site: { url: '' } }, 'should be ≥ `1`'],
  ['an e-mail of 201 letters', { 'E-mail': { email: 'x'.repeat(201) } }, 'should be ≤ `200`'],
  ['yes as a word', { Urgent: { checkbox: 'yes' } }, 'should be a boolean'],
  [
    'a file that is no address',
    { Documents: { files: [{ name: 'a', external: { url: 'devis.pdf' } }] } },
    'valid URL',
  ],
  ['what Notion fills itself', { 'Créé le': { created_time: '2026-01-01' } }, 'cannot be set'],
])('%s is refused, and no page is made', async (_what, properties, message) => {
  const before = notionTables(sandbox.desk('notion')).pages.size;
  const answer = await made(properties);
  expect(answer).toMatchObject({ status: 400, body: { code: 'validation_error' } });
  expect(answer.body.message).toContain(message);
  expect(notionTables(sandbox.desk('notion')).pages.size).toBe(before);
});

it('people and pages that there are not are not found; a page of another source is no relation', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  expect(await made({ Responsable: { people: [{ id: nobody }] } })).toMatchObject({ status: 404 });
  expect(await made({ Client: { relation: [{ id: nobody }] } })).toMatchObject({ status: 404 });
  expect((await made({ Client: { relation: [{ id: await page() }] } })).body.message).toContain(
    'related data source',
  );
});

it('a body of more than is taken, or of what is not known, is refused', async () => {
  const many = Array.from({ length: 101 }, () => paragraph('x'));
  expect((await made({}, { children: many })).body.message).toContain(
    'body.children.length should be ≤ `100`',
  );
  expect((await made({}, { children: [{ object: 'block', paragraf: {} }] })).status).toBe(400);
  expect((await made({}, { body: [] })).body.message).toContain('body.body should be not present');
  expect(await call('POST', '/pages', 'no json')).toMatchObject({
    status: 400,
    body: { code: 'invalid_json' },
  });
});

it.each<readonly [string, string, (page: string) => object, string]>([
  ['POST', '/pages', () => ({ parent, properties: {}, icon: { emoji: '🧮' } }), 'body.icon'],
  ['POST', '/pages', () => ({ parent, properties: {}, template: { type: 'none' } }), 'body.template'],
  ['PATCH', '/pages/{page}', () => ({ erase_content: true }), 'body.erase_content'],
  ['PATCH', '/pages/{page}', () => ({ is_locked: true }), 'body.is_locked'],
  ['PATCH', '/blocks/{page}/children', (id) => ({ children: [paragraph('x')], after: id }), 'body.after'],
  [
    'PATCH',
    '/blocks/{page}/children',
    () => ({ children: [{ to_do: { rich_text: text('x'), checked: true } }] }),
    'body.children[0].to_do.checked',
  ],
  [
    'PATCH',
    '/blocks/{page}/children',
    () => ({ children: [{ paragraph: { rich_text: [{ ...text('x')[0], annotations: { bold: true } }] } }] }),
    'annotations',
  ],
  ['PATCH', `/data_sources/${SOURCES.projects}`, () => ({ in_trash: true }), 'body.in_trash'],
  [
    'PATCH',
    `/data_sources/${SOURCES.projects}`,
    () => ({ properties: { Neuf: { number: { format: 'euro' } } } }),
    'body.properties.Neuf.number.format',
  ],
  [
    'POST',
    `/data_sources/${SOURCES.projects}/query`,
    () => ({ sorts: [{ property: 'Montant', direction: 'ascending' }] }),
    'body.sorts[0].property',
  ],
  [
    'POST',
    `/data_sources/${SOURCES.projects}/query?filter_properties=title`,
    () => ({}),
    'query.filter_properties',
  ],
])(
  '%s %s: what Notion takes and this sandbox does not act on is refused as such',
  async (method, path, body, place) => {
    const id = await page();
    const answer = await call(method, path.replace('{page}', id), body(id));
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_error' } });
    expect(answer.body.message).toMatch(/^Notion takes .*, but this sandbox does not act on it\.$/);
    expect(answer.body.message).toContain(place);
  },
);

it('a data source takes another title, and a search the order that is asked for', async () => {
  const path = `/data_sources/${SOURCES.archive2026}`;
  now += 60_000;
  expect((await call('PATCH', path, { title: text('Projets 2026, rangés') })).body.title).toMatchObject([
    { plain_text: 'Projets 2026, rangés' },
  ]);
  const found = async (direction: string) => {
    const sort = { timestamp: 'last_edited_time', direction };
    const filter = { property: 'object', value: 'data_source' };
    const { body } = await call('POST', '/search', { filter, sort });
    return (body.results as { id: string }[]).map((one) => one.id);
  };
  expect((await found('descending')).at(0)).toBe(SOURCES.archive2026);
  expect((await found('ascending')).at(-1)).toBe(SOURCES.archive2026);
  expect(await call('POST', '/search', { sort: { timestamp: 'created_time' } })).toMatchObject({
    status: 400,
  });
});

it('what is not shared is not there, neither found nor written to', async () => {
  for (const path of [`/data_sources/${SOURCES.secret}`, '/databases/a1000000-1a2b-4c3d-8e4f-000000000004'])
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 'object_not_found' } });
  const { body } = await call('POST', '/search', { filter: { property: 'object', value: 'data_source' } });
  const ids = (body.results as { id: string }[]).map(({ id }) => id);
  expect(ids).toContain(SOURCES.archive2026);
  expect(ids).not.toContain(SOURCES.secret);
});

it('a page in the trash is edited by nobody before it is taken out, and stands in no list', async () => {
  const id = await page();
  const patch = (body: object) => call('PATCH', `/pages/${id}`, body);
  expect((await patch({ in_trash: true })).body.in_trash).toBe(true);
  for (const body of [
    { properties: { Montant: { number: 1 } } },
    { in_trash: false, properties: { Montant: { number: 1 } } },
  ])
    expect((await patch(body)).body.message).toContain('archived');
  expect((await call('PATCH', `/blocks/${id}/children`, { children: [paragraph('x')] })).status).toBe(400);
  const listed = async () => {
    const { body } = await call('POST', `/data_sources/${SOURCES.projects}/query`, {});
    return (body.results as { id: string }[]).map((one) => one.id);
  };
  expect(await listed()).not.toContain(id);
  expect((await patch({ in_trash: false })).status).toBe(200);
  expect(await listed()).toContain(id);
});

it('a list goes on by its cursor, to its end and not beyond', async () => {
  const id = await page();
  const lines = Array.from({ length: 100 }, (_, at) => paragraph(String(at)));
  await call('PATCH', `/blocks/${id}/children`, { children: lines });
  await call('PATCH', `/blocks/${id}/children`, { children: [paragraph('100')] });
  const first = await call('GET', `/blocks/${id}/children?page_size=100`);
  expect(first.body).toMatchObject({ has_more: true });
  const second = await call('GET', `/blocks/${id}/children?start_cursor=${String(first.body.next_cursor)}`);
  expect(second.body).toMatchObject({ has_more: false, next_cursor: null });
  expect((second.body.results as object[]).length).toBe(1);
  for (const wrong of ['page_size=0', 'page_size=101', 'start_cursor=nowhere'])
    expect((await call('GET', `/blocks/${id}/children?${wrong}`)).status).toBe(400);
});

it('too many calls in a minute are refused with the seconds to wait', async () => {
  const calls = await Promise.all(Array.from({ length: 190 }, () => call('GET', '/users/me')));
  const refused = calls.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(10);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  now += 60_000;
  expect((await call('GET', '/users/me')).status).toBe(200);
});

it('the token endpoint takes JSON of a client that says who it is by basic authentication, and nothing else', async () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  const right = basic('sandbox-notion:sandbox-secret-notion');
  const asked = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'http://localhost/' };
  for (const [headers, body, error] of [
    [{}, asked, 'invalid_client'],
    [basic('sandbox-notion:wrong'), asked, 'invalid_client'],
    [right, 'grant_type=authorization_code&code=x', 'invalid_request'],
    [right, asked, 'invalid_grant'],
    [right, { grant_type: 'password' }, 'unsupported_grant_type'],
  ] as const)
    expect((await call('POST', '/oauth/token', body, headers)).body.error).toBe(error);
});

it('a refresh gives both tokens anew, and what was before opens nothing', async () => {
  const { tokens } = notionTables(sandbox.desk('notion'));
  tokens.put('ntn_old', { token: 'ntn_old', refreshToken: 'nrt_old', clientId: 'sandbox-notion' });
  const right = {
    authorization: `Basic ${Buffer.from('sandbox-notion:sandbox-secret-notion').toString('base64')}`,
  };
  const refresh = () =>
    call('POST', '/oauth/token', { grant_type: 'refresh_token', refresh_token: 'nrt_old' }, right);
  const { body } = await refresh();
  const me = (token: unknown) =>
    call('GET', '/users/me', undefined, { ...USUAL, authorization: `Bearer ${String(token)}` });
  expect((await me(body.access_token)).status).toBe(200);
  expect((await me('ntn_old')).status).toBe(401);
  expect((await refresh()).body.error).toBe('invalid_grant');
});

it('its page shows the tables with what stands in them', async () => {
  await made(
    { Nom: { title: text('<Refonte>') }, Montant: { number: 12 }, Étape: { select: { name: 'Neuf' } } },
    { children: [paragraph('Une ligne')] },
  );
  const html = await (await fetch(`${sandbox.url}/view/notion`)).text();
  expect(html).toContain('&lt;Refonte&gt;');
  for (const shown of ['Projets 2026', 'Neuf', 'Une ligne']) expect(html).toContain(shown);
  expect(html).not.toContain('Salaires');
});
