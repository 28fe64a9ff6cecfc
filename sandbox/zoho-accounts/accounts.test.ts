import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { covers } from './scopes.ts';
import { zohoAccounts } from './simulator.ts';

const redirectUri = 'http://127.0.0.1:3000/api/v1/oauth/callback';
const client = { client_id: 'sandbox-zoho-crm', client_secret: 'sandbox-secret-zoho-crm' };
const crm = { ...zohoAccounts, vendor: 'zoho-crm', routes: () => undefined };
let folder: string;
let sandbox: RunningSandbox;
let now = Date.UTC(2026, 10, 24);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-accounts-'));
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators: [zohoAccounts, crm],
    scenarios: [],
    clock: () => new Date(now),
  });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function consent(extra: object = {}): Promise<Record<string, string>> {
  const wish = { clientId: client.client_id, redirectUri, scope: 'ZohoCRM.modules.ALL', ...extra };
  const answer = await fetch(`${sandbox.url}/_sandbox/consents/zoho-accounts`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });
  return (await answer.json()) as Record<string, string>;
}

async function token(form: Record<string, string>): Promise<Record<string, string>> {
  const body = new URLSearchParams({ ...client, ...form });
  const answer = await fetch(`${sandbox.url}/zoho-accounts/oauth/v2/token`, { method: 'POST', body });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, string>;
}

async function connect(): Promise<string> {
  const { code } = await consent();
  const tokens = await token({ grant_type: 'authorization_code', code: code!, redirect_uri: redirectUri });
  return tokens.refresh_token!;
}

test('a code buys tokens once, with the data centre named in the callback', async () => {
  const { code, ...rest } = await consent({ state: 's1' });
  expect(rest).toEqual({ state: 's1', location: 'eu', 'accounts-server': 'https://accounts.zoho.eu' });
  const form = { grant_type: 'authorization_code', code: code!, redirect_uri: redirectUri };
  expect(await token(form)).toMatchObject({
    api_domain: 'https://www.zohoapis.eu',
    token_type: 'Bearer',
    expires_in: 3600,
  });
  expect(await token(form)).toEqual({ error: 'invalid_code' });
});

test('a code is refused with a wrong verifier, redirect URI, client or secret', async () => {
  const codeChallenge = createHash('sha256').update('v'.repeat(43)).digest('base64url');
  const form = { grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: 'v'.repeat(43) };
  const fresh = async (): Promise<string> => (await consent({ codeChallenge })).code!;
  expect(await token({ ...form, code: await fresh(), code_verifier: 'w'.repeat(43) })).toEqual({
    error: 'invalid_code',
  });
  expect(await token({ ...form, code: await fresh(), redirect_uri: `${redirectUri}/x` })).toEqual({
    error: 'invalid_redirect_uri',
  });
  expect(await token({ ...form, code: await fresh(), client_id: 'unknown' })).toEqual({
    error: 'invalid_client',
  });
  expect(await token({ ...form, code: await fresh(), client_secret: 'x' })).toEqual({
    error: 'invalid_client_secret',
  });
  expect(await token({ ...form, code: await fresh() })).toHaveProperty('access_token');
});

test('the eleventh refresh within ten minutes is denied inside a 200, and allowed when they have passed', async () => {
  const form = { grant_type: 'refresh_token', refresh_token: await connect() };
  for (let turn = 0; turn < 10; turn += 1) expect(await token(form)).toHaveProperty('access_token');
  expect(await token(form)).toMatchObject({ error: 'Access Denied' });
  now += 10 * 60_000 + 1;
  expect(await token(form)).toHaveProperty('access_token');
});

test('the 21st refresh token of a user ends the first one', async () => {
  const held = [];
  for (let turn = 0; turn < 21; turn += 1) held.push(await connect());
  expect(await token({ grant_type: 'refresh_token', refresh_token: held[0]! })).toEqual({
    error: 'invalid_code',
  });
  expect(await token({ grant_type: 'refresh_token', refresh_token: held[1]! })).toHaveProperty(
    'access_token',
  );
});

test('a token request may come as multipart, and a grant survives a reset', async () => {
  const refresh_token = await connect();
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...client, grant_type: 'refresh_token', refresh_token }))
    body.set(name, value);
  const answer = await fetch(`${sandbox.url}/zoho-accounts/oauth/v2/token`, { method: 'POST', body });
  expect(await answer.json()).toHaveProperty('access_token');
});

