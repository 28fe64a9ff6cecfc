import type { Language } from '../../../server/core/sentence.ts';

// Some Outlooks show the pane in a window of its own, which is no place for a vendor's page either.
const IS_FRAMED = window.parent !== window || location.pathname.startsWith('/outlook/');

/**
 * Vendors do not show their consent in a frame, and in the place of the CRM's page the CRM would be gone: from a
 * frame it has a tab of its own.
 */
export const CONSENT_TARGET = IS_FRAMED ? '_blank' : '_self';

/**
 * Where consent is asked for, in the language that Liaison is read in. It comes back to this page, which is told
 * what was connected; from a frame, in a tab of its own, to a page that says that the tab may be closed.
 */
export function connectHref(
  connectUrl: string,
  language: Language,
  wish: Readonly<Record<string, string>> = {},
): string {
  const here = IS_FRAMED
    ? `/oauth/connected?language=${language}`
    : `${location.pathname}${location.search}${location.hash}`;
  const query = new URLSearchParams({ ...wish, returnTo: here, language });
  return `${connectUrl}${connectUrl.includes('?') ? '&' : '?'}${query}`;
}
