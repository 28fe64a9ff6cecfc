import { json } from './liaison-process.ts';

const CLIENT = {
  clientId: 'sandbox-zoho-crm',
  redirectUri: 'http://127.0.0.1:3000/api/v1/oauth/callback',
};
const MOST = 100;

export type CrmContact = Record<string, unknown> & { readonly id: string };

/** Somebody else's program in the CRM, which keeps to the CRM's API as Liaison does. */
export interface CrmProgram {
  contacts(): Promise<CrmContact[]>;
  create(contacts: readonly Record<string, unknown>[]): Promise<string[]>;
  /** Records of another module, as they stand. */
  records(module: string): Promise<CrmContact[]>;
  createIn(module: string, records: readonly Record<string, unknown>[]): Promise<string[]>;
  update(contacts: readonly CrmContact[]): Promise<void>;
  updateIn(module: string, records: readonly CrmContact[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

export async function openCrm(sandboxUrl: string): Promise<CrmProgram> {
  const { code } = await json<{ code: string }>(`${sandboxUrl}/_sandbox/consents/zoho-accounts`, {
    method: 'POST',
    body: JSON.stringify({ ...CLIENT, scope: 'ZohoCRM.modules.ALL' }),
  });
  const { access_token: token } = await json<{ access_token: string }>(
    `${sandboxUrl}/zoho-accounts/oauth/v2/token`,
    {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: CLIENT.clientId,
        client_secret: 'sandbox-secret-zoho-crm',
        redirect_uri: CLIENT.redirectUri,
        code,
      }),
    },
  );
  const base = `${sandboxUrl}/zoho-crm/crm/v8`;
  const url = `${base}/Contacts`;
  const headers = { 'content-type': 'application/json', authorization: `Zoho-oauthtoken ${token}` };

  async function send(
    method: 'POST' | 'PUT',
    records: readonly object[],
    module = 'Contacts',
  ): Promise<string[]> {
    const ids: string[] = [];
    for (let from = 0; from < records.length; from += MOST) {
      const some = records.slice(from, from + MOST);
      const { data } = await json<{ data: { code: string; details: { id: string } }[] }>(
        `${base}/${module}`,
        {
          method,
          headers,
          body: JSON.stringify({ data: some, trigger: [] }),
        },
      );
      for (const one of data) {
        if (one.code !== 'SUCCESS') throw new Error(JSON.stringify(one));
        ids.push(one.details.id);
      }
    }
    return ids;
  }

  async function records(module: string): Promise<CrmContact[]> {
    const { tables } = await json<{ tables: Record<string, CrmContact[]> }>(
      `${sandboxUrl}/_sandbox/state/zoho-crm`,
    );
    return tables[module] ?? [];
  }

  return {
    records,
    contacts: () => records('Contacts'),
    createIn: (module, some) => send('POST', some, module),
    create: (contacts) => send('POST', contacts),
    async update(contacts) {
      await send('PUT', contacts);
    },
    async updateIn(module, some) {
      await send('PUT', some, module);
    },
    async remove(ids) {
      for (let from = 0; from < ids.length; from += MOST) {
        const some = ids.slice(from, from + MOST).join(',');
        await json(`${url}?ids=${some}`, { method: 'DELETE', headers });
      }
    },
  };
}
