import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { listConnections } from '../store/connections.ts';
import type { ConnectDeps } from './deps.ts';
import { connectRouter } from './router.ts';
import { behave, startRig, type VendorState } from './testing/rig.ts';

let rig: Awaited<ReturnType<typeof startRig>>;
let vendor: VendorState;
let server: Server;
let url: string;
let connected: string[];

beforeEach(async () => {
  rig = await startRig();
  vendor = behave(rig.vendor);
  connected = [];
  const app = express();
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The redirect URI stays the registered one; only the host check needs to know this port.
  const deps: ConnectDeps = { ...rig.deps, publicUrl: url };
  app.use(
    connectRouter(deps, {
      authorityOf: async () => ({ organisationId: null, owner: undefined }),
      onConnected: async ({ connection }) => {
        connected.push(connection.id);
      },
    }),
  );
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rig.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, { headers, redirect: 'manual' });

async function start(returnTo = '/settings') {
  const answer = await get(`/oauth/start/crm?${new URLSearchParams({ returnTo })}`);
  const cookie = answer.headers.get('set-cookie') ?? '';
  const address = new URL(answer.headers.get('location') ?? '');
  vendor.challenge = address.searchParams.get('code_challenge');
  return {
    answer,
    cookie,
    session: cookie.split(';')[0]!,
    address,
    state: address.searchParams.get('state')!,
  };
}

it('sends the browser to the consent page with a session that scripts and other sites cannot use', async () => {
  const { answer, cookie, address } = await start();
  expect(answer.status).toBe(303);
  expect(cookie).toMatch(/^liaison_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  expect(address.pathname).toBe('/crm-accounts/authorize');
});

it('keeps a session that the browser already has', async () => {
  const { session } = await start();
  expect(
    (await get('/oauth/start/crm', { cookie: `other=1; ${session}; more=2` })).headers.get('set-cookie'),
  ).toBeNull();
});

it('under another name of this server, the browser is first sent to the one that the callback has', async () => {
  const { port } = new URL(url);
  const answer = await fetch(`http://localhost:${port}/oauth/start/crm?returnTo=/a`, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(`${url}/oauth/start/crm?returnTo=%2Fa&named=1`);
  expect(answer.headers.get('set-cookie')).toBeNull();
});

it.each(['/oauth/start/keyed', '/oauth/start/nobody', '/oauth/start/__proto__'])(
  '%s does not exist',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);

/** The fake vendor knows one redirect URI: that of the rig. */
function knowThisServer(): void {
  const answering = rig.vendor.answer;
  rig.vendor.answer = (request, response, body) =>
    answering(
      request,
      response,
      body.replace(encodeURIComponent(url), encodeURIComponent(rig.deps.publicUrl)),
    );
}

it('a consent leads back where it began without a click, and says there what was connected', async () => {
  knowThisServer();
  const { session, state } = await start('/settings?tab=2#/connections');
  const query = new URLSearchParams({ state, code: 'good-code' });
  const answer = await get(`/oauth/callback?${query}`, { cookie: session });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/settings?tab=2&connected=crm#/connections');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(connected).toHaveLength(1);
});

it('a consent in a tab of its own ends on a page in the one language that Liaison is read in', async () => {
  const french = await get('/oauth/connected?connected=crm&language=fr', { 'accept-language': 'en' });
  const page = await french.text();
  expect(french.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page).toContain('CRM Acme est connecté');
  expect(page).toContain('Fermez cet onglet');
  expect(page).not.toContain('is connected');
  expect((await get('/oauth/connected?connected=nobody')).status).toBe(404);
});

it('a refusal is told in the language of the settings that it began in, and leads back to them', async () => {
  const begun = await get('/oauth/start/crm?returnTo=/a&language=fr', { 'accept-language': 'en' });
  const cookies = begun.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const state = new URL(begun.headers.get('location')!).searchParams.get('state')!;
  const query = new URLSearchParams({ state, error: 'access_denied' });
  const answer = await get(`/oauth/callback?${query}`, {
    cookie: cookies.join('; '),
    'accept-language': 'en',
  });
  const page = await answer.text();
  expect(answer.status).toBe(400);
  expect(page).toContain('Rien n’a été connecté');
  expect(page).not.toContain('Nothing was connected');
  expect(page).toContain('href="/#/connections"');
});

it.each([
  ['no session', (_session: string) => ({})],
  ['a session of its own making', (_session: string) => ({ cookie: 'liaison_session=x' })],
])('refuses a callback with %s', async (_name, headers) => {
  const { session, state } = await start();
  const answer = await get(`/oauth/callback?state=${state}&code=good-code`, headers(session));
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('Nothing was connected');
  expect(rig.vendor.requests).toEqual([]);
});

it('what a callback says is never part of the page’s markup', async () => {
  const { session, state } = await start();
  const evil = '<script>alert(1)</script>"\'';
  const query = new URLSearchParams({ state, error: evil, error_description: evil, code: evil });
  const page = await (await get(`/oauth/callback?${query}`, { cookie: session })).text();
  expect(page).not.toContain('<script');
  expect(page).not.toContain('alert(1)');
  expect(await listConnections(rig.deps.database)).toEqual([]);
});

it.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/%0d%0aSet-Cookie:x',
  'javascript:alert(1)',
  '/a\n//b',
])('returnTo %j leads nowhere but here', async (returnTo) => {
  await get(`/oauth/start/crm?${new URLSearchParams({ returnTo })}`);
  const [row] = await rig.deps.database.query<{ return_to: string }>('select return_to from oauth_attempts');
  expect(new URL(row!.return_to, 'http://own.example').origin).toBe('http://own.example');
  expect(row!.return_to).toMatch(/^\/(?![/\\])/);
});
