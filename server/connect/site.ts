import { isIP } from 'node:net';
import { LiaisonError } from '../core/errors.ts';

const LONGEST = 200;

/**
 * The address of a customer's own site, as it is stored: https, the usual port, no trailing slash. That it leads
 * into no private network is seen when it is called, by the addresses that its name then has.
 *
 * @param text as somebody typed or pasted it; the scheme may be missing.
 * @throws LiaisonError `rejected`, naming the field `site`.
 */
export function readSite(text: string): string {
  const trimmed = text.trim();
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
  if (!isSite || url === null) throw notASite();
  return `https://${url.hostname}${url.pathname.replace(/\/+$/, '')}`;
}

function notASite(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'This is not an address that Liaison can reach. Enter the one that your customers see, such as https://shop.example.com: it begins with https and names no port.',
      fr: 'Liaison ne peut pas joindre cette adresse. Indiquez celle que voient vos clients, par exemple https://boutique.example.com : elle commence par https et ne nomme aucun port.',
    },
    field: 'site',
  });
}
