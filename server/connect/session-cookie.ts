import type { Request, Response } from 'express';
import type { Language } from '../core/sentence.ts';

const NAME = 'liaison_session';
const PATTERN = new RegExp(`(?:^|;\\s*)${NAME}=([A-Za-z0-9_-]{43})(?:;|$)`);
const ONE_DAY_SECONDS = 86_400;

/** The browser's session, from its cookie; null when it has none that we made. */
export function readSession(request: Request): string | null {
  return PATTERN.exec(request.headers.cookie ?? '')?.[1] ?? null;
}

/**
 * The browser's session, begun when there is none. `Lax`, because the vendor's page sends the browser
 * back with a plain GET from another site.
 */
export function ensureSession(
  request: Request,
  response: Response,
  options: { randomBytes: (size: number) => Buffer; isSecure: boolean },
): string {
  const existing = readSession(request);
  if (existing !== null) return existing;
  const session = options.randomBytes(32).toString('base64url');
  response.append(
    'set-cookie',
    `${NAME}=${session}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${ONE_DAY_SECONDS}${options.isSecure ? '; Secure' : ''}`,
  );
  return session;
}

const LANGUAGE = 'liaison_language';
const LANGUAGE_PATTERN = new RegExp(`(?:^|;\\s*)${LANGUAGE}=(en|fr)(?:;|$)`);

/**
 * Keeps the language that a visitor reads Liaison in until the vendor's page has sent the browser back: its
 * settings say more than what the browser asks for. Anything else than a language of Liaison's is left.
 */
export function rememberLanguage(request: Request, response: Response): void {
  const { language } = request.query;
  if (language !== 'en' && language !== 'fr') return;
  response.append(
    'set-cookie',
    `${LANGUAGE}=${language}; Path=/oauth; HttpOnly; SameSite=Lax; Max-Age=${ONE_DAY_SECONDS}`,
  );
}

/** The language to answer a page in: the one that is named or remembered, else the browser's. */
export function languageOf(request: Request): Language {
  const named = request.query.language ?? LANGUAGE_PATTERN.exec(request.headers.cookie ?? '')?.[1];
  if (named === 'en' || named === 'fr') return named;
  return request.acceptsLanguages('en', 'fr') === 'fr' ? 'fr' : 'en';
}
