import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { googleAccounts } from './simulator.ts';

const redirectUri = 'http://127.0.0.1:3000/api/v1/oauth/callback';
const client = { client_id: 'sandbox-google-sheets', client_secret: 'sandbox-secret-google-sheets' };
const EMAIL = 'https://www.googleapis.com/auth/userinfo.email';
const scope = `https://www.googleapis.com/auth/spreadsheets.readonly ${EMAIL}`;
const verifier = 'v'.repeat(43);
const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
let folder: string;
let sandbox: RunningSandbox;
let now = Date.UTC(2026, 10, 24);

async function start({ recorded }: { readonly recorded: boolean }): Promise<void> {
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    record: recorded ? readConfig(process.env).record : undefined,
    simulators: [googleAccounts],
    scenarios: [],
    clock: () => new Date(now),
  });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-google-'));
  await start({ recorded: true });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

type Json = Record<string, string>;

async function consent(extra: object = {}): Promise<Json> {
  const wish = { clientId: client.client_id, redirectUri, scope, ...extra };
  const answer = await fetch(`${sandbox.url}/_sandbox/consents/google-accounts`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });
  return (await answer.json()) as Json;
}

async function token(form: Json): Promise<{ status: number; body: Json }> {
  const body = new URLSearchParams({ ...client, ...form });
  const answer = await fetch(`${sandbox.url}/google-accounts/token`, { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as Json };
}

const exchange = (code: string, extra: Json = {}) =>
  token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...extra });

async function decide(query: Json, decision = 'accept'): Promise<URLSearchParams> {
  const answer = await fetch(`${sandbox.url}/google-accounts/o/oauth2/v2/auth`, {
    method: 'POST',
    body: new URLSearchParams({ ...query, decision }),
    redirect: 'manual',
  });
  return new URL(answer.headers.get('location') ?? '').searchParams;
}

const userInfo = (access: string | undefined) =>
  fetch(`${sandbox.url}/google-accounts/oauth2/v2/userinfo`, {
    headers: { authorization: `Bearer ${access}` },
  });

test('a code buys tokens once, and its callback carries state and scope', async () => {
  const { code = '', ...rest } = await consent({ state: 's1' });
  expect(rest).toEqual({ state: 's1', scope });
  const { body } = await exchange(code);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope });
  expect(body).toHaveProperty('refresh_token');
  expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('a code with a challenge needs its verifier, its redirect URI and its client', async () => {
  const { code = '' } = await consent({ codeChallenge });
  expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect(await exchange(code, { redirect_uri: `${redirectUri}/x`, code_verifier: verifier })).toMatchObject({
    body: { error: 'redirect_uri_mismatch' },
  });
  expect(await exchange(code, { client_secret: 'no', code_verifier: verifier })).toMatchObject({
    status: 401,
    body: { error: 'invalid_client' },
  });
  const other = { client_id: 'sandbox-google-people', client_secret: 'sandbox-secret-google-people' };
  expect(await exchange(code, { ...other, code_verifier: verifier })).toMatchObject({
    body: { error: 'invalid_grant' },
  });
  expect(await exchange(code, { code_verifier: verifier })).toMatchObject({ status: 200 });
});

test('a code lives ten minutes and an access token one hour', async () => {
  const late = (await consent()).code ?? '';
  now += 10 * 60_000;
  expect(await exchange(late)).toMatchObject({ status: 400 });
  const { body } = await exchange((await consent()).code ?? '');
  expect((await userInfo(body.access_token)).status).toBe(200);
  now += 3600_000;
  expect((await userInfo(body.access_token)).status).toBe(401);
  const fresh = await token({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' });
  expect(fresh.body).not.toHaveProperty('refresh_token');
  expect(await (await userInfo(fresh.body.access_token)).json()).toMatchObject({
    email: 'hugo.marchetti@atelier-lumen.example',
  });
});

test('without offline there is no refresh token, and on a second consent none without prompt=consent', async () => {
  const query = { client_id: client.client_id, redirect_uri: redirectUri, scope, response_type: 'code' };
  const refreshOf = async (extra: Json): Promise<string | undefined> =>
    (await exchange((await decide({ ...query, ...extra })).get('code') ?? '')).body.refresh_token;
  expect(await refreshOf({ access_type: 'online', prompt: 'consent' })).toBeUndefined();
  expect(await refreshOf({ access_type: 'offline' })).toBeUndefined();
  expect(await refreshOf({ access_type: 'offline', prompt: 'consent' })).toMatch(/^1\/\//);
});

test('the page says what is asked in words, and Deny sends the user back with access_denied', async () => {
  const query = {
    client_id: client.client_id,
    redirect_uri: redirectUri,
    scope,
    response_type: 'code',
    state: 'x',
  };
  const url = `${sandbox.url}/google-accounts/o/oauth2/v2/auth`;
  const page = await fetch(`${url}?${new URLSearchParams(query)}`, { headers: { 'accept-language': 'fr' } });
  expect(await page.text()).toContain('voir toutes vos feuilles Google Sheets');
  expect(Object.fromEntries(await decide(query, 'deny'))).toEqual({ error: 'access_denied', state: 'x' });
  const wrong = [
    { client_id: 'sandbox-slack' },
    { redirect_uri: 'https://evil.example/' },
    { scope: 'https://www.googleapis.com/auth/unknown' },
    { response_type: 'token' },
    { code_challenge: 'x', code_challenge_method: 'plain' },
  ];
  for (const change of wrong)
    expect((await fetch(`${url}?${new URLSearchParams({ ...query, ...change })}`)).status).toBe(400);
});

test('revoking either token ends both, and an unknown one is refused', async () => {
  const { body } = await exchange((await consent()).code ?? '');
  const revoke = (value: string) =>
    fetch(`${sandbox.url}/google-accounts/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: value }),
    });
  expect((await revoke(body.access_token ?? '')).status).toBe(200);
  const again = await token({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' });
  expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect((await revoke(body.access_token ?? '')).status).toBe(400);
});

test('the 101st refresh token of a client ends the first, and grants survive a reset', async () => {
  const held: string[] = [];
  for (let turn = 0; turn < 101; turn += 1)
    held.push((await exchange((await consent()).code ?? '')).body.refresh_token ?? '');
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
  const refresh = (refresh_token = '') => token({ grant_type: 'refresh_token', refresh_token });
  expect(await refresh(held[0])).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect(await refresh(held[1])).toMatchObject({ status: 200 });
});

test('a token request that names no grant, or another kind, is refused', async () => {
  await sandbox.stop();
  await start({ recorded: false });
  expect(await token({})).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  expect(await token({ grant_type: 'password' })).toMatchObject({
    body: { error: 'unsupported_grant_type' },
  });
});
