import type { Connector } from '../core/connector.ts';
import { familyOf } from '../core/registration.ts';
import type { ResultPage } from './result-page.ts';

/**
 * The page for whoever agreed for others, at an address that was passed on to them: such a callback ends no visit, and
 * connects nothing. Null: the callback says nothing of the kind.
 */
export function agreedPage(connectors: Iterable<Connector>, callback: URLSearchParams): ResultPage | null {
  const families = new Set([...connectors].map(familyOf));
  for (const family of families) {
    const sentence = family?.consentGiven?.(callback) ?? null;
    if (family === null || sentence === null) continue;
    const { titles } = family;
    return {
      title: { en: `${titles.en}: access agreed`, fr: `${titles.fr}\u00a0: accord donné` },
      sentence,
      returnTo: '/#/connections',
    };
  }
  return null;
}
