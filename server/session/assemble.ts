import type { Router } from 'express';
import type { ApiOptions } from '../api/router.ts';
import { isOwnLocalRequest, localSession, type Session, type SessionSource } from '../api/session/session.ts';
import type { ConnectRouterParts } from '../connect/router.ts';
import { connectAuthority } from './connect-authority.ts';
import { frameCookie, readCookie, writeCookie } from './cookies.ts';
import type { SignInDeps } from './deps.ts';
import { signInRouter } from './router.ts';
import { createSessions } from './sessions.ts';
import { type SessionSourceOfApplications, sessionSource } from './source.ts';

export interface SigningIn {
  /** Serves the popup. */
  readonly router: Router;
  /** What the API needs of it. */
  readonly api: Pick<ApiOptions, 'session' | 'signIn'>;
  /** What a browser may connect accounts for. */
  readonly authorityOf: ConnectRouterParts['authorityOf'];
}

/**
 * Puts signing in together.
 *
 * @param localOrganisation the sandbox's: its own pages on this machine are let in without a sign-in.
 *   Null in production.
 */
export function createSigningIn(
  deps: SignInDeps,
  localOrganisation: string | null,
  applications: SessionSourceOfApplications,
): SigningIn {
  const sessions = createSessions(deps);
  const cookie = frameCookie(deps.publicUrl.startsWith('https:'));
  let local: SessionSource | null = null;
  if (localOrganisation !== null) {
    const session: Session = { organisationId: localOrganisation, role: 'admin', user: null };
    local = localSession(async () => session);
  }
  return {
    router: signInRouter(deps),
    api: {
      session: sessionSource(sessions, applications, deps.isOwnOrigin, local),
      signIn: {
        sessions,
        isOwnOrigin: deps.isOwnOrigin,
        frameCookie: (request, response) => ({
          read: () => readCookie(cookie, request),
          write: (value) => writeCookie(cookie, response, value),
        }),
      },
    },
    authorityOf: connectAuthority({
      ...deps,
      local: (request) => (isOwnLocalRequest(request) ? localOrganisation : null),
    }),
  };
}
