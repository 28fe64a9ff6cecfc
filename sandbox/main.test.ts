import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let data: string;
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'liaison-sandbox-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  rmSync(data, { recursive: true });
});

function run(port: number): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      ...process.env,
      SANDBOX_PORT: String(port),
      LIAISON_DATA: data,
      SANDBOX_RECORD: join(data, 'record.ndjson'),
    },
  });
  children.push(child);
  return child;
}

async function started(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const ready = JSON.parse(line.toString()) as { ready: boolean; url: string };
  expect(ready.ready).toBe(true);
  return ready.url;
}

test('the sandbox says when it is ready, who it is, and leaves on SIGTERM', async () => {
  const child = run(0);
  const url = await started(child);
  const about = (await (await fetch(`${url}/_sandbox`)).json()) as object;
  expect(about).toMatchObject({
    product: 'liaison-sandbox',
    pid: child.pid,
    dataFolder: join(data, 'sandbox'),
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
});

test('a port in use is one sentence and exit code 1, and the data is not touched', async () => {
  const url = await started(run(0));
  const second = run(Number(new URL(url).port));
  let said = '';
  second.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  expect(await once(second, 'close')).toEqual([1, null]);
  expect(said).toBe(
    `Port ${new URL(url).port} is in use. Stop what listens there, or set SANDBOX_PORT to another port.\n`,
  );
});

test('after kill -9 the grants and records are as they were answered', async () => {
  const first = run(0);
  const url = await started(first);
  const wish = {
    clientId: 'sandbox-zoho-crm',
    redirectUri: 'http://127.0.0.1:3000/cb',
    scope: 'ZohoCRM.modules.ALL',
  };
  const consent = await fetch(`${url}/_sandbox/consents/zoho-accounts`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });
  const { code } = (await consent.json()) as { code: string };
  const form = {
    grant_type: 'authorization_code',
    client_id: wish.clientId,
    client_secret: 'sandbox-secret-zoho-crm',
    code,
    redirect_uri: wish.redirectUri,
  };
  const tokens = (await (
    await fetch(`${url}/zoho-accounts/oauth/v2/token`, { method: 'POST', body: new URLSearchParams(form) })
  ).json()) as { access_token: string };
  const headers = { authorization: `Zoho-oauthtoken ${tokens.access_token}` };
  const made = await fetch(`${url}/zoho-crm/crm/v8/Leads`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ data: [{ Last_Name: 'Survivante' }] }),
  });
  expect(made.status).toBe(201);
  const {
    data: [lead],
  } = (await made.json()) as { data: [{ details: { id: string } }] };
  first.kill('SIGKILL');
  await once(first, 'close');

  const again = await started(run(0));
  const held = await fetch(`${again}/zoho-crm/crm/v8/Leads/${lead.details.id}`, { headers });
  expect(((await held.json()) as { data: object[] }).data).toMatchObject([{ Last_Name: 'Survivante' }]);
  const ledger = (await (await fetch(`${again}/_sandbox/ledger`)).json()) as { entries: object[] };
  expect(ledger.entries).toMatchObject([
    { seq: 1, vendor: 'zoho-crm', action: 'create', id: lead.details.id },
  ]);
});
