import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import AdmZip from 'adm-zip';
import express from 'express';
import type { Browser } from 'playwright-core';
import { faultsOf } from '../../marketplace/check-package.ts';
import { manifestOf } from '../../marketplace/manifest.ts';
import { scopesTable, withScopes } from '../../marketplace/scopes-table.ts';
import { connectors } from '../../server/connectors/index.ts';
import { openChromium } from '../browser/chromium.ts';

const ROOT = join(import.meta.dirname, '..', '..');

let folder: string;
let printed: string;
let zip: string;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-package-'));
  // As the command does it: in a process of its own.
  const command = [join(ROOT, 'marketplace', 'make-package.ts'), folder];
  ({ stdout: printed } = await promisify(execFile)(process.execPath, command));
  zip = join(folder, 'liaison', 'dist', 'liaison.zip');
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the package for the Marketplace', () => {
  it('is accepted by Zoho’s own toolkit', () => {
    expect(printed).toContain('Validation Rules passed successfully.');
    expect(printed).toContain('Extension packed successfully');
  });

  it('tells the scopes and hosts that the connectors declare, and no others', async () => {
    const manifest: unknown = JSON.parse(await readFile(join(ROOT, 'plugin-manifest.json'), 'utf8'));
    expect(manifest).toEqual(manifestOf(connectors));
    const docs = await readFile(join(ROOT, 'docs', 'marketplace.md'), 'utf8');
    // The formatter aligns the table's columns.
    const words = (text: string) => text.replace(/ +/g, ' ').replace(/-+/g, '-');
    expect(words(docs)).toBe(words(withScopes(docs, scopesTable(connectors))));
  });

  it('holds pages that open from its own files, and say where to open them', async () => {
    const unpacked = join(folder, 'unpacked');
    new AdmZip(zip).extractAllTo(unpacked);
    const server = express().use(express.static(unpacked)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      for (const name of ['record.html', 'settings.html']) {
        const page = await browser.newPage({ locale: 'en-GB' });
        const failed: string[] = [];
        page.on('requestfailed', (request) => failed.push(request.url()));
        page.on('response', (response) => {
          if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
        });
        await page.goto(`${origin}/app/${name}`);
        await page.getByText(/CRM/).first().waitFor();
        expect([name, failed]).toEqual([name, []]);
        await page.close();
      }
    } finally {
      server.close();
    }
  });

  it('is refused when the toolkit left a file out', async () => {
    const project = join(folder, 'liaison');
    // One of the kinds that it drops without a word.
    await writeFile(join(project, 'app', 'assets', 'picture.webp'), 'x');
    expect(await faultsOf(project, zip)).toEqual(['app/assets/picture.webp was left out of the package']);
  });
});
