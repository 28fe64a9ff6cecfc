import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../../sandbox/core/host.ts';
import { zohoAccounts } from '../../sandbox/zoho-accounts/simulator.ts';
import { zohoCrm } from '../../sandbox/zoho-crm/simulator.ts';

const REDIRECT_URI = 'http://127.0.0.1:3000/callback';
const ALL_SCOPES = [
  'ZohoCRM.modules.ALL',
  'ZohoCRM.settings.ALL',
  'ZohoCRM.users.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.notifications.ALL',
  'ZohoCRM.coql.READ',
  'ZohoSearch.securesearch.READ',
].join(',');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the vendor answers.
  readonly body: any;
}

/** A sandbox with a CRM that a test is connected to; for tests only. */
export interface TestCrm {
  readonly sandbox: RunningSandbox;
  /** Calls the API: `call('POST', '/Leads', { data: […] })`. */
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  /** Consents as `clientId` and answers the tokens. */
  connect(clientId: string, scopes?: string): Promise<{ access_token: string; refresh_token: string }>;
  readonly folder: string;
  stop(): Promise<void>;
}

/** A file of its own where the run is recorded for the check against the vendors' contracts. */
function recording(): string | undefined {
  const folder = process.env.SANDBOX_RECORD_FOLDER;
  return folder === undefined ? undefined : join(folder, `${randomUUID()}.ndjson`);
}

/**
 * @param options.recorded for tests that only send what the contract allows, and nothing wrong on purpose.
 */
export async function startTestCrm(
  options: { clock?: () => Date; recorded?: boolean; limitFactor?: number } = {},
): Promise<TestCrm> {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-crm-'));
  const sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators: [zohoAccounts, zohoCrm],
    scenarios: [],
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.limitFactor === undefined ? {} : { limitFactor: options.limitFactor }),
    record: options.recorded ? recording() : undefined,
  });
  const connect = async (clientId: string, scope = ALL_SCOPES) => {
    const consent = await fetch(`${sandbox.url}/_sandbox/consents/zoho-accounts`, {
      method: 'POST',
      body: JSON.stringify({ clientId, redirectUri: REDIRECT_URI, scope }),
    });
    const { code } = (await consent.json()) as { code: string };
    const client_secret = clientId.replace('sandbox-', 'sandbox-secret-');
    const form = {
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret,
      code,
      redirect_uri: REDIRECT_URI,
    };
    const answer = await fetch(`${sandbox.url}/zoho-accounts/oauth/v2/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return (await answer.json()) as { access_token: string; refresh_token: string };
  };
  const { access_token } = await connect('sandbox-zoho-crm');
  return {
    sandbox,
    folder,
    connect,
    async call(method, path, body, headers = {}) {
      const answer = await fetch(`${sandbox.url}/zoho-crm/crm/v8${path}`, {
        method,
        headers: {
          authorization: `Zoho-oauthtoken ${access_token}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
    },
    async stop() {
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
