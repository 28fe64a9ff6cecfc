import { createHash, randomBytes } from 'node:crypto';
import { decide, locationOf, type Visitor } from './visitor.ts';

/** Another application that asks people for access, as its own server does. */

export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
}

export const FIRST: Client = {
  id: 'client-first',
  secret: 'secret-first',
  redirectUri: 'https://first.example.com/return',
};
export const SECOND: Client = {
  id: 'client-second',
  secret: 'secret-second',
  redirectUri: 'https://second.example.com/return',
};

export interface Ask {
  readonly url: string;
  readonly verifier: string;
  readonly state: string;
}

/** What the application sends the browser to. A parameter that is null is left out. */
export function ask(base: string, client: Client, change: Record<string, string | null> = {}): Ask {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(12).toString('base64url');
  const parameters: Record<string, string | null> = {
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
    scope: 'read write hooks',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  };
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
  return { url: `${base}/oauth/authorize?${query}`, verifier, state };
}

const unescaped = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** The form that the consent page holds. */
export function formOn(html: string): URLSearchParams {
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return new URLSearchParams(fields.map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]));
}

/** The page that asks, after signing in at the vendor where the browser is nobody yet. */
export async function openConsent(visitor: Visitor, url: string, account = 'hugo'): Promise<Response> {
  let answer = await visitor.visit(url);
  for (let steps = 0; answer.status === 303 && steps < 6; steps += 1) {
    const to = locationOf(answer);
    if (to.hostname.endsWith('example.com')) return answer;
    const next = new URL(to.href.replace(/^http:\/\/none/, new URL(url).origin));
    const isVendor = next.pathname.includes('/oauth/v2/auth');
    answer = await visitor.visit(isVendor ? await decide(visitor, next, 'accept', account) : next);
  }
  return answer;
}

export function answerConsent(
  visitor: Visitor,
  base: string,
  html: string,
  change: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = formOn(html);
  form.set('decision', 'allow');
  for (const [name, value] of Object.entries(change)) form.set(name, value);
  return visitor.visit(`${base}/oauth/authorize`, { method: 'POST', body: form, headers });
}

/** Up to the code that the application is given. */
export async function codeFor(
  visitor: Visitor,
  base: string,
  client: Client,
  change: Record<string, string | null> = {},
): Promise<{ readonly code: string; readonly verifier: string }> {
  const asked = ask(base, client, change);
  const page = await openConsent(visitor, asked.url);
  const back = locationOf(await answerConsent(visitor, base, await page.text()));
  const code = back.searchParams.get('code');
  if (code === null) throw new Error(`no code came back: ${back.href}`);
  return { code, verifier: asked.verifier };
}

export const post = (base: string, path: string, form: Record<string, string>, headers = {}) =>
  fetch(`${base}${path}`, { method: 'POST', body: new URLSearchParams(form), headers });

export const exchange = (
  base: string,
  client: Client,
  { code, verifier }: { code: string; verifier: string },
  change: Record<string, string> = {},
) =>
  post(base, '/oauth/token', {
    grant_type: 'authorization_code',
    client_id: client.id,
    client_secret: client.secret,
    redirect_uri: client.redirectUri,
    code,
    code_verifier: verifier,
    ...change,
  });

export const refresh = (base: string, client: Client, token: string) =>
  post(base, '/oauth/token', {
    grant_type: 'refresh_token',
    client_id: client.id,
    client_secret: client.secret,
    refresh_token: token,
  });

export interface Given {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly scope: string;
}

/** All of it: asked, allowed, exchanged. */
export async function letIn(
  visitor: Visitor,
  base: string,
  client: Client = FIRST,
  scope = 'read write hooks',
): Promise<Given> {
  const answer = await exchange(base, client, await codeFor(visitor, base, client, { scope }));
  if (!answer.ok) throw new Error(`no tokens: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Given;
}
