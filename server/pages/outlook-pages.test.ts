import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { OFFICE_JS_URL, OUTLOOK_ORIGINS } from './outlook-hosts.ts';
import { outlookPages } from './outlook-pages.ts';

let folder: string;
const servers: Server[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-outlook-pages-'));
  for (const name of ['pane', 'send', 'dialog', 'other'])
    await writeFile(join(folder, `${name}.html`), `<html lang="en"><script src="${OFFICE_JS_URL}"></script>`);
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true, force: true });
});

/** @returns what a page is answered with. */
async function asked(
  options: { officeUrl: string | null; origins: string[] },
  page: string,
  language = 'en',
) {
  const app = express();
  app.use('/outlook', outlookPages({ folder, ...options }));
  const server = app.listen(0);
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/outlook/${page}`, {
    headers: { 'accept-language': language },
  });
  const policy = Object.fromEntries(
    (answer.headers.get('content-security-policy') ?? '').split('; ').map((one) => one.split(/ (.*)/)),
  ) as Record<string, string>;
  return { answer, policy, text: await answer.text() };
}

const REAL = { officeUrl: null, origins: [] };

it.each(['pane.html', 'send.html'])(
  '%s runs our scripts and Microsoft’s, and is framed by Outlook alone',
  async (page) => {
    const { policy } = await asked(REAL, page);
    expect(policy['script-src']).toBe("'self' https://appsforoffice.microsoft.com");
    expect(policy['default-src']).toBe("'none'");
    expect(policy['connect-src']).toBe("'self'");
    expect(policy['frame-ancestors']).toBe(OUTLOOK_ORIGINS.join(' '));
  },
);

it('the dialog is framed by nobody', async () => {
  expect((await asked(REAL, 'dialog.html')).policy['frame-ancestors']).toBe("'none'");
});

it('an Exchange server of one’s own may frame the pane where it is named, and is no place for scripts', async () => {
  const { policy } = await asked({ officeUrl: null, origins: ['https://mail.acme.example'] }, 'pane.html');
  expect(policy['frame-ancestors']).toContain('https://mail.acme.example');
  expect(policy['script-src']).not.toContain('mail.acme.example');
});

it('the sandbox’s script takes the place of Microsoft’s, in the page and in its policy', async () => {
  const officeUrl = 'http://127.0.0.1:3001/office-js/office.js';
  const { policy, text } = await asked({ officeUrl, origins: [] }, 'pane.html');
  expect(text).toContain(`src="${officeUrl}"`);
  expect(text).not.toContain('microsoft');
  expect(policy['script-src']).toBe("'self' http://127.0.0.1:3001");
});

it('a page waits in the browser’s language, and no other file of the folder is served', async () => {
  expect((await asked(REAL, 'pane.html', 'fr-CA')).text).toContain('<html lang="fr">');
  expect((await asked(REAL, 'other.html')).answer.status).toBe(404);
});
