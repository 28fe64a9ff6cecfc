import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { company, type UserKey } from '../company/index.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { sandboxPages } from '../page/router.ts';
import { issueAccessToken } from '../zoho-accounts/issue.ts';
import { zohoAccounts } from '../zoho-accounts/simulator.ts';
import { departments, deskTables } from './rows.ts';
import { zohoDesk } from './simulator.ts';

const ALL = [
  'Desk.tickets.ALL',
  'Desk.contacts.ALL',
  'Desk.search.READ',
  'Desk.basic.READ',
  'Desk.settings.ALL',
  'Desk.events.ALL',
];
const [support] = departments;

let folder: string;
let sandbox: RunningSandbox;
let now: number;
let token: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-desk-'));
  now = Date.UTC(2026, 10, 24, 9);
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators: [zohoAccounts, zohoDesk],
    pages: sandboxPages({ liaisonUrl: 'http://127.0.0.1:3999' }),
    clock: () => new Date(now),
  });
  token = tokenOf('hugo');
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const tokenOf = (user: UserKey, scopes: readonly string[] = ALL): string =>
  issueAccessToken(sandbox.desk('zoho-accounts'), { clientId: 'sandbox-zoho', user, scopes }, null).token;

type Body = Record<string, unknown> & { readonly data?: readonly Record<string, unknown>[] };

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { orgId: company.zgid, authorization: `Zoho-oauthtoken ${token}` },
) {
  const answer = await fetch(`${sandbox.url}/zoho-desk/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: (text === '' ? null : JSON.parse(text)) as Body,
  };
}
const opened = (more: object = {}) =>
  call('POST', '/tickets', {
    subject: 'Panne',
    departmentId: support.id,
    contact: { lastName: 'Neuf', email: 'neuf@exemple.example' },
    ...more,
  });
const act = async (wish: object) => {
  const answer = await fetch(`${sandbox.url}/_sandbox/acts/zoho-desk`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });
  return (await answer.json()) as Record<string, Record<string, unknown>>;
};

test('no token, a dead one, one without the permission, and another organisation are told apart', async () => {
  const orgId = company.zgid;
  const as = (one: string) => ({ orgId, authorization: `Zoho-oauthtoken ${one}` });
  const said = async (headers: Record<string, string>) => {
    const { status, body } = await call('GET', '/tickets', undefined, headers);
    return [status, body?.errorCode ?? null];
  };
  expect(await said({ orgId })).toEqual([401, 'UNAUTHORIZED']);
  expect(await said(as('1000.dead'))).toEqual([401, 'INVALID_OAUTH']);
  expect(await said(as(tokenOf('hugo', ['Desk.basic.READ'])))).toEqual([403, 'SCOPE_MISMATCH']);
  expect(await said({ ...as(token), orgId: '1' })).toEqual([403, 'OAUTH_ORG_MISMATCH']);
  const { authorization } = as(token);
  expect((await call('GET', '/organizations', undefined, { authorization })).body.data).toMatchObject([
    { id: company.zgid },
  ]);
});

test('who writes twice is one contact, found by address, though the search does not know it yet', async () => {
  const [one, other] = [
    await opened(),
    await opened({ contact: { lastName: 'N', email: 'NEUF@exemple.example' } }),
  ];
  expect(other.body.contactId).toBe(one.body.contactId);
  expect(other.body.id).not.toBe(one.body.id);
  const search = () => call('GET', '/contacts/search?_all=neuf@exemple.example');
  expect((await search()).status).toBe(204);
  now += 1_000;
  expect((await search()).body).toMatchObject({ count: 1 });
  const { status, body } = await call('GET', `/contacts/${one.body.contactId}/tickets?sortBy=createdTime`);
  expect([status, body.data?.map(({ id }) => id)]).toEqual([200, [one.body.id, other.body.id]]);
});

test.each([
  ['a subject that is too long', { subject: 'x'.repeat(256) }],
  ['a description that is too long', { description: 'x'.repeat(65_536) }],
  ['a department that is switched off', { departmentId: departments[2].id }],
  ['a priority that the portal does not have', { priority: 'Sehr dringend' }],
  ['an address that is none', { contact: { lastName: 'N', email: 'é@exemple.example' } }],
  ['nobody who asks', { contact: undefined }],
  ['a member that no ticket has', { colour: 'red' }],
])('%s is refused', async (_what, change) => {
  const { status, body } = await opened(change);
  expect([status, body.errorCode]).toEqual([422, 'INVALID_DATA']);
  expect(body.errors).toMatchObject([{ fieldName: expect.any(String) as string }]);
});

test('a ticket is changed, commented and closed; lists leave out what was thrown away, its own address does not', async () => {
  const { id } = (await opened()).body;
  const comment = await call('POST', `/tickets/${id}/comments`, {
    content: 'Bonjour',
    isPublic: false,
    contentType: 'plainText',
  });
  const path = `/tickets/${id}/comments`;
  expect((await call('PATCH', `${path}/${comment.body.id}`, { content: 'Bonsoir' })).status).toBe(200);
  expect((await call('GET', path)).body.data).toMatchObject([{ content: 'Bonsoir', isPublic: false }]);
  const closed = await call('PATCH', `/tickets/${id}`, { status: 'Closed' });
  expect(closed.body).toMatchObject({ statusType: 'Closed', closedTime: new Date(now).toISOString() });
  await act({ act: 'trash', ticket: id });
  expect((await call('GET', `/tickets/${id}`)).body).toMatchObject({ isTrashed: true });
  const list = await call('GET', '/tickets?limit=100');
  expect(list.body.data?.map((row) => row.id)).not.toContain(id);
  expect((await call('GET', '/tickets/1')).body.errorCode).toBe('URL_NOT_FOUND');
  expect((await call('GET', '/tickets?limit=101')).status).toBe(422);
});

test('a search goes by moments of change, and an empty one has no body', async () => {
  const { body } = await opened({ priority: 'Urgent' });
  now += 2_000;
  const range = (from: number, to: number) => [from, to].map((at) => new Date(at).toISOString()).join();
  const found = await call(
    'GET',
    `/tickets/search?modifiedTimeRange=${range(now - 5_000, now)}&sortBy=modifiedTime`,
  );
  expect(found.body.data).toMatchObject([{ id: body.id, priority: 'Urgent', contact: { lastName: 'Neuf' } }]);
  const none = await call('GET', `/tickets/search?modifiedTimeRange=${range(now, now)}`);
  expect([none.status, none.body]).toEqual([204, null]);
  for (const name of ['modifiedTimeRange', 'createdTimeRange']) {
    const wrong = await call('GET', `/tickets/search?${name}=yesterday`);
    expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ fieldName: `/${name}` }]]);
  }
});

test.each([
  ['a department', { department: 'Suport' }],
  ['a priority', { priority: 'urgent' }],
  ['a status', { status: 'Opened' }],
])('%s that the portal does not have is none that somebody could choose', async (_what, wrong) => {
  const answer = await fetch(`${sandbox.url}/_sandbox/acts/zoho-desk`, {
    method: 'POST',
    body: JSON.stringify({ act: 'open', subject: 'Panne', ...wrong }),
  });
  expect([answer.ok, deskTables(sandbox.desk('zoho-desk')).tickets.size]).toEqual([false, 3]);
});

test('a scenario about a ticket takes its parameters as it says them', async () => {
  const play = async (parameters: object): Promise<boolean> => {
    const answer = await fetch(`${sandbox.url}/_sandbox/scenarios/ticket-closed`, {
      method: 'POST',
      body: JSON.stringify(parameters),
    });
    return answer.ok;
  };
  expect(await play({ ticket: 7 })).toBe(false);
  expect(await play({ tiket: '7' })).toBe(false);
  expect(await play({})).toBe(true);
});

describe('webhooks', () => {
  let server: Server;
  let url: string;
  const heard: { readonly token: string; readonly events: readonly Record<string, unknown>[] }[] = [];

  beforeEach(async () => {
    heard.length = 0;
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const token = request.headers['x-zdesk-jwt'];
        if (typeof token === 'string')
          heard.push({
            token,
            events: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>[],
          });
        response.statusCode = request.url === '/dead' ? 404 : 200;
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise<unknown>((resolve) => server.close(resolve)));

  const subscribe = (more: object = {}) =>
    call('POST', '/webhooks', {
      name: 'Liaison',
      url: `${url}/ok`,
      isEnabled: true,
      subscriptions: { Ticket_Add: null, Ticket_Update: { fields: ['priority'], includePrevState: true } },
      ...more,
    });

  async function isHeard(count: number): Promise<void> {
    for (const end = Date.now() + 5_000; heard.length < count && Date.now() < end; )
      await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toHaveLength(count);
  }

  test('an address is tried first; what cannot be asked is refused', async () => {
    expect((await subscribe({ url: `${url}/dead` })).body.errorCode).toBe('INVALID_DATA');
    expect((await subscribe({ url: 'https://example.com/hook' })).body.errorCode).toBe('INVALID_DATA');
    expect((await subscribe({ subscriptions: { Ticket_Sung: null } })).body.errorCode).toBe('INVALID_DATA');
    const fields = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect((await subscribe({ subscriptions: { Ticket_Update: { fields } } })).status).toBe(422);
    for (const odd of [
      ...[true, 7, 'priority', ['priority'], { field: ['priority'] }, { fields: 'fax' }, { fields: [7] }],
      ...[{ departmentIds: ['Support'] }, { departmentIds: support.id }, { includePrevState: 'yes' }],
    ])
      expect((await subscribe({ subscriptions: { Ticket_Update: odd } })).status).toBe(422);
    for (const other of [
      { Ticket_Add: { fields: ['priority'] } },
      { Contact_Add: { includePrevState: true } },
    ])
      expect((await subscribe({ subscriptions: other })).status).toBe(422);
    for (let count = 0; count < 10; count += 1) expect((await subscribe()).status).toBe(200);
    expect((await subscribe()).body.errorCode).toBe('LICENSE_ACCESS_LIMITED');
  });

  test('each delivery bears a token of its webhook, signed with a published key; a change that is not listened to is not told', async () => {
    const { body } = await subscribe();
    const ticket = (await opened()).body;
    await call('PATCH', `/tickets/${ticket.id}`, { status: 'On Hold' });
    await call('PATCH', `/tickets/${ticket.id}`, { priority: 'Urgent' });
    await isHeard(2);
    expect(heard.map(({ events }) => events)).toMatchObject([
      [{ eventType: 'Ticket_Add', orgId: company.zgid, payload: { id: ticket.id } }],
      [{ eventType: 'Ticket_Update', payload: { priority: 'Urgent' }, prevState: { priority: null } }],
    ]);
    const [head = '', claims = '', signature = ''] = heard[0]?.token.split('.') ?? [];
    const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Body;
    expect(json(claims)).toMatchObject({ iss: `orgId:${company.zgid}`, aud: `webhookId:${body.id}` });
    const published = (await (await fetch(`${sandbox.url}/zoho-desk/.well-known/jwks.json`)).json()) as {
      keys: { kid: string }[];
    };
    const jwk = published.keys.find(({ kid }) => kid === json(head).kid);
    const key = createPublicKey({ key: jwk as never, format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
  });

  test('a webhook that is deleted or switched off is told nothing', async () => {
    const { body } = await subscribe();
    await call('PATCH', `/webhooks/${body.id}`, { isEnabled: false });
    await opened();
    expect((await call('DELETE', `/webhooks/${body.id}`)).status).toBe(200);
    expect((await call('GET', `/webhooks/${body.id}`)).status).toBe(404);
    await subscribe();
    await opened();
    await isHeard(1);
  });
});

test('the page shows the tickets of the portal', async () => {
  const page = await (await fetch(`${sandbox.url}/view/zoho-desk`)).text();
  expect(deskTables(sandbox.desk('zoho-desk')).tickets.size).toBe(3);
  expect(page).toContain('Photos des brioches trop sombres');
});
