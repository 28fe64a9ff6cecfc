import type { Session, SessionSource, Sessions } from '../api/session/session.ts';
import { foreignOrigin } from '../api/session/session-problems.ts';

/** `Bearer <token>` (RFC 6750); the scheme is written in any case. */
const BEARER = /^Bearer +([A-Za-z0-9_-]{43,47})$/i;

/** Tokens of other applications that people let in. */
export interface SessionSourceOfApplications {
  readonly isToken: (token: string) => boolean;
  readonly judge: (token: string) => Promise<Session | null>;
}

/**
 * Who a request comes from. With an `Authorization` header, that alone decides: one that is not good is
 * not signed in, whatever else the request could have been. Without one, `local` is asked where there is
 * one: the sandbox's own pages on this machine.
 *
 * @param applications who a token of another application speaks for; such a token is told from a page's by its form.
 * @param isOwnOrigin a request that names another page's origin is refused before anything is looked up.
 */
export function sessionSource(
  sessions: Pick<Sessions, 'judge'>,
  applications: SessionSourceOfApplications,
  isOwnOrigin: (origin: string) => boolean,
  local: SessionSource | null,
): SessionSource {
  return (request) => {
    const { authorization, origin } = request.headers;
    if (origin !== undefined && !isOwnOrigin(origin)) throw foreignOrigin();
    if (authorization !== undefined) {
      const token = BEARER.exec(authorization)?.[1];
      if (token === undefined) return null;
      return applications.isToken(token) ? applications.judge(token) : sessions.judge(token);
    }
    return local === null ? null : local(request);
  };
}
