import { createHmac } from 'node:crypto';
import type { Connector, OAuthAuthorisation } from '../core/connector.ts';
import { same } from '../core/same.ts';
import { forgedCallback } from './refusals.ts';

/** What a vendor signs of a callback: all but the signature, sorted by name, as a form is written. */
function signedText(query: URLSearchParams, signature: string): string {
  const others = new URLSearchParams([...query].filter(([name]) => name !== signature));
  others.sort();
  return others.toString();
}

/**
 * That a callback was signed by the vendor and is of the site that was visited, for vendors that say so.
 *
 * @throws LiaisonError otherwise, before any secret is sent anywhere.
 */
export function checkCallback(
  { titles }: Connector,
  { callback }: OAuthAuthorisation,
  query: URLSearchParams,
  { site, secret }: { readonly site: string | null; readonly secret: string },
): void {
  if (callback === undefined) return;
  const expected = createHmac('sha256', secret).update(signedText(query, callback.signature)).digest('hex');
  const given = query.getAll(callback.signature);
  const isSigned = given.length === 1 && same(given[0]?.toLowerCase() ?? '', expected);
  const named = query.getAll(callback.site);
  const isVisited = site !== null && named.length === 1 && named[0] === new URL(site).host;
  if (!isSigned || !isVisited) throw forgedCallback(titles.en);
}
