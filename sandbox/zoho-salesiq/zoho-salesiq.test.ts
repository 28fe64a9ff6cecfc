import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { sandboxPages } from '../page/router.ts';
import { issueAccessToken } from '../zoho-accounts/issue.ts';
import { zohoAccounts } from '../zoho-accounts/simulator.ts';
import { zohoSalesIq } from './simulator.ts';

const SCOPES = [
  ...[
    'portals.READ',
    'conversations.READ',
    'conversations.UPDATE',
    'visitordetails.UPDATE',
    'feedbacks.READ',
  ],
  ...['webhooks.READ', 'webhooks.CREATE', 'webhooks.UPDATE', 'webhooks.DELETE'],
].map((scope) => `SalesIQ.${scope}`);
const PORTAL = '/v2/atelierlumen';

let folder: string;
let sandbox: RunningSandbox;
let token: string;
let status: number;
const came: { method: string; signature: string; body: string }[] = [];
const listener = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => {
    body += part.toString('utf8');
  });
  request.on('end', () => {
    const { method = '' } = request;
    came.push({ method, signature: String(request.headers['x-siqsignature'] ?? ''), body });
    response.statusCode = status;
    response.end();
  });
});
let url: string;

beforeAll(async () => {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/here`;
});
afterAll(() => listener.close());
beforeEach(async () => {
  status = 200;
  came.splice(0);
  folder = mkdtempSync(join(tmpdir(), 'liaison-siq-'));
  sandbox = await startSandbox({
    ...{ port: 0, dataFolder: folder, simulators: [zohoAccounts, zohoSalesIq] },
    pages: sandboxPages({ liaisonUrl: 'http://127.0.0.1:3999' }),
  });
  token = tokenOf(SCOPES);
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const tokenOf = (scopes: readonly string[]): string =>
  issueAccessToken(sandbox.desk('zoho-accounts'), { clientId: 'sandbox-zoho', user: 'hugo', scopes }, null)
    .token;

interface Answer {
  readonly status: number;
  readonly error?: { readonly code: number; readonly json_key?: string; readonly param?: string };
  readonly data?: never;
}
async function call(
  method: string,
  path: string,
  body?: unknown,
  as: string | null = token,
): Promise<Answer> {
  const answer = await fetch(`${sandbox.url}/zoho-salesiq/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(as === null ? {} : { authorization: `Zoho-oauthtoken ${as}` }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, ...((await answer.json()) as object) };
}
async function act<T>(wish: object): Promise<T> {
  const answer = await fetch(`${sandbox.url}/_sandbox/acts/zoho-salesiq`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as T;
}
const begin = async (who: object = {}): Promise<string> =>
  (await act<{ conversation: { id: string } }>({ act: 'begin', question: 'Bonjour ?', ...who })).conversation
    .id;
const WISH = { type: 'data', events: ['conversation.completed'], secured: true };
const webhook = (more: object = {}) => call('POST', `${PORTAL}/webhooks`, { ...WISH, url, ...more });
const lines = (value: unknown): string => `customerinfo=${encodeURIComponent(JSON.stringify(value))}`;

describe('what is refused', () => {
  it.each<readonly [string, () => Promise<Answer>, number, number]>([
    ['no token', () => call('GET', '/v2/portals', undefined, null), 401, 1002],
    ['a token that nobody issued', () => call('GET', '/v2/portals', undefined, 'x'), 401, 1003],
    ['another scope', () => call('GET', '/v2/portals', undefined, tokenOf([SCOPES[1] ?? ''])), 403, 1003],
    ['a portal that is not there', () => call('GET', '/v2/nulle-part/conversations'), 200, 1005],
    ['a path that is none', () => call('GET', `${PORTAL}/chats`), 200, 1006],
    ['a method that it has not', () => call('PATCH', '/v2/portals'), 200, 1004],
    ['a chat that is not there', () => call('GET', `${PORTAL}/conversations/1`), 200, 1006],
    ['too long a page', () => call('GET', `${PORTAL}/conversations?limit=100`), 200, 1017],
    ['an order that it has not', () => call('GET', `${PORTAL}/conversations?sort_by=name`), 200, 1017],
    ['a body that is no JSON', () => call('POST', `${PORTAL}/webhooks`, '{'), 200, 1015],
    ['a webhook without an address', () => call('POST', `${PORTAL}/webhooks`, WISH), 200, 1016],
    ['a webhook of no events', () => webhook({ events: [] }), 200, 1016],
    ['a webhook of an event that it has not', () => webhook({ events: ['chat.ended'] }), 200, 1016],
    [
      'an unknown visitor',
      () => call('PUT', `/v1/atelierlumen/visitorsbyemail/x@y.example?${lines({ a: 1 })}`),
      200,
      2311,
    ],
    [
      'lines that are none',
      () => call('PUT', `/v1/atelierlumen/visitorsbyemail/x@y.example?${lines([])}`),
      200,
      2310,
    ],
    ['no lines', () => call('PUT', '/v1/atelierlumen/visitorsbyemail/x@y.example'), 200, 2310],
  ])('%s', async (_what, ask, wanted, code) => {
    const answer = await ask();
    expect([answer.status, answer.error?.code]).toEqual([wanted, code]);
    expect(answer.data).toBeUndefined();
  });

  it('more calls than are let through in a minute', async () => {
    await fetch(`${sandbox.url}/_sandbox/faults/zoho-salesiq`, {
      method: 'PUT',
      body: JSON.stringify({ requestsPerMinute: 2 }),
    });
    const statuses = [];
    for (let time = 0; time < 3; time += 1) statuses.push((await call('GET', '/v2/portals')).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('lines beside a chat without any, and beside one that is over', async () => {
    const id = await begin();
    const path = `${PORTAL}/conversations/${id}`;
    expect((await call('PUT', path, {})).error).toMatchObject({ code: 1016, json_key: 'customer_info' });
    expect((await call('PUT', path, { customer_info: { CRM: 'Prospect' } })).error).toBeUndefined();
    await act({ act: 'end', conversation: id });
    expect((await call('PUT', path, { customer_info: { CRM: 'x' } })).error?.code).toBe(1018);
  });

  it('a webhook whose address does not answer HEAD with 200, and a third key', async () => {
    status = 202;
    expect((await webhook()).error).toMatchObject({ code: 1016, json_key: 'url' });
    status = 200;
    const made = (await webhook()).data as unknown as { id: string };
    expect(came.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
    const key = () => call('POST', `${PORTAL}/webhooks/${made.id}/keys`);
    expect([(await key()).error, (await key()).error, (await key()).error?.code]).toEqual([
      ...[undefined, undefined],
      1019,
    ]);
  });
});

it('tells webhooks of their own portal and events, signed by the oldest key over the very bytes', async () => {
  const { id } = (await webhook()).data as unknown as { id: string };
  const keyed = (await call('POST', `${PORTAL}/webhooks/${id}/keys`)).data as unknown as {
    public_keys: { key: string }[];
  };
  await call('POST', `${PORTAL}/webhooks/${id}/keys`);
  came.splice(0);
  const chat = await begin({ name: 'Ada', email: 'ada@exemple.example' });
  const elsewhere = await begin({ portal: 'lumendestockage' });
  await act({ act: 'end', conversation: elsewhere });
  await act({ act: 'end', conversation: chat });
  while (came.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const [{ signature, body } = { signature: '', body: '' }, ...others] = came;
  expect(others).toEqual([]);
  expect(JSON.parse(body)).toMatchObject({
    ...{ event: 'conversation.completed', entity_id: chat, entity_type: 'conversation', attempt: 1 },
    entity: { id: chat, visitor: { name: 'Ada', email_id: 'ada@exemple.example' }, status: 'Closed' },
  });
  const key = createPublicKey({
    key: Buffer.from(keyed.public_keys[0]?.key ?? '', 'base64'),
    ...{ format: 'der', type: 'spki' },
  });
  const isOf = (text: string) => verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));
  expect([isOf(body), isOf(`${body} `)]).toEqual([true, false]);
});

it('shows operators each chat with its words, and what is known of the visitor, as text', async () => {
  const chat = await begin({ name: 'Ada <b>', email: 'ada@exemple.example' });
  await call('PUT', `${PORTAL}/conversations/${chat}`, { customer_info: { CRM: 'Prospect · <i>Ada</i>' } });
  const page = await (await fetch(`${sandbox.url}/view/zoho-salesiq`)).text();
  expect(page).toContain('CRM: Prospect · &lt;i&gt;Ada&lt;/i&gt;');
  expect(page).not.toContain('<i>Ada');
});
