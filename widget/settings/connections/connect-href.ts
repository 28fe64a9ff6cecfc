const IS_FRAMED = window.parent !== window;

/**
 * Vendors do not show their consent in a frame, and in the place of the CRM's page the CRM would be gone: from a
 * frame it has a tab of its own.
 */
export const CONSENT_TARGET = IS_FRAMED ? '_blank' : '_self';

/** Where consent is asked for; it comes back to this page, or from a tab of its own to one that needs no frame. */
export function connectHref(connectUrl: string): string {
  const here = IS_FRAMED ? `/${location.hash}` : `${location.pathname}${location.search}${location.hash}`;
  return `${connectUrl}?returnTo=${encodeURIComponent(here)}`;
}
