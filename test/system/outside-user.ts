import { json } from './liaison-process.ts';

const REDIRECT = 'http://127.0.0.1:3000/oauth/callback';

/** Somebody else's program with a token of its own, in the sandbox. */
export interface OutsideUser {
  /** Asks the vendor's API; paths begin after the service's own address. */
  call<T>(method: string, path: string, body?: object): Promise<T>;
}

const KINDS = {
  google: { consent: 'google-accounts', token: 'google-accounts/token', header: 'Bearer' },
  zoho: { consent: 'zoho-accounts', token: 'zoho-accounts/oauth/v2/token', header: 'Zoho-oauthtoken' },
} as const;

export async function outsideUser(
  sandboxUrl: string,
  kind: keyof typeof KINDS,
  client: string,
  service: string,
  scope: string,
): Promise<OutsideUser> {
  const { consent, token, header } = KINDS[kind];
  const { code } = await json<{ code: string }>(`${sandboxUrl}/_sandbox/consents/${consent}`, {
    method: 'POST',
    body: JSON.stringify({ clientId: `sandbox-${client}`, redirectUri: REDIRECT, scope }),
  });
  const answer = await json<{ access_token: string }>(`${sandboxUrl}/${token}`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: `sandbox-${client}`,
      client_secret: `sandbox-secret-${client}`,
      redirect_uri: REDIRECT,
      code,
    }),
  });
  return {
    async call<T>(method: string, path: string, body?: object) {
      const response = await fetch(`${sandboxUrl}/${service}${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `${header} ${answer.access_token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return (text === '' ? {} : JSON.parse(text)) as T;
    },
  };
}
