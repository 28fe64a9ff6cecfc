import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { microsoftAccounts } from '../microsoft-accounts/simulator.ts';
import { microsoftContacts } from './simulator.ts';

/** What Microsoft refuses, and how. */

const CLIENT = 'sandbox-microsoft';
const REDIRECT = 'http://127.0.0.1:3000/oauth/callback';
let folder: string;
let sandbox: RunningSandbox;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-outlook-'));
  const simulators = [microsoftAccounts, microsoftContacts];
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, scenarios: [] });
  token = await tokenFor('offline_access User.Read Contacts.ReadWrite');
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function control<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Answer;
}
const consent = (scope: string, more: object = {}) =>
  control<Record<string, string>>('consents/microsoft-accounts', {
    clientId: CLIENT,
    redirectUri: REDIRECT,
    scope,
    ...more,
  });
async function exchange(form: Record<string, string>) {
  const answer = await fetch(`${sandbox.url}/microsoft-accounts/common/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: CLIENT, client_secret: 'sandbox-secret-microsoft', ...form }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const redeem = (code: string | undefined, more: object = {}) =>
  exchange({ grant_type: 'authorization_code', redirect_uri: REDIRECT, code: code ?? '', ...more });
async function tokenFor(scope: string): Promise<string> {
  const { code } = await consent(scope);
  return String((await redeem(code)).body.access_token);
}

interface Asked {
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}
async function graph(method: string, path: string, { as = token, body, headers = {} }: Asked = {}) {
  const answer = await fetch(`${sandbox.url}/microsoft-contacts/v1.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const read = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  const error = read.error as { code: string } | undefined;
  return { status: answer.status, code: error?.code, body: read, headers: answer.headers };
}
const IMMUTABLE = { prefer: 'IdType="ImmutableId"' };

describe('sign-in', () => {
  it.each([
    ['another client', { clientId: 'sandbox-google' }],
    ['an address elsewhere', { redirectUri: 'https://evil.example/' }],
    ['nothing asked for', { scope: '' }],
    ['a permission that there is not', { scope: 'Contacts.Everything' }],
  ])('refuses %s', async (_what, more) => {
    await expect(consent('User.Read', more)).rejects.toThrow('AADSTS');
  });

  it('spends a code once, with what it was given for, and gives lasting access only where it was asked for', async () => {
    const { code } = await consent('User.Read', { codeChallenge: 'abc' });
    expect(await redeem(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const { code: plain } = await consent('User.Read');
    expect(await redeem(plain, { client_secret: 'wrong' })).toMatchObject({ status: 401 });
    expect(await redeem(plain, { redirect_uri: 'http://localhost/' })).toMatchObject({ status: 400 });
    const given = await redeem(plain);
    expect(given.body).toMatchObject({
      token_type: 'Bearer',
      scope: 'https://graph.microsoft.com/User.Read',
    });
    expect(given.body).not.toHaveProperty('refresh_token');
    expect(given.body.expires_in).toBeGreaterThanOrEqual(3_600);
    expect((await redeem(plain)).body).toMatchObject({ error: 'invalid_grant', error_codes: [70_008] });
  });

  it('replaces a refresh token at each use, and leaves the former good', async () => {
    const { code } = await consent('offline_access User.Read');
    const first = String((await redeem(code)).body.refresh_token);
    const renew = (refresh_token: string) => exchange({ grant_type: 'refresh_token', refresh_token });
    const second = String((await renew(first)).body.refresh_token);
    expect(second).not.toBe(first);
    for (const held of [first, second]) expect((await renew(held)).status).toBe(200);
    expect(await renew('nothing')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('Graph', () => {
  it('refuses who is nobody, and who may not', async () => {
    expect(await graph('GET', '/me/contacts', { as: 'x' })).toMatchObject({
      status: 401,
      code: 'InvalidAuthenticationToken',
    });
    const reader = await tokenFor('Contacts.Read');
    expect((await graph('GET', '/me/contacts', { as: reader })).status).toBe(200);
    expect(await graph('POST', '/me/contacts', { as: reader, body: {} })).toMatchObject({
      status: 403,
      code: 'ErrorAccessDenied',
    });
    expect((await graph('GET', '/me', { as: reader })).status).toBe(403);
  });

  it.each([
    ['a property that there is not', { fullName: 'x' }],
    ['a text that is none', { surname: 1 }],
    ['a day that is none', { birthday: 'hier' }],
    ['a list that is none', { businessPhones: '04' }],
    ['a third number of a kind', { businessPhones: ['1', '2', '3'] }],
    ['a fourth address', { emailAddresses: Array(4).fill({ address: 'a@b.example' }) }],
    ['a part of an address that there is not', { businessAddress: { town: 'Lyon' } }],
  ])('takes no contact with %s', async (_what, body) => {
    expect((await graph('POST', '/me/contacts', { body })).status).toBe(400);
  });

  it('gives other ids to who does not ask for those that stay, and both lead to the contact', async () => {
    const { body: made } = await graph('POST', '/me/contacts', {
      body: { surname: 'Essai' },
      headers: IMMUTABLE,
    });
    const { body: other } = await graph('GET', `/me/contacts/${made.id}`);
    expect(other.id).not.toBe(made.id);
    const back = await graph('GET', `/me/contacts/${other.id}`, { headers: IMMUTABLE });
    expect(back.body).toMatchObject({ id: made.id, displayName: 'Essai' });
    await control('acts/microsoft-contacts', { act: 'move', who: made.id, to: 'family' });
    expect((await graph('GET', `/me/contacts/${other.id}`)).status).toBe(404);
    expect((await graph('GET', `/me/contacts/${made.id}`, { headers: IMMUTABLE })).body.id).toBe(made.id);
  });

  it('refuses a change of an older state, and knows no method twice', async () => {
    const { body: made } = await graph('POST', '/me/contacts', { body: { surname: 'Essai' } });
    const path = `/me/contacts/${made.id}`;
    const change = (etag: string, surname: string) =>
      graph('PATCH', path, { body: { surname }, headers: { 'if-match': etag } });
    expect((await change(String(made['@odata.etag']), 'Un')).status).toBe(200);
    expect(await change(String(made['@odata.etag']), 'Deux')).toMatchObject({
      status: 412,
      code: 'ErrorIrresolvableConflict',
    });
    expect((await graph('PUT', path, { body: {} })).status).toBe(405);
    expect((await graph('GET', '/me/nothing')).status).toBe(400);
  });

  it.each(['$top=3', '$select=surname', "$filter=surname eq 'x'", '$orderby=surname', '$expand=extensions'])(
    'follows changes to contacts without any choice: not with %s',
    async (choice) => {
      expect(await graph('GET', `/me/contacts/delta?${encodeURI(choice)}`)).toMatchObject({
        status: 400,
        code: 'ErrorInvalidUrlQuery',
      });
    },
  );

  it('takes twenty requests at once, each with an id of its own, and answers each for itself', async () => {
    const get = (id: string) => ({ id, method: 'GET', url: '/me/contacts?$top=1' });
    const batch = (requests: unknown) => graph('POST', '/$batch', { body: { requests } });
    expect((await batch(Array.from({ length: 21 }, (_, index) => get(String(index))))).status).toBe(400);
    expect((await batch([get('1'), get('1')])).status).toBe(400);
    expect((await batch([])).status).toBe(400);
    const { status, body } = await batch([
      get('1'),
      { id: '2', method: 'GET', url: '/me/contacts/nobody' },
      { id: '3', method: 'POST', url: '/me/contacts', body: { surname: 'x' } },
    ]);
    expect(status).toBe(200);
    const responses = body.responses as { id: string; status: number }[];
    const byId = Object.fromEntries(responses.map((one) => [one.id, one.status]));
    // The last one says nothing of its content type.
    expect(byId).toEqual({ 1: 200, 2: 404, 3: 400 });
  });

  it.each([
    ['another resource', { resource: 'me/messages' }],
    ['a change that there is not', { changeType: 'moved' }],
    ['too long a life', { expirationDateTime: new Date(Date.now() + 8 * 86_400_000).toISOString() }],
    ['an end that is past', { expirationDateTime: new Date(Date.now() - 1).toISOString() }],
    ['too long a state', { clientState: 'x'.repeat(129) }],
    ['an address that is not sealed', { notificationUrl: 'http://example.com/' }],
    ['an address where nobody answers', { notificationUrl: 'http://127.0.0.1:9/' }],
  ])('subscribes to nothing with %s', async (_what, more) => {
    const body = {
      changeType: 'created,updated,deleted',
      notificationUrl: `${sandbox.url}/nobody`,
      resource: 'me/contacts',
      expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
      clientState: 'ours',
      ...more,
    };
    expect((await graph('POST', '/subscriptions', { body })).status).toBe(400);
    expect((await graph('GET', '/subscriptions')).body.value).toEqual([]);
  });
});

it('is begun anew with another account’s contacts apart', async () => {
  const { code } = await consent('Contacts.Read', { account: 'claire' });
  const claire = String((await redeem(code)).body.access_token);
  const count = async (as: string) =>
    (await graph('GET', '/me/contacts?$count=true', { as })).body['@odata.count'] as number;
  const [hers, his] = [await count(claire), await count(token)];
  expect(hers).toBeGreaterThan(0);
  expect(hers).toBeLessThan(his);
});
