import type { Request, Response } from 'express';
import { SIGN_IN_MS } from './deps.ts';

const VALUE = /^[A-Za-z0-9_-]{43}$/;

interface Cookie {
  readonly name: string;
  /** Everything after name and value. */
  readonly attributes: string;
}

/**
 * The popup's session. Set and sent only while Liaison itself is the page, never inside a frame; `Lax`,
 * because the vendor's page sends the browser back from another site.
 */
export function popupCookie(isSecure: boolean): Cookie {
  const seconds = SIGN_IN_MS / 1000;
  return isSecure
    ? {
        name: '__Host-liaison_sign_in',
        attributes: `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}; Secure`,
      }
    : { name: 'liaison_sign_in', attributes: `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}` };
}

/**
 * Comfort only: lets the next record's page begin without a click, where the browser allows it.
 * `Partitioned` keeps one jar for each site that frames us, so that no other site's page can make use of
 * it. Without https (the sandbox) the frame and the page around it are one site, and `Lax` does.
 */
export function frameCookie(isSecure: boolean): Cookie {
  const common = `Path=/api/v1/session; HttpOnly; Max-Age=${SIGN_IN_MS / 1000}`;
  return {
    name: 'liaison_frame',
    attributes: isSecure ? `${common}; Secure; SameSite=None; Partitioned` : `${common}; SameSite=Lax`,
  };
}

/** Null when there is none, or none that we made. */
export function readCookie({ name }: Cookie, request: Pick<Request, 'headers'>): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key === name && VALUE.test(value)) return value;
  }
  return null;
}

/** @param value null removes it. */
export function writeCookie(cookie: Cookie, response: Response, value: string | null): void {
  const { name, attributes } = cookie;
  const text =
    value === null ? `=; ${attributes.replace(/Max-Age=\d+/, 'Max-Age=0')}` : `=${value}; ${attributes}`;
  response.append('set-cookie', `${name}${text}`);
}
