import type { Request } from 'express';
import type { Role, User } from './contract.ts';
import { foreignPage } from './problems.ts';

/** Who a request comes from. It is read from the request alone, never from what the page says. */
export interface Session {
  readonly organisationId: string;
  readonly role: Role;
  readonly user: User | null;
}

/** Null: not signed in. May throw a `Problem` to refuse for another reason. */
export type SessionSource = (request: Request) => Promise<Session | null> | Session | null;

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
const SAFE_METHODS = new Set(['GET', 'HEAD']);
const OWN_SITES = new Set(['same-origin', 'none']);

/**
 * The sandbox asks for no sign-in, so the request itself must be from one of its own pages: addressed to
 * this machine by a local name (a foreign name that resolves to 127.0.0.1 is refused), and, if a page
 * sent it, by a page of this same origin.
 */
export function isOwnLocalRequest(request: Pick<Request, 'method' | 'headers'>): boolean {
  const { host, origin, 'sec-fetch-site': site } = request.headers;
  if (host === undefined || !LOCAL_NAMES.has(host.replace(/:\d{1,5}$/, '').toLowerCase())) return false;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return false;
  if (SAFE_METHODS.has(request.method)) return true;
  return typeof site !== 'string' || OWN_SITES.has(site);
}

/** The sandbox's session: always the same one, and only for its own pages on this machine. */
export function localSession(find: () => Promise<Session>): SessionSource {
  return (request) => {
    if (!isOwnLocalRequest(request)) throw foreignPage();
    return find();
  };
}
