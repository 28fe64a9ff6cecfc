import type { SessionSource, Sessions } from '../api/session/session.ts';
import { foreignOrigin } from '../api/session/session-problems.ts';

/** `Bearer <token>` (RFC 6750); the scheme is written in any case. */
const BEARER = /^Bearer +([A-Za-z0-9_-]{43})$/i;

/**
 * Who a request comes from. With an `Authorization` header, that alone decides: one that is not good is
 * not signed in, whatever else the request could have been. Without one, `local` is asked where there is
 * one: the sandbox's own pages on this machine.
 *
 * @param isOwnOrigin a request that names another page's origin is refused before anything is looked up.
 */
export function sessionSource(
  sessions: Pick<Sessions, 'judge'>,
  isOwnOrigin: (origin: string) => boolean,
  local: SessionSource | null,
): SessionSource {
  return (request) => {
    const { authorization, origin } = request.headers;
    if (origin !== undefined && !isOwnOrigin(origin)) throw foreignOrigin();
    if (authorization !== undefined) {
      const token = BEARER.exec(authorization)?.[1];
      return token === undefined ? null : sessions.judge(token);
    }
    return local === null ? null : local(request);
  };
}
