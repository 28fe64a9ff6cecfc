import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../core/host.ts';
import { simulators } from '../index.ts';
import { sandboxPages } from '../page/router.ts';

const REDIRECT = 'http://127.0.0.1:3000/callback';
const BYTES = new Uint8Array([0x3c, 0x73, 0x76, 0x67, 0, 0xff, 0x0d, 0x0a]);

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let folder: string;
let token: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-crm-attachments-'));
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators,
    pages: sandboxPages({ liaisonUrl: 'http://127.0.0.1:9' }),
  });
  const wish = {
    clientId: 'sandbox-zoho-crm',
    redirectUri: REDIRECT,
    scope: 'ZohoCRM.modules.ALL',
  };
  const consent = await fetch(`${sandbox.url}/_sandbox/consents/zoho-accounts`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });
  const { code } = (await consent.json()) as { code: string };
  const answer = await fetch(`${sandbox.url}/zoho-accounts/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', client_id: wish.clientId, redirect_uri: REDIRECT, code },
      client_secret: 'sandbox-secret-zoho-crm',
    }),
  });
  token = ((await answer.json()) as { access_token: string }).access_token;
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

async function lead(at: number): Promise<string> {
  const state = await fetch(`${sandbox.url}/_sandbox/state/zoho-crm?tables=Leads`);
  const { tables } = (await state.json()) as { tables: { Leads: { id: string }[] } };
  return tables.Leads[at]?.id ?? '';
}

async function attach(record: string, name: string, bytes: Uint8Array<ArrayBuffer>) {
  const body = new FormData();
  body.append('file', new File([bytes], name, { type: 'image/svg+xml' }), name);
  const answer = await fetch(`${sandbox.url}/zoho-crm/crm/v8/Leads/${record}/Attachments`, {
    method: 'POST',
    headers: { authorization: `Zoho-oauthtoken ${token}` },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const page = async (record: string, language: string) =>
  (await fetch(`${sandbox.url}/crm/Leads/${record}?lang=${language}`)).text();

it('a record shows the files beside it by name and size, in both languages, and gives them as they came', async () => {
  const record = await lead(0);
  expect(await page(record, 'en')).toContain('No file yet.');
  expect(await page(record, 'fr')).toContain('Aucun fichier.');
  expect((await attach(record, 'Plan <été>.svg', BYTES)).status).toBe(200);

  const [english, french] = [await page(record, 'en'), await page(record, 'fr')];
  expect(english).toMatch(/<h2>Attachments<\/h2>.*Plan &lt;été&gt;\.svg<\/a>.*8 byte/s);
  expect(french).toMatch(/<h2>Pièces jointes<\/h2>.*Plan &lt;été&gt;\.svg<\/a>.*8\s(?:octets|o)\b/s);
  const [, address = ''] = /href="([^"]+\/attachments\/\d+[^"]*)" download/.exec(french) ?? [];
  const got = await fetch(`${sandbox.url}${address}`);
  expect(got.status).toBe(200);
  expect(new Uint8Array(await got.arrayBuffer())).toEqual(BYTES);
  // Whoever uploaded it is nobody: it is kept, never opened as a page of the sandbox's own.
  expect(got.headers.get('content-disposition')).toMatch(/^attachment;/);
  expect(got.headers.get('content-type')).toBe('application/octet-stream');
  expect(got.headers.get('x-content-type-options')).toBe('nosniff');
});

it('a file of another record is not given', async () => {
  const [, own = ''] = /\/attachments\/(\d+)/.exec(await page(await lead(0), 'en')) ?? [];
  expect(own).not.toBe('');
  expect((await fetch(`${sandbox.url}/crm/Leads/${await lead(1)}/attachments/${own}`)).status).toBe(404);
});

it('what holds a virus, and what makes more than 100 MB beside one record, is refused as the CRM does', async () => {
  const record = await lead(1);
  const virus = new TextEncoder().encode('X5O!P%@AP EICAR-STANDARD-ANTIVIRUS-TEST-FILE');
  expect(await attach(record, 'virus.txt', virus)).toMatchObject({
    status: 400,
    body: { code: 'INVALID_DATA', status: 'error' },
  });
  const large = new Uint8Array(24_000_000);
  for (let at = 0; at < 4; at += 1) expect((await attach(record, `${at}.bin`, large)).status).toBe(200);
  expect(await attach(record, 'beyond.bin', large)).toMatchObject({
    status: 413,
    body: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', status: 'error', details: {} },
  });
});
