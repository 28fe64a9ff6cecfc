import type { z } from 'zod';
import type { RouteName } from '../paths.ts';
import type { sessionCode, sessionRenewal } from '../schemas/session.ts';
import type { FrameCookie, OpenedSession, Session, Sessions } from './session.ts';
import { signInOver } from './session-problems.ts';

const SESSION_ROUTES = ['openSession', 'renewSession', 'closeSession'] as const;

export type SessionRoute = (typeof SESSION_ROUTES)[number];

export const isSessionRoute = (name: RouteName): name is SessionRoute =>
  (SESSION_ROUTES as readonly string[]).includes(name);

interface SessionContext {
  /** Null on the routes that are open to anyone. */
  readonly session: Session | null;
  readonly body: unknown;
  readonly frame: FrameCookie;
}

/** What the routes of signing in do. The contract has validated each body. */
export function sessionHandlersOf(
  sessions: Sessions,
): Record<SessionRoute, (context: SessionContext) => Promise<unknown>> {
  return {
    async openSession({ body, frame }) {
      const opened = await sessions.open(body as z.output<typeof sessionCode>);
      frame.write(opened.frame);
      return answerOf(opened);
    },
    async renewSession({ body, frame }) {
      const { renewal, organisation } = body as z.output<typeof sessionRenewal>;
      if (renewal !== undefined) return answerOf(await sessions.renew(renewal));
      const held = frame.read();
      if (held === null) throw signInOver();
      return answerOf(await sessions.resume(held, organisation));
    },
    async closeSession({ session, frame }) {
      if (session?.signInId !== undefined) await sessions.end(session.signInId);
      frame.write(null);
      return { closed: true };
    },
  };
}

function answerOf({ token, remainingMs, renewal }: OpenedSession) {
  return { token, expiresIn: Math.max(0, Math.floor(remainingMs / 1000)), renewal };
}
