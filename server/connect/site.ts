import { isIP } from 'node:net';
import type { Connector, SiteDeclaration } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import type { Sentence } from '../core/sentence.ts';
import { connectionById } from '../store/connections.ts';
import type { ConnectDeps } from './deps.ts';

const LONGEST = 200;

/**
 * The address of a customer's own site, as it is stored: https, the usual port, no trailing slash. That it leads
 * into no private network is seen when it is called, by the addresses that its name then has.
 *
 * @param text as somebody typed or pasted it; the scheme may be missing.
 * @throws LiaisonError `rejected`, naming the field `site`.
 */
export function readSite(text: string, { named }: Pick<SiteDeclaration, 'named'> = {}): string {
  const trimmed = text.trim();
  if (named !== undefined) {
    const host = trimmed.length <= LONGEST ? named.hostOf(trimmed) : null;
    if (host === null) throw notASite(named.refusal);
    return `https://${host}`;
  }
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  const isSite =
    trimmed.length <= LONGEST &&
    url?.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    // A name without a dot is one of the own network's; a number is none of a shop's.
    /\.[a-z][a-z0-9-]*$/.test(url.hostname) &&
    isIP(url.hostname) === 0;
  if (!isSite || url === null) throw notASite(ANY_SITE);
  return `https://${url.hostname}${url.pathname.replace(/\/+$/, '')}`;
}

/**
 * The site whose consent page is visited: the one that was typed, or that of the connection that is renewed. Null for
 * vendors that have one address for all.
 */
export async function siteToVisit(
  { database }: Pick<ConnectDeps, 'database'>,
  wish: {
    readonly connector: Connector;
    readonly site?: string | undefined;
    readonly connectionId?: string | undefined;
  },
): Promise<string | null> {
  const { site } = wish.connector;
  if (site === undefined) return null;
  const renewed =
    wish.site !== undefined || wish.connectionId === undefined
      ? null
      : await connectionById(database, wish.connectionId);
  return renewed?.site ?? readSite(wish.site ?? '', site);
}

const ANY_SITE: Sentence = {
  en: 'This is not an address that Liaison can reach. Enter the one that your customers see, such as https://shop.example.com: it begins with https and names no port.',
  fr: 'Liaison ne peut pas joindre cette adresse. Indiquez celle que voient vos clients, par exemple https://boutique.example.com\u00a0: elle commence par https et ne nomme aucun port.',
};

const notASite = (sentence: Sentence): LiaisonError =>
  new LiaisonError('rejected', { sentence, field: 'site' });
