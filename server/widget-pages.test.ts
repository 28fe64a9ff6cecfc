import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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

async function get(path: string, options: Partial<WidgetPagesOptions> = {}) {
  const app = express();
  app.use('/widget', widgetPages({ folder, sdkUrl: null, crmOrigins: [], ...options }));
  server = createServer(app);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/widget/${path}`);
  const policy = answer.headers.get('content-security-policy')?.split('; ') ?? [];
  return { status: answer.status, text: await answer.text(), policy };
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

it('a page that was not built, and one that is none, are not there', async () => {
  expect((await get('settings.html')).status).toBe(404);
  await new Promise((resolve) => server?.close(resolve));
  expect((await get('index.html')).status).toBe(404);
});

it('this machine’s ports are named once each, as browsers name them', () => {
  expect(localOrigins([3001, 3001])).toEqual(['http://127.0.0.1:3001', 'http://localhost:3001']);
});
