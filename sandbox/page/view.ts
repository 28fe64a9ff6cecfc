import type { Request } from 'express';
import type { ControlParts } from '../core/control.ts';
import type { VendorDesk } from '../core/simulator.ts';

export type Language = 'en' | 'fr';

/** What every part of the page is handed: the language that it speaks, and what it may look at. */
export interface View {
  readonly language: Language;
  /** Path of the request, with the leading slash. */
  readonly path: string;
  /** True when the caller wants the rows as they are. */
  readonly raw: boolean;
  readonly parts: ControlParts;
  /** Address of the server that the sandbox is for: of its log. */
  readonly liaisonUrl: string;
  /** Picks the text of the page's language. */
  t(en: string, fr: string): string;
  /** A path within the page that keeps the language that was chosen. */
  to(path: string): string;
  /** A vendor's desk; undefined when this sandbox has no such vendor. */
  desk(vendor: string): VendorDesk | undefined;
}

export function viewOf(request: Request, parts: ControlParts, liaisonUrl: string): View {
  const { lang } = request.query;
  const chosen = lang === 'fr' || lang === 'en' ? lang : null;
  const accepted = request.acceptsLanguages(['en', 'fr']);
  const language: Language = chosen ?? (accepted === 'fr' ? 'fr' : 'en');
  return {
    language,
    path: request.path,
    raw: request.query.raw === '1',
    parts,
    liaisonUrl: listenerOf(parts) ?? liaisonUrl,
    t: (en, fr) => (language === 'fr' ? fr : en),
    to: (path) => (chosen === null ? path : withQuery(path, 'lang', chosen)),
    desk: (vendor) =>
      parts.simulators.some((one) => one.vendor === vendor) ? parts.deskOf(vendor) : undefined,
  };
}

/**
 * Where the server is that listens to the vendors' webhooks: it may have been given another port than the
 * sandbox was told, and a sandbox that outlives its server is taken up by the next one.
 */
function listenerOf(parts: ControlParts): string | undefined {
  const held = parts.simulators.flatMap((one) => one.webhooks?.(parts.deskOf(one.vendor)) ?? []);
  const url = held.map((one) => URL.parse(one.url)).findLast((one) => one?.pathname.startsWith('/hooks/'));
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

export function withQuery(path: string, name: string, value: string): string {
  const url = new URL(path, 'http://sandbox');
  url.searchParams.set(name, value);
  return `${url.pathname}${url.search}${url.hash}`;
}
