import type { Request, Response } from 'express';

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
