import { json, type Liaison } from './liaison-process.ts';

/**
 * Connects an account as a browser does, the consent apart, which the vendor's control interface gives.
 *
 * @param service the simulator that asks for the consent.
 * @param account which of the vendor's accounts consents.
 */
export async function connectAccount(
  { url, sandboxUrl }: Liaison,
  connector: string,
  service: string,
  account: string,
): Promise<void> {
  const asked = await fetch(`${url}/oauth/start/${connector}?account=new&returnTo=/`, { redirect: 'manual' });
  const cookie = asked.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const wish = new URL(asked.headers.get('location') ?? '').searchParams;
  const given = await json<Record<string, string>>(`${sandboxUrl}/_sandbox/consents/${service}`, {
    method: 'POST',
    body: JSON.stringify({
      clientId: wish.get('client_id'),
      redirectUri: wish.get('redirect_uri'),
      scope: wish.get('scope'),
      state: wish.get('state'),
      account,
      parameters: Object.fromEntries(wish),
    }),
  });
  const query = new URLSearchParams({ state: wish.get('state') ?? '', ...given });
  const back = await fetch(`${url}/oauth/callback?${query}`, { redirect: 'manual', headers: { cookie } });
  if (back.status !== 303) throw new Error(`not connected: ${back.status} ${await back.text()}`);
}