test('the consent page redirects with a code on Accept and with access_denied on Deny', async () => {
  const query = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope: 'ZohoCRM.modules.ALL',
    state: 'a"b',
    access_type: 'offline',
  };
  const url = `${sandbox.url}/zoho-accounts/oauth/v2/auth`;
  const page = await fetch(`${url}?${new URLSearchParams(query)}`, {
    headers: { 'accept-language': 'fr-FR' },
  });
  const text = await page.text();
  expect(text).toContain('Accepter');
  expect(text).toContain('value="a&#34;b"');
  const decide = async (decision: string): Promise<URL> => {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ ...query, decision }),
      redirect: 'manual',
    });
    return new URL(answer.headers.get('location')!);
  };
  const accepted = await decide('accept');
  expect(accepted.searchParams.get('state')).toBe('a"b');
  expect(
    await token({
      grant_type: 'authorization_code',
      code: accepted.searchParams.get('code')!,
      redirect_uri: redirectUri,
    }),
  ).toHaveProperty('refresh_token');
  expect((await decide('deny')).searchParams.get('error')).toBe('access_denied');
});

test('the page begins with the user whom the client names, and with the administrator when it is nobody’s', async () => {
  const selected = async (hint: string) => {
    const query = {
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: redirectUri,
      scope: 'ZohoCRM.users.READ',
      login_hint: hint,
    };
    const url = `${sandbox.url}/zoho-accounts/oauth/v2/auth?${new URLSearchParams(query)}`;
    const page = await (await fetch(url)).text();
    return [...page.matchAll(/<option value="(\w+)" selected>/g)].map((match) => match[1]);
  };
  expect(await selected('claire.fontaine@atelier-lumen.example')).toEqual(['claire']);
  expect(await selected('Ines.Delorme@atelier-lumen.example')).toEqual(['ines']);
  expect(await selected('nobody@exemple.example')).toEqual([]);
});

test('the page lets its reader choose which user of the company consents, the administrator first', async () => {
  const url = `${sandbox.url}/zoho-accounts/oauth/v2/auth`;
  const query = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope: 'ZohoCRM.users.READ',
  };
  const page = await (await fetch(`${url}?${new URLSearchParams(query)}`)).text();
  expect([...page.matchAll(/<option value="(\w+)">/g)].map((match) => match[1])).toEqual([
    'hugo',
    'claire',
    'ines',
  ]);
  const decide = (account: string) =>
    fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ ...query, decision: 'accept', account }),
      redirect: 'manual',
    });
  expect((await decide('nobody')).status).toBe(400);
  const callback = new URL((await decide('claire')).headers.get('location')!);
  const { access_token } = await token({
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code')!,
    redirect_uri: redirectUri,
  });
  const held = sandbox.desk('zoho-accounts').table<{ user: string }>('access-tokens', { kept: true });
  expect(held.get(access_token!)?.user).toBe('claire');
  expect(await consent({ account: 'ines' })).toHaveProperty('code');
  expect(await consent({ account: 'nobody' })).toEqual({ error: 'Invalid User.' });
});

test('a redirect URI off this machine, an unknown client or no scope is refused on the page itself', async () => {
  const query = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope: 'ZohoCRM.modules.ALL',
  };
  const wrong = [
    { redirect_uri: 'https://evil.example/x' },
    { client_id: 'someone' },
    { scope: '' },
    { response_type: 'token' },
  ];
  for (const change of wrong) {
    const answer = await fetch(
      `${sandbox.url}/zoho-accounts/oauth/v2/auth?${new URLSearchParams({ ...query, ...change })}`,
      { redirect: 'manual' },
    );
    expect(answer.status).toBe(400);
  }
});

test('a wide scope covers a narrow one and never the other way round', () => {
  expect(covers(['ZohoCRM.modules.ALL'], 'ZohoCRM.modules.deals.READ')).toBe(true);
  expect(covers(['ZohoCRM.modules.READ'], 'ZohoCRM.modules.deals.CREATE')).toBe(false);
  expect(covers(['ZohoCRM.modules.deals.ALL'], 'ZohoCRM.modules.contacts.READ')).toBe(false);
  expect(covers(['ZohoCRM.modules.deals.READ'], 'ZohoCRM.modules.READ')).toBe(false);
  expect(covers(['ZohoBooks.fullaccess.all'], 'ZohoBooks.invoices.CREATE')).toBe(true);
});
