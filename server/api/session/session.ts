import type { Request } from 'express';
import type { AccessHolder } from '../../core/access.ts';
import type { Role, User } from '../contract.ts';
import { foreignPage } from '../problems.ts';

/** Who a request comes from. It is read from the request alone, never from what the page says. */
export interface Session {
  readonly organisationId: string;
  readonly role: Role;
  readonly user: User | null;
  /** BCP 47: the user's own, where it is known. */
  readonly locale?: string | null;
  /** The sign-in that it stands under; absent in the sandbox's local session. */
  readonly signInId?: string;
  /** How much longer it is good; absent: for as long as the server runs. */
  readonly remainingMs?: number;
  /** Another application that asks in the user's name, and may do no more than it was let; absent: a page of ours. */
  readonly access?: AccessHolder;
}

/** What a page is given to call the API with. It keeps both tokens in memory only. */
export interface OpenedSession {
  /** Opens the API. */
  readonly token: string;
  readonly remainingMs: number;
  /** Buys the next pair, once. */
  readonly renewal: string;
  /** Lets the next page of the same browser begin without a click; null: the one that it has stays. */
  readonly frame: string | null;
}

/** Sessions of pages that signed in. Each refusal is a `Problem`. */
export interface Sessions {
  /**
   * Exchanges the popup's one-time code.
   *
   * @param wish.verifier what the code's challenge was made of.
   * @param wish.organisation the vendor's id of the organisation that the page belongs to, if it knows.
   */
  open(wish: {
    readonly code: string;
    readonly verifier: string;
    readonly organisation?: string | undefined;
  }): Promise<OpenedSession>;
  /** Spends a renewal token. One that was spent before ends its whole session. */
  renew(renewal: string): Promise<OpenedSession>;
  /** Begins a session for a further page of the same browser. */
  resume(frame: string, organisation: string | undefined): Promise<OpenedSession>;
  /** Whose bearer token it is; null when it is good no longer, or never was. */
  judge(token: string): Promise<Session | null>;
  /** Signs out: ends the sign-in with the sessions of all its pages. Safe to repeat. */
  end(signInId: string): Promise<void>;
}

/** The frame's cookie, as one request and its answer carry it. */
export interface FrameCookie {
  read(): string | null;
  /** Null removes it. */
  write(value: string | null): void;
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
