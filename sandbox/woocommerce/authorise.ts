import type { Request, Router } from 'express';
import { bodyOf } from '../core/body.ts';
import { consentPage, languageOf, refusedPage, type Words } from '../core/consent-page.ts';
import { textsOf } from '../core/consent-screen.ts';
import { isLocalAddress } from '../core/oauth-clients.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { makeKey } from './keys.ts';
import { gmtText, type KeyRow, wooTables } from './rows.ts';
import { shop } from './shop.ts';

type Asked = Readonly<Record<string, string>>;
type Scope = NonNullable<KeyRow['permissions']>;

/** How long the shop waits for whoever takes the keys. */
const PATIENCE_MS = 60_000;

/** What a scope opens, in the words of the shop. */
const SCOPES: Readonly<Record<Scope, Words>> = {
  read: {
    en: 'view coupons, customers, orders and products',
    fr: 'voir les codes promo, clients, commandes et produits',
  },
  write: {
    en: 'create webhooks, coupons, customers, orders and products',
    fr: 'créer des webhooks, codes promo, clients, commandes et produits',
  },
  read_write: {
    en: 'create webhooks; view and manage coupons, customers, orders and products',
    fr: 'créer des webhooks ; voir et gérer les codes promo, clients, commandes et produits',
  },
};

/**
 * The page on which the shop's manager lets an application in. Keys are made then and sent to the application, and only
 * one that answers 200 keeps them. https://developer.woocommerce.com/docs/apis/rest-api/authentication/
 */
export function mountAuthorise(router: Router, desk: VendorDesk): void {
  const look = (request: Request) => ({
    title: 'WooCommerce',
    colour: '#7f54b3',
    language: languageOf(request.headers['accept-language']),
  });
  // WordPress ends every refusal here with one page: "Access denied".
  const denied = (request: Request, reason: string) => refusedPage(look(request), `Error: ${reason}.`);

  router.get('/wc-auth/v1/authorize', (request, response) => {
    const asked = textsOf(request.query);
    const reason = refusalOf(asked);
    if (reason !== null) return response.status(401).type('html').send(denied(request, reason));
    const scope = asked.scope as Scope;
    return response.type('html').send(
      consentPage({
        ...look(request),
        application: asked.app_name ?? '',
        account: shop.address,
        scopes: [{ scope, words: SCOPES[scope] }],
        query: asked,
      }),
    );
  });

  router.post('/wc-auth/v1/authorize', async (request, response) => {
    const { decision, ...asked } = bodyOf(request).form;
    const reason = refusalOf(asked);
    if (reason !== null) return response.status(401).type('html').send(denied(request, reason));
    if (decision === 'accept') {
      const failure = await handOver(desk, asked);
      if (failure !== null) return response.status(401).type('html').send(denied(request, failure));
    }
    const back = new URL(addressOf(asked.return_url));
    back.searchParams.set('success', decision === 'accept' ? '1' : '0');
    back.searchParams.set('user_id', asked.user_id ?? '');
    return response.redirect(302, back.href);
  });
}

/** An address without a scheme is taken for one of https. */
const addressOf = (text = ''): string => (text.includes('://') ? text : `https://${text}`);

function refusalOf(asked: Asked): string | null {
  const missing = ['app_name', 'user_id', 'return_url', 'callback_url', 'scope'].find((name) => !asked[name]);
  if (missing !== undefined) return `Missing parameter ${missing}`;
  if (!Object.hasOwn(SCOPES, asked.scope ?? '')) return `Invalid scope ${asked.scope}`;
  for (const name of ['return_url', 'callback_url'])
    if (!URL.canParse(addressOf(asked[name]))) return `The ${name} is not a valid URL`;
  const callback = addressOf(asked.callback_url);
  // The sandbox stands for a shop behind TLS, and so does what runs on this machine.
  if (!/^https:/i.test(callback) && !isLocalAddress(callback)) return 'The callback_url needs to be over SSL';
  return null;
}

/** @returns why it failed; the keys are gone again then. */
async function handOver(desk: VendorDesk, asked: Asked): Promise<string | null> {
  const permissions = asked.scope as Scope;
  const description = `${(asked.app_name ?? '').slice(0, 170)} - API (${gmtText(desk.clock()).replace('T', ' ')})`;
  const { id, row } = makeKey(desk, { permissions, description });
  const body = {
    key_id: id,
    user_id: asked.user_id,
    consumer_key: row.key,
    consumer_secret: row.secret,
    key_permissions: permissions,
  };
  const answer = await sent(addressOf(asked.callback_url), body);
  if (answer === 200) return null;
  wooTables(desk).keys.delete(String(id));
  return typeof answer === 'string'
    ? answer
    : 'An error occurred in the request and at the time were unable to send the consumer data';
}

/** The status of the answer, or why there was none. */
async function sent(url: string, body: object): Promise<number | string> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
