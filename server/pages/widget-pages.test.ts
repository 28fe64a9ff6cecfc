import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { localOrigins, type WidgetPagesOptions, widgetPages } from './widget-pages.ts';

const BUILT = `<head><meta name="liaison-crm-origins" content="https://crm.zoho.com https://crm.zoho.eu">
<meta name="liaison-crm-sdk" content="https://live.example/sdk.js"></head>`;

let folder: string;
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-widget-'));
  await writeFile(join(folder, 'record.html'), BUILT);
});
afterEach(async () => {
  await new Promise((resolve) => server?.close(resolve) ?? resolve(null));
  await rm(folder, { recursive: true });
});

async function get(
  path: string,
  options: Partial<WidgetPagesOptions> = {},
  headers: Record<string, string> = {},
) {
  const app = express();
  app.use('/widget', widgetPages({ folder, sdkUrl: null, crmOrigins: [], ...options }));
  server = createServer(app);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/widget/${path}`, { headers });
  const policy = answer.headers.get('content-security-policy')?.split('; ') ?? [];
  return { status: answer.status, headers: answer.headers, text: await answer.text(), policy };
}

it('a page is framed by the CRM alone, and loads scripts from here and of the CRM’s alone', async () => {
  const { text, policy } = await get('record.html');
  expect(text).toBe(BUILT);
  expect(policy).toContain('frame-ancestors https://crm.zoho.com https://crm.zoho.eu');
  expect(policy).toContain("script-src 'self' https://live.example");
  expect(policy).toContain("default-src 'none'");
});

it('what this server adds stands in the page and in its policy', async () => {
  const { text, policy } = await get('record.html', {
    sdkUrl: 'http://127.0.0.1:3001/a.js?b=$1',
    crmOrigins: ['http://127.0.0.1:3001', 'https://crm.zoho.eu'],
  });
  const list = 'https://crm.zoho.com https://crm.zoho.eu http://127.0.0.1:3001';
  expect(text).toContain(`content="${list}"`);
  expect(text).toContain('content="http://127.0.0.1:3001/a.js?b=$1"');
  expect(policy).toContain(`frame-ancestors ${list}`);
  expect(policy).toContain("script-src 'self' http://127.0.0.1:3001");
});

it('what a page says while it loads is in the browser’s language', async () => {
  await writeFile(join(folder, 'record.html'), `<!doctype html>\n<html lang="en">${BUILT}`);
  const languages = async (accept: string) => {
    const { text } = await get('record.html', {}, { 'accept-language': accept });
    await new Promise((resolve) => server?.close(resolve));
    return /<html lang="(..)">/.exec(text)?.[1];
  };
  expect(await languages('fr-FR,fr;q=0.9,en;q=0.8')).toBe('fr');
  expect(await languages('en-GB')).toBe('en');
  expect(await languages('de')).toBe('en');
});

it('scripts and styles come compressed to whoever takes them so, and are the same for everybody', async () => {
  await mkdir(join(folder, 'assets'));
  const script = 'document.title = "Liaison";\n'.repeat(200);
  await writeFile(join(folder, 'assets', 'app-1.js'), script);
  for (const encoding of ['br', 'gzip']) {
    for (const _again of [1, 2]) {
      const { text, headers } = await get('assets/app-1.js', {}, { 'accept-encoding': encoding });
      expect(text).toBe(script);
      expect(headers.get('content-encoding')).toBe(encoding);
      expect(Number(headers.get('content-length'))).toBeLessThan(script.length / 10);
      expect(headers.get('content-type')).toContain('javascript');
      expect(headers.get('cache-control')).toContain('immutable');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('vary')).toMatch(/accept-encoding/i);
      await new Promise((resolve) => server?.close(resolve));
    }
  }
  const plain = await get('assets/app-1.js', {}, { 'accept-encoding': 'identity' });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(plain.text).toBe(script);
  await new Promise((resolve) => server?.close(resolve));
  expect((await get('assets/gone.js', {}, { 'accept-encoding': 'br' })).status).toBe(404);
  await new Promise((resolve) => server?.close(resolve));
  expect(
    (await get('assets/..%2Frecord.html', {}, { 'accept-encoding': 'br' })).status,
  ).toBeGreaterThanOrEqual(400);
});

it('a page that was not built, and one that is none, are not there', async () => {
  expect((await get('settings.html')).status).toBe(404);
  await new Promise((resolve) => server?.close(resolve));
  expect((await get('index.html')).status).toBe(404);
});

it('this machine’s ports are named once each, as browsers name them', () => {
  expect(localOrigins([3001, 3001])).toEqual(['http://127.0.0.1:3001', 'http://localhost:3001']);
});
