import { createHash, randomBytes } from 'node:crypto';
import { BASE_PATH } from '../../server/api/paths.ts';

/** A browser, as far as redirects, forms and cookies go: one jar for each host and port. */
export class Visitor {
  readonly #jars = new Map<string, Map<string, string>>();

  async visit(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(url);
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  cookiesOf(url: string): ReadonlyMap<string, string> {
    return this.#jars.get(new URL(url).host) ?? new Map();
  }

  setCookie(url: string, name: string, value: string): void {
    const { host } = new URL(url);
    this.#jars.set(host, new Map([...(this.#jars.get(host) ?? []), [name, value]]));
  }
}

export interface Page {
  readonly verifier: string;
  readonly challenge: string;
}

/** What a page of Liaison makes before it opens the popup. */
export function newPage(): Page {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export function startUrl(url: string, page: Page, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ challenge: page.challenge, opener: url, language: 'fr', ...more });
  return `${url}/auth/zoho/start?${query}`;
}

export const locationOf = (answer: Response): URL =>
  new URL(answer.headers.get('location') ?? '', 'http://none');

/** Opens the popup, up to the vendor's consent page. */
export async function openPopup(visitor: Visitor, url: string, page: Page): Promise<URL> {
  const answer = await visitor.visit(startUrl(url, page));
  if (answer.status !== 303)
    throw new Error(`the popup was answered ${answer.status}: ${await answer.text()}`);
  return locationOf(answer);
}

/** Presses a button of the consent page. @returns where it sends the browser: our callback. */
export async function decide(
  visitor: Visitor,
  consent: URL,
  decision: 'accept' | 'deny',
  account = 'hugo',
  tamper: (form: URLSearchParams) => void = () => {},
): Promise<URL> {
  const page = await (await visitor.visit(consent)).text();
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const form = new URLSearchParams(fields.map(([, name, value]) => [unescaped(name!), unescaped(value!)]));
  form.set('decision', decision);
  form.set('account', account);
  tamper(form);
  const target = new URL(consent.pathname, consent.origin);
  return locationOf(await visitor.visit(target, { method: 'POST', body: form }));
}

const unescaped = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** The one-time code on the popup's last page; null when it holds none. */
export const codeOn = (html: string): string | null => /data-code="([^"]+)"/.exec(html)?.[1] ?? null;

export interface Tokens {
  readonly token: string;
  readonly renewal: string;
  readonly expiresIn: number;
}

export function postJson(url: string, path: string, body: unknown, init: RequestInit = {}) {
  return fetch(`${url}${BASE_PATH}${path}`, {
    method: 'POST',
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
    body: JSON.stringify(body),
  });
}

/** The whole way: popup, consent, code, session. */
export async function signIn(url: string, account = 'hugo', visitor = new Visitor()): Promise<Tokens> {
  const page = newPage();
  const callback = await decide(visitor, await openPopup(visitor, url, page), 'accept', account);
  const last = await (await visitor.visit(callback)).text();
  const code = codeOn(last);
  if (code === null) throw new Error(`the popup ended without a code: ${last.replaceAll(/<[^>]*>/g, ' ')}`);
  const answer = await postJson(url, '/session', { code, verifier: page.verifier });
  if (!answer.ok) throw new Error(`no session was given: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Tokens;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
