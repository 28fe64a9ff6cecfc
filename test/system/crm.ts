import { json } from './liaison-process.ts';

const REDIRECT = 'http://127.0.0.1:3000/api/v1/oauth/callback';
const MOST_AT_ONCE = 100;

/** A token for somebody else's program in the CRM. */
async function tokenOf(sandboxUrl: string): Promise<string> {
  const client = { clientId: 'sandbox-zoho-crm', redirectUri: REDIRECT };
  const { code } = await json<{ code: string }>(`${sandboxUrl}/_sandbox/consents/zoho-accounts`, {
    method: 'POST',
    body: JSON.stringify({ ...client, scope: 'ZohoCRM.modules.ALL' }),
  });
  const { access_token: token } = await json<{ access_token: string }>(
    `${sandboxUrl}/zoho-accounts/oauth/v2/token`,
    {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        client_secret: 'sandbox-secret-zoho-crm',
        redirect_uri: REDIRECT,
        code,
      }),
    },
  );
  return token;
}

/** Changes deals through the API, so that the CRM's workflow rules run. */
export async function editDeals(sandboxUrl: string, deals: readonly object[]): Promise<void> {
  const { data } = await json<{ data: { code: string }[] }>(`${sandboxUrl}/zoho-crm/crm/v8/Deals`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      authorization: `Zoho-oauthtoken ${await tokenOf(sandboxUrl)}`,
    },
    body: JSON.stringify({ data: deals, trigger: ['workflow'] }),
  });
  for (const one of data) if (one.code !== 'SUCCESS') throw new Error(JSON.stringify(one));
}

/** Somebody else's program in the CRM: creates deals through the API, so that its workflow rules run. */
export async function createWonDeals(sandboxUrl: string, names: readonly string[]): Promise<string[]> {
  const token = await tokenOf(sandboxUrl);
  const ids: string[] = [];
  for (let start = 0; start < names.length; start += MOST_AT_ONCE) {
    const deals = names.slice(start, start + MOST_AT_ONCE).map((name) => ({
      Deal_Name: name,
      Stage: 'Closed Won',
      Amount: 1_000,
      Closing_Date: '2026-12-31',
    }));
    const { data } = await json<{ data: { code: string; details: { id: string } }[] }>(
      `${sandboxUrl}/zoho-crm/crm/v8/Deals`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Zoho-oauthtoken ${token}` },
        body: JSON.stringify({ data: deals, trigger: ['workflow'] }),
      },
    );
    ids.push(
      ...data.map((one) => {
        if (one.code !== 'SUCCESS') throw new Error(JSON.stringify(one));
        return one.details.id;
      }),
    );
  }
  return ids;
}
