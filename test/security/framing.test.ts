import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ROUTES, type Route } from '../../server/api/contract.ts';
import { BASE_PATH } from '../../server/api/paths.ts';
import { ZOHO_DATA_CENTRES } from '../../server/connectors/families/zoho/data-centres.ts';
import { buildPages } from '../browser/build-pages.ts';
import { openChromium } from '../browser/chromium.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { type Liaison, newPlace, type Place, removePlace, startLiaison } from '../system/liaison-process.ts';
import { bearer, newPage, signIn, startUrl } from './visitor.ts';

const PROJECT = path.join(import.meta.dirname, '..', '..');

let test: TestDatabase;
let place: Place;
let liaison: Liaison;

// The server as `npm start` starts it, in the sandbox.
beforeAll(async () => {
  await buildPages();
  test = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: test.connectionString });
  liaison = await startLiaison(place);
}, 120_000);
afterAll(async () => {
  await liaison?.stop();
  if (place) await removePlace(place);
  await test?.drop();
});

/** The one `frame-ancestors` of an answer, as its sources. */
function ancestorsOf(answer: Response): string[] {
  const policies = (answer.headers.get('content-security-policy') ?? '').split(';');
  const found = policies.map((part) => part.trim()).filter((part) => part.startsWith('frame-ancestors'));
  expect(found).toHaveLength(1);
  return found[0]!.split(/\s+/).slice(1);
}

describe('who may frame', () => {
  it('the pages: Liaison itself, the CRM of each data centre, and the sandbox’s own; no pattern, nobody else', async () => {
    const allowed = new Set([
      "'self'",
      ...ZOHO_DATA_CENTRES.flatMap(({ site }) => [
        `https://crm.${site}`,
        `https://crmplus.${site}`,
        `https://one.${site}`,
      ]),
      new URL(liaison.sandboxUrl).origin,
      new URL(liaison.sandboxUrl).origin.replace('127.0.0.1', 'localhost'),
    ]);
    const built = await readdir(path.join(PROJECT, 'dist', 'widget'));
    const pages = ['', ...built.filter((name) => name.endsWith('.html'))];
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      const answer = await fetch(`${liaison.url}/${page}`);
      expect(answer.status).toBe(200);
      const sources = ancestorsOf(answer);
      expect(sources.length).toBeGreaterThan(0);
      expect(sources.filter((source) => !allowed.has(source))).toEqual([]);
      // An older header beside it would be obeyed by nobody, or by the wrong ones.
      expect(answer.headers.get('x-frame-options')).toBeNull();
    }
  });

  it.each(['/auth/zoho/start', '/auth/zoho/callback', '/oauth/callback'])('%s: nobody', async (page) => {
    const answer = await fetch(liaison.url + page);
    expect(answer.status).toBe(400);
    expect(ancestorsOf(answer)).toEqual(["'none'"]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('no other page: a real Chromium shows it nothing', async () => {
    const evil: Server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><iframe src="${liaison.url}/?serviceOrigin=https://evil.example"></iframe>`,
      );
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => evil.once('listening', resolve));
    let browser: Browser | null = null;
    try {
      browser = await openChromium();
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
      await page.goto(`http://localhost:${(evil.address() as AddressInfo).port}/`);
      await refused;
      const text = await page.frameLocator('iframe').locator('body').textContent();
      expect(text).not.toContain('Atelier Lumen');
      expect(asked.filter((one) => one.startsWith(BASE_PATH))).toEqual([]);
    } finally {
      await browser?.close();
      evil.closeAllConnections();
      evil.close();
    }
  });
});

describe('a request that another page sends', () => {
  const changing = Object.values<Route>(ROUTES).filter(({ method }) => method !== 'GET');
  const send = (route: Route, headers: Record<string, string>) =>
    fetch(`${liaison.url}${BASE_PATH}${route.path.replaceAll(/:\w+/g, 'slack')}`, {
      method: route.method,
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });

  it.each([
    ['another site', () => ({ origin: 'https://evil.example' })],
    ['a file or a sandboxed frame', () => ({ origin: 'null' })],
    ['the CRM around it', () => ({ origin: 'https://crm.zoho.eu' })],
    ['the sandbox’s pages', () => ({ origin: new URL(liaison.sandboxUrl).origin })],
    ['another port of this machine', () => ({ origin: 'http://127.0.0.1:9' })],
    ['https in the place of http', () => ({ origin: liaison.url.replace('http:', 'https:') })],
  ])('of %s changes nothing: 403', async (_, headersOf) => {
    for (const route of changing) {
      const answer = await send(route, headersOf());
      expect([route.path, answer.status]).toEqual([route.path, 403]);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await fetch(`${liaison.url}${BASE_PATH}/connections`)).status).toBe(200);
  });

  it('is given no leave by a preflight', async () => {
    const answer = await fetch(`${liaison.url}${BASE_PATH}/me`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('as a plain form is refused before it is read', async () => {
    const answer = await fetch(`${liaison.url}${BASE_PATH}/session/renew`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(answer.status).toBe(415);
  });
});

describe('in the sandbox', () => {
  it('who signs in is judged by that alone, although this machine’s own pages are let in without', async () => {
    const { token } = await signIn(liaison.url, 'claire');
    const me = async (headers: Record<string, string>) => fetch(`${liaison.url}${BASE_PATH}/me`, { headers });
    expect(await (await me({})).json()).toMatchObject({ role: 'admin', user: null });
    expect(await (await me(bearer(token))).json()).toMatchObject({
      role: 'rep',
      user: { name: 'Claire Fontaine' },
      organisation: { name: 'Atelier Lumen' },
    });
    expect((await me(bearer('A'.repeat(43)))).status).toBe(401);
    expect((await me({ authorization: '' })).status).toBe(401);
    const stop = await fetch(`${liaison.url}${BASE_PATH}/integrations/deal-won-to-slack`, {
      method: 'PATCH',
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: JSON.stringify({ enabled: false }),
    });
    expect(stop.status).toBe(403);
  });

  it('the vendor’s page is told whom the CRM’s page belongs to, unless it is no address or they choose again', async () => {
    const hint = async (more: Record<string, string>) => {
      const answer = await fetch(startUrl(liaison.url, newPage(), more), { redirect: 'manual' });
      return new URL(answer.headers.get('location') ?? '').searchParams.get('login_hint');
    };
    const person = 'claire.fontaine@atelier-lumen.example';
    expect(await hint({ person })).toBe(person);
    expect(await hint({ person, again: '1' })).toBeNull();
    expect(await hint({ person: 'Claire Fontaine' })).toBeNull();
    expect(await hint({})).toBeNull();
  });

  it('a popup that a page opens under another name of this machine ends at the name that has the cookies', async () => {
    const { port } = new URL(liaison.url);
    const other = `http://localhost:${port}`;
    const answer = await fetch(startUrl(other, newPage()), { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${liaison.url}/auth/zoho/start\\?.*named=1`));
    const next = await fetch(answer.headers.get('location')!, { redirect: 'manual' });
    expect(next.status).toBe(303);
    expect(next.headers.get('location')).toContain(`${liaison.sandboxUrl}/zoho-accounts/oauth/v2/auth?`);
  });
});
